import { RequestMethod, type Type } from '@nestjs/common';
import type { z } from 'zod';
import { ALLOW, ANSWERS, CALLBACK, STEP_UP, SUMMARY, type Answer, type Audience } from './access.js';
import { HOT, type HotOptions } from './hot.js';
import { IDEMPOTENT } from './idempotent.js';

/** Everything the platform knows about one route, read from its controller: one source for the guard's matrix, the API document and the edge's map. */
export interface Route {
  readonly method: string;
  /** With `:name` parameters, starting with a slash. */
  readonly path: string;
  readonly controller: string;
  readonly handler: string;
  readonly allow: readonly Audience[];
  readonly stepUp: boolean;
  readonly callback: boolean;
  readonly idempotent: boolean;
  readonly hot: HotOptions | undefined;
  readonly body: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly params: z.ZodType | undefined;
  readonly answer: Answer | undefined;
  readonly summary: string | undefined;
  /** Arguments that are read from the request without a schema; must be empty. */
  readonly unchecked: readonly string[];
}

const ROUTE_ARGS = '__routeArguments__';
/** Nest's numbers for where an argument comes from. */
const SOURCES: Readonly<Record<string, 'body' | 'query' | 'params'>> = { 3: 'body', 4: 'query', 5: 'params' };

interface ArgMeta {
  readonly data?: unknown;
  readonly schema?: z.ZodType;
}

function schemasOf(
  controller: Type,
  handler: string,
): { found: Partial<Record<'body' | 'query' | 'params', z.ZodType>>; unchecked: string[] } {
  const args = (Reflect.getMetadata(ROUTE_ARGS, controller, handler) ?? {}) as Record<string, ArgMeta>;
  const found: Partial<Record<'body' | 'query' | 'params', z.ZodType>> = {};
  const unchecked: string[] = [];
  for (const [key, meta] of Object.entries(args)) {
    const source = SOURCES[key.split(':')[0]!];
    if (!source) continue;
    if (meta.schema) found[source] = meta.schema;
    else unchecked.push(source);
  }
  return { found, unchecked };
}

const join = (...parts: readonly string[]): string =>
  `/${parts
    .map((p) => p.replace(/^\/+|\/+$/g, ''))
    .filter(Boolean)
    .join('/')}`;

function routesOfController(controller: Type): Route[] {
  const base = (Reflect.getMetadata('path', controller) ?? '') as string;
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name): Route[] => {
    const handler = prototype[name];
    const path =
      typeof handler === 'function' && name !== 'constructor'
        ? (Reflect.getMetadata('path', handler) as string | undefined)
        : undefined;
    if (path === undefined || typeof handler !== 'function') return [];
    const { found, unchecked } = schemasOf(controller, name);
    const meta = <T>(key: string | symbol): T | undefined => Reflect.getMetadata(key, handler) as T | undefined;
    return [
      {
        method: RequestMethod[meta<RequestMethod>('method') ?? RequestMethod.GET],
        path: join(base, path),
        controller: controller.name,
        handler: name,
        allow: meta<readonly Audience[]>(ALLOW) ?? [],
        stepUp: meta<boolean>(STEP_UP) ?? false,
        callback: meta<boolean>(CALLBACK) ?? false,
        idempotent: meta<string>(IDEMPOTENT) !== undefined,
        hot: meta<HotOptions>(HOT),
        body: found.body,
        query: found.query,
        params: found.params,
        answer: meta<Answer>(ANSWERS),
        summary: meta<string>(SUMMARY),
        unchecked,
      },
    ];
  });
}

/** The routes of a module and the modules it imports, read from metadata without starting anything. */
export function routesOf(module: Type): Route[] {
  const controllers = (Reflect.getMetadata('controllers', module) ?? []) as readonly Type[];
  const imports = ((Reflect.getMetadata('imports', module) ?? []) as readonly unknown[]).filter(
    (m): m is Type => typeof m === 'function',
  );
  return [...controllers.flatMap(routesOfController), ...imports.flatMap(routesOf)];
}

/** What is wrong with a list of routes: nobody may use it, or input that no schema checks. Empty when all is well. */
export function routeProblems(routes: readonly Route[]): string[] {
  return routes.flatMap((r) => [
    ...(r.allow.length === 0 ? [`${r.method} ${r.path} (${r.controller}.${r.handler}) has no @Allow`] : []),
    ...r.unchecked.map((source) => `${r.method} ${r.path} reads its ${source} without a schema`),
    ...(r.path.includes(':') && !r.params && !r.allow.includes('internal')
      ? [`${r.method} ${r.path} has no schema for its parameters`]
      : []),
  ]);
}
