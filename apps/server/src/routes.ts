import type { Type } from '@nestjs/common';
import { routeProblems, routesOf, type Route } from '@um/kernel';
import { registry } from './registry.js';

/** A route with the context that owns it. */
export interface OwnedRoute extends Route {
  readonly context: string;
}

/** The routes of the named contexts, read from their controllers; nothing is started. */
export async function ownedRoutes(contexts: readonly string[]): Promise<OwnedRoute[]> {
  const modules = await Promise.all(contexts.map(async (name) => [name, await registry[name]!.load()] as const));
  return modules.flatMap(([context, module]) => routesOf(module).map((route) => ({ ...route, context })));
}

/** Refuses to boot with a route nobody guards or input nobody checks. */
export function checkRoutes(modules: readonly Type[]): void {
  const problems = routeProblems(modules.flatMap(routesOf));
  if (problems.length > 0) throw new Error(`routes are not safe:\n${problems.join('\n')}`);
}
