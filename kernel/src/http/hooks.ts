import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What is told about each finished request. */
export interface FinishedRequest {
  readonly method: string;
  /** The route's pattern, never the raw path: a bounded label. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  readonly requestId: string;
  readonly actor: string | null;
}

const CSP = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "script-src 'self'",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer: safe defaults set once, cheaper than a middleware per request. */
export const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CSP,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Adds request id, security headers and the report of each finished request to a server. */
export function addHooks(fastify: FastifyInstance, finished: (request: FinishedRequest) => void): void {
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, next) => {
    request.startedAt = performance.now();
    void reply.headers(HEADERS).header('x-request-id', request.id);
    next();
  });
  // Personal answers are never kept by anyone; routes that are public say so themselves.
  fastify.addHook('onSend', (request, reply, payload, next) => {
    if (!reply.hasHeader('cache-control'))
      void reply.header(
        'cache-control',
        request.url.startsWith('/api/') && !reply.hasHeader('etag') ? 'no-store' : 'no-cache',
      );
    next(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, next) => {
    finished({
      method: request.method,
      route: request.routeOptions.url ?? 'unmatched',
      status: reply.statusCode,
      seconds: (performance.now() - (request.startedAt ?? performance.now())) / 1_000,
      requestId: request.id,
      actor: request.ctx?.actor ?? null,
    });
    next();
  });
}

/** A request id that came in is kept when it looks like one, so that a call can be followed across systems. */
export function requestIdOf(header: unknown, fresh: () => string): string {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : fresh();
}
