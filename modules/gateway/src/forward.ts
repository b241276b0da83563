import {
  HOT_CACHE_CONTROL,
  hotKey,
  hotTags,
  sendProblem,
  VARY,
  wireErrors,
  bodyOf,
  type HotAnswers,
  type HotOptions,
} from '@um/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A route whose owner runs in another process. */
export interface ForwardedRoute {
  readonly method: string;
  readonly path: string;
  readonly context: string;
  /** Guests' answers are kept here too: for a while they are given although their owner is down. */
  readonly hot: HotOptions | undefined;
}

export interface ForwardOptions {
  readonly routes: readonly ForwardedRoute[];
  /** Base URL of each context. */
  readonly peers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly answers: HotAnswers;
  readonly onBug: (error: unknown, request: FastifyRequest) => void;
}

/** Headers that belong to one connection and are not passed on (RFC 9110 7.6.1). */
const HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
]);

const passed = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name)));

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

function call(
  base: string,
  request: FastifyRequest,
  timeoutMs: number,
  own: IncomingMessage['headers'] = passed(request.headers),
): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    const headers = {
      ...own,
      'x-request-id': request.id,
      'x-forwarded-host': request.headers.host ?? '',
      'x-forwarded-for': request.ip,
      'x-forwarded-proto': request.protocol,
    };
    const outgoing = httpRequest(
      base + request.url,
      { method: request.method, headers, agent, timeout: timeoutMs },
      done,
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')));
    outgoing.on('error', fail);
    const body = request.body as NodeJS.ReadableStream | undefined;
    if (body && typeof body.pipe === 'function') body.pipe(outgoing);
    else outgoing.end();
  });
}

async function forward(
  base: string,
  route: ForwardedRoute,
  options: ForwardOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    const answer = await call(base, request, options.timeoutMs);
    return reply
      .status(answer.statusCode ?? 502)
      .headers(passed(answer.headers))
      .send(answer);
  } catch {
    // The peer did not answer: the caller gets the coded 503, the peer's own supervisor brings it back.
    sendProblem(wireErrors.UNAVAILABLE({ service: route.context }), request, reply, options.onBug);
    return reply;
  }
}

/** An answer of a peer that is passed on as it is and not kept. */
class Unkept extends Error {
  readonly status: number;

  constructor(
    readonly answer: IncomingMessage,
    readonly body: Buffer,
  ) {
    super(`the peer answered ${answer.statusCode}`);
    this.status = answer.statusCode ?? 502;
  }
}

/** What of a guest's request an answer for every guest may depend on. */
const anybodys = ({ headers }: FastifyRequest): IncomingMessage['headers'] => ({
  accept: 'application/json',
  ...(headers['accept-language'] ? { 'accept-language': headers['accept-language'] } : {}),
});

/** A guest's answer that may be kept: from memory, or else from the owner of the route. */
async function forwardHot(
  base: string,
  route: ForwardedRoute & { readonly hot: HotOptions },
  key: string,
  options: ForwardOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const keep = { ttl: route.hot.ttl, tags: hotTags(route.hot, request) };
  try {
    const ready = await options.answers.once(key, keep, async () => {
      const answer = await call(base, request, options.timeoutMs, anybodys(request));
      const bytes = await buffer(answer);
      if (answer.statusCode !== 200) throw new Unkept(answer, bytes);
      const type = answer.headers['content-type'] ?? 'application/json; charset=utf-8';
      return { body: bytes, type, route: route.path };
    });
    return await reply
      .headers({ etag: ready.etag, 'cache-control': HOT_CACHE_CONTROL, vary: VARY })
      .type(ready.type)
      .send(bodyOf(ready));
  } catch (error) {
    if (error instanceof Unkept)
      return reply.status(error.status).headers(passed(error.answer.headers)).send(error.body);
    sendProblem(wireErrors.UNAVAILABLE({ service: route.context }), request, reply, options.onBug);
    return reply;
  }
}

/** Passes the routes of contexts in other processes on to them, bodies as streams. */
export async function addForwarding(fastify: FastifyInstance, options: ForwardOptions): Promise<void> {
  await fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const route of options.routes) {
      const base = options.peers[route.context];
      if (!base) throw new Error(`no address for ${route.context}: set it in UM_PEERS`);
      scope.route({
        method: route.method,
        url: route.path,
        handler: (request, reply) => {
          const key = route.hot && hotKey(request.raw);
          return route.hot && key !== undefined
            ? forwardHot(base, { ...route, hot: route.hot }, key, options, request, reply)
            : forward(base, route, options, request, reply);
        },
      });
    }
  });
}
