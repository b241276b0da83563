import { z } from 'zod';
import type { ErrorSpec } from '../errors.js';
import type { Route } from './routes.js';

type Json = Record<string, unknown>;

/** Collects named schemas (`.meta({ id })`) under `components.schemas` and inlines the rest. */
class Components {
  readonly schemas: Record<string, unknown> = {};

  schema(type: z.ZodType, io: 'input' | 'output'): Json {
    const json = z.toJSONSchema(type, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;
    const { $schema: _schema, $defs, ...rest } = json;
    for (const [name, def] of Object.entries(($defs ?? {}) as Record<string, unknown>))
      this.schemas[name] = this.#pointed(def);
    const id = rest['id'];
    if (typeof id !== 'string') return this.#pointed(rest) as Json;
    const { id: _id, ...named } = this.#pointed(rest) as Json;
    this.schemas[id] = named;
    return { $ref: `#/components/schemas/${id}` };
  }

  #pointed(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as unknown;
  }
}

const PROBLEM = { $ref: '#/components/schemas/Problem' };

function parameters(components: Components, route: Route): Json[] {
  const from = (schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] => {
    if (!schema) return [];
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(json.properties ?? {}).map(([name, s]) => ({
      name,
      in: where,
      required: where === 'path' || (json.required ?? []).includes(name),
      schema: s,
    }));
  };
  const key = route.idempotent
    ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', maxLength: 200 } }]
    : [];
  return [...from(route.params, 'path'), ...from(route.query, 'query'), ...key];
}

function operation(components: Components, route: Route, tag: string): Json {
  const status = String(route.answer?.status ?? 200);
  const schema = route.answer?.schema;
  const ok = {
    description: 'Success',
    ...(schema ? { content: { 'application/json': { schema: components.schema(schema, 'output') } } } : {}),
  };
  const open = route.allow.includes('public') || route.allow.includes('guest');
  return {
    operationId: `${route.controller.replace(/Controller$/, '')}_${route.handler}`,
    tags: [tag],
    ...(route.summary ? { summary: route.summary } : {}),
    description: `Roles: ${route.allow.join(', ')}.${route.stepUp ? ' Needs a fresh step-up.' : ''}`,
    parameters: parameters(components, route),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: components.schema(route.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [status]: ok,
      default: { description: 'A coded problem', content: { 'application/problem+json': { schema: PROBLEM } } },
    },
    security: open ? [{}, { session: [] }] : [{ session: [] }],
  };
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', description: 'Stable; switch on it' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
    details: { type: 'object', additionalProperties: true },
  },
};

/** The OpenAPI 3.1 document of the platform, made from the routes and their Zod schemas. */
export function openApi(
  routes: readonly (Route & { context: string })[],
  version: string,
  errors: ReadonlyMap<string, ErrorSpec>,
): Json {
  const components = new Components();
  const paths: Record<string, Json> = {};
  for (const route of routes.filter((r) => !r.allow.includes('internal'))) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(components, route, route.context) };
  }
  const codes = [...errors]
    .map(([code, { status, message }]) => ({ code, status, message: message.en }))
    .toSorted((a, b) => a.code.localeCompare(b.code));
  return {
    openapi: '3.1.0',
    info: {
      title: 'UltraMarket API',
      version,
      description: 'Money is in tiyin. Errors are RFC 9457 problems with a stable `code`.',
    },
    paths,
    components: {
      schemas: { ...components.schemas, Problem: problemSchema },
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'Opaque session token; browsers send it as a cookie' },
      },
    },
    'x-error-codes': codes,
  };
}
