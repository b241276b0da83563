import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
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
  readonly tags: readonly string[];
}

/** Ready answers of this process, by language and URL. */
export class HotAnswers {
  readonly #answers: LRUCache<string, Ready>;
  readonly #observe: (hit: boolean) => void;
  readonly #withdrawn = new Map<string, number>();

  constructor(options: { maxBytes: number; observe?: (hit: boolean) => void }) {
    this.#answers = new LRUCache({ maxSize: options.maxBytes, sizeCalculation: (r) => r.body.length + 512 });
    this.#observe = options.observe ?? (() => undefined);
  }

  get(key: string): Ready | undefined {
    const found = this.#answers.get(key);
    this.#observe(found !== undefined);
    return found;
  }

  /** How often answers with these tags were thrown away so far: noted before an answer is made, handed over with it. */
  moment(tags: readonly string[]): number {
    return tags.reduce((sum, tag) => sum + (this.#withdrawn.get(tag) ?? 0), 0);
  }

  /** Keeps an answer that began to be made at `moment`, unless it was thrown away while it was made: it may show what was before. */
  set(key: string, body: Buffer, type: string, options: HotOptions, moment: number): Ready {
    const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
    const ready = { body, type, etag, tags: options.tags };
    if (this.moment(options.tags) === moment) this.#answers.set(key, ready, { ttl: options.ttl });
    return ready;
  }

  /** Throws away every answer that carries one of the tags. */
  invalidate(tags: readonly string[]): void {
    for (const tag of tags) this.#withdrawn.set(tag, (this.#withdrawn.get(tag) ?? 0) + 1);
    for (const [key, ready] of this.#answers.entries())
      if (ready.tags.some((t) => tags.includes(t))) this.#answers.delete(key);
  }

  stats(): { answers: number; bytes: number } {
    return { answers: this.#answers.size, bytes: this.#answers.calculatedSize ?? 0 };
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
