import { randomBytes } from 'node:crypto';
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

/** Headers of answers that a browser may show: safe defaults set once, cheaper than a middleware per request. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CSP,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Headers of answers of the API. They are data: opened in a browser all the same, they may load, run and frame nothing. */
export const DATA_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

const isData = (url: string): boolean => url.startsWith('/api/v1/');

/** Adds request id, security headers and the report of each finished request to a server. */
export function addHooks(fastify: FastifyInstance, finished: (request: FinishedRequest) => void): void {
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, next) => {
    request.startedAt = performance.now();
    void reply.headers(isData(request.url) ? DATA_HEADERS : PAGE_HEADERS).header('x-request-id', request.id);
    next();
  });
  fastify.addHook('onSend', (request, reply, payload, next) => {
    // The API has a page of its own: the test bank's.
    if (isData(request.url) && String(reply.getHeader('content-type')).startsWith('text/html'))
      void reply.headers(PAGE_HEADERS);
    next(null, payload);
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

/** What ids of this process begin with, and how many there were: a request costs no randomness of its own. */
const OWN = randomBytes(8).toString('hex');
let made = 0;

/** A request id that came in is kept when it looks like one, so that a call can be followed across systems; else it gets a new one. */
export function requestIdOf(header: unknown): string {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : `${OWN}-${(made += 1)}`;
}
