import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Area } from '../cache/area.js';
import type { Cache } from '../cache/cache.js';
import { pickLocale } from '../text.js';
import { tokenOf } from './guard.js';

export const HOT = Symbol('um:hot');

/** A public GET that is the same for every guest of a language and may be answered from memory. */
export interface HotOptions {
  /** Facts with one of these tags throw the answer away. */
  readonly tags: readonly string[];
  /** Longest life in ms, whatever happens. */
  readonly ttl: number;
}

interface Ready {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

/** How long an answer whose life is over may still be given while its source is down, in ms. */
const GRACE_MS = 10 * 60_000;

/** Ready answers to guests, by language and URL: a part of the process's cache. */
export class HotAnswers {
  readonly #area: Area;

  constructor(cache: Cache) {
    this.#area = cache.area('answers');
  }

  /** The answer in memory. */
  get(key: string): Ready | undefined {
    return this.#area.get(key);
  }

  /** The answer of a key; `make` is asked once, however many wait for it, when no process has it ready. */
  once(
    key: string,
    { tags, ttl }: HotOptions,
    make: () => Promise<{ body: Buffer; type: string }>,
  ): Ready | Promise<Ready> {
    return this.#area.getOrSet(key, { tags, ttl, grace: GRACE_MS }, async () => {
      const { body, type } = await make();
      return { body, type, etag: `"${createHash('sha1').update(body).digest('base64url')}"` };
    });
  }
}

/** The key of a guest's GET, or undefined when the request is somebody's own. */
export function hotKey(request: FastifyRequest): string | undefined {
  if (request.method !== 'GET' || tokenOf(request)) return undefined;
  return `${pickLocale(/[?&]lang=([^&]+)/.exec(request.url)?.[1], request.headers['accept-language'])} ${request.url}`;
}

function answer(request: FastifyRequest, reply: FastifyReply, ready: Ready): void {
  void reply
    .header('etag', ready.etag)
    .header('cache-control', 'public, max-age=0, must-revalidate')
    .header('vary', 'accept-language, cookie, authorization');
  if (request.headers['if-none-match'] === ready.etag) void reply.status(304).send();
  else void reply.type(ready.type).send(ready.body);
}

/** Answers known hot GETs before any routing work is done. */
export function serveHot(fastify: FastifyInstance, answers: HotAnswers): void {
  fastify.addHook('onRequest', (request, reply, next) => {
    const key = hotKey(request);
    const ready = key === undefined ? undefined : answers.get(key);
    if (!ready) return next();
    answer(request, reply, ready);
  });
}
