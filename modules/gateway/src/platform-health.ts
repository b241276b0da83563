import type { FastifyInstance } from 'fastify';

/** The health of one context as the edge sees it. */
type Seen = 'ok' | 'unavailable';

async function look(base: string | undefined, context: string, fastify: FastifyInstance): Promise<Seen> {
  const path = `/api/v1/${context}/health`;
  try {
    const status = base
      ? (await fetch(base + path, { signal: AbortSignal.timeout(2_000) })).status
      : (await fastify.inject({ method: 'GET', url: path })).statusCode;
    return status === 200 ? 'ok' : 'unavailable';
  } catch {
    return 'unavailable'; // no answer is the answer
  }
}

/** `GET /api/v1/health`: every context, here or behind its address. 503 when one does not answer. */
export function addPlatformHealth(
  fastify: FastifyInstance,
  contexts: readonly string[],
  peers: Readonly<Record<string, string>>,
): void {
  fastify.get('/api/v1/health', async (_request, reply) => {
    const seen = await Promise.all(
      contexts.map(
        async (context) =>
          [context, context === 'gateway' ? 'ok' : await look(peers[context], context, fastify)] as const,
      ),
    );
    const healthy = seen.every(([, state]) => state === 'ok');
    return reply
      .status(healthy ? 200 : 503)
      .send({ status: healthy ? 'ok' : 'degraded', services: Object.fromEntries(seen) });
  });
  // The health of contexts in other processes, under the same paths as in one process.
  for (const context of contexts.filter((name) => peers[name])) {
    fastify.get(`/api/v1/${context}/health`, async (_request, reply) => {
      const state = await look(peers[context], context, fastify);
      return reply.status(state === 'ok' ? 200 : 503).send({ service: context, status: state });
    });
  }
}
