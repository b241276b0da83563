import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { databaseAnswers } from './health.queries.js';

/** What a process says of itself. */
export interface Readiness {
  started: boolean;
  draining: boolean;
}

/** Adds liveness, readiness and startup of the process and the health of each of its contexts. */
export function addHealth(
  fastify: FastifyInstance,
  readiness: Readiness,
  databases: ReadonlyMap<string, Kysely<unknown>>,
  contexts: readonly string[],
): void {
  fastify.get('/health/live', () => ({ status: 'ok' }));
  fastify.get('/health/startup', (_request, reply) =>
    reply.status(readiness.started ? 200 : 503).send({ status: readiness.started ? 'ok' : 'starting' }),
  );
  fastify.get('/health/ready', async (_request, reply) => {
    const checks = await Promise.all(
      [...databases].map(async ([name, db]) => [name, await databaseAnswers(db)] as const),
    );
    const ready = readiness.started && !readiness.draining && checks.every(([, ok]) => ok);
    return reply.status(ready ? 200 : 503).send({
      status: ready ? 'ok' : 'unavailable',
      contexts: Object.fromEntries(checks.map(([name, ok]) => [name, ok ? 'ok' : 'unavailable'])),
    });
  });
  for (const context of contexts) {
    fastify.get(`/api/v1/${context}/health`, async (_request, reply) => {
      const db = databases.get(context);
      const ok = !readiness.draining && (db === undefined || (await databaseAnswers(db)));
      return reply.status(ok ? 200 : 503).send({ service: context, status: ok ? 'ok' : 'unavailable' });
    });
  }
}
