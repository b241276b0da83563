import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Area } from '../cache/area.js';
import type { Cache } from '../cache/cache.js';
import { pickLocale } from '../text.js';
import { mayHaveToken } from './guard.js';
import { DATA_HEADERS, requestIdOf, type FinishedRequest } from './hooks.js';

/** What an answer for guests depends on besides its address. */
export const VARY = 'accept-language, cookie, authorization';
export const HOT_CACHE_CONTROL = 'public, max-age=0, must-revalidate';

export const HOT = Symbol('um:hot');

/** A public GET that is the same for every guest of a language and may be answered from memory. */
export interface HotOptions {
  /** Facts with one of these tags throw the answer away. */
  readonly tags: readonly string[];
  /** A tag of the one thing that the answer is about: `product` and `slug` make `product:` and what stands for `slug` in the path. */
  readonly item?: { readonly tag: string; readonly param: string };
  /** Longest life in ms, whatever happens. */
  readonly ttl: number;
}

/** Every page that guests are shown. A fact that changes some of them, nobody knows which, throws all of them away. */
export const PAGES_TAG = 'pages';

/** What throws the answer to a request away. */
export function hotTags({ tags, item }: HotOptions, request: Pick<FastifyRequest, 'params'>): readonly string[] {
  if (!item) return tags;
  const { [item.param]: which } = request.params as Readonly<Record<string, string>>;
  return [...tags, `${item.tag}:${which}`];
}

/** An answer as it is made. */
export interface Made {
  readonly body: Buffer;
  readonly type: string;
  /** The route's pattern, for figures and log. */
  readonly route: string;
}

interface Ready extends Omit<Made, 'body'> {
  /** The body's bytes as characters of Latin-1: Node writes a head and such a text at once, but a Buffer after it. */
  readonly text: string;
  readonly etag: string;
}

/** The body of a ready answer for those who do not write it themselves. */
export const bodyOf = ({ text }: Pick<Ready, 'text'>): Buffer => Buffer.from(text, 'latin1');

/** How long an answer whose life is over may still be given while its source is down, in ms. */
const GRACE_MS = 10 * 60_000;

/** Ready answers to guests, by language and URL: a part of the process's cache. */
export class HotAnswers {
  readonly #area: Area;
  /** How often each answer had to be made lately: what is asked for all the time is made again whenever its life ends. */
  readonly #made = new LRUCache<string, number>({ max: 2_000 });

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
    { tags, ttl }: Pick<HotOptions, 'tags' | 'ttl'>,
    make: () => Promise<Made>,
  ): Ready | Promise<Ready> {
    return this.#area.getOrSet(key, { tags, ttl, grace: GRACE_MS }, async () => {
      this.#made.set(key, (this.#made.get(key) ?? 0) + 1);
      const { body, type, route } = await make();
      const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
      return { text: body.toString('latin1'), type, route, etag };
    });
  }

  /** The answers that were made most often since this was asked last, the hottest first. What was hot once cools down. */
  hottest(count: number): { locale: string; url: string }[] {
    const all = [...this.#made.entries()].sort(([, a], [, b]) => b - a);
    for (const [key, times] of all) {
      if (times > 1) this.#made.set(key, Math.floor(times / 2));
      else this.#made.delete(key);
    }
    return all
      .slice(0, count)
      .map(([key]) => ({ locale: key.slice(0, key.indexOf(' ')), url: key.slice(key.indexOf(' ') + 1) }));
  }
}

/** The key of a guest's GET, or undefined when the request is somebody's own. */
export function hotKey(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): string | undefined {
  const { method, url, headers } = request;
  if (method !== 'GET' || !url?.startsWith('/api/') || mayHaveToken(headers)) return undefined;
  return `${pickLocale(/[?&]lang=([^&]+)/.exec(url)?.[1], headers['accept-language'])} ${url}`;
}

/** Headers of every ready answer, as the flat list that Node writes without a look at each. */
const SHARED = [...Object.entries(DATA_HEADERS).flat(), 'cache-control', HOT_CACHE_CONTROL, 'vary', VARY];

/** What ready answers need of the process that serves them. */
export interface HotFront {
  readonly answers: HotAnswers;
  readonly finished: (request: FinishedRequest) => void;
  /** True while the process drains: its server then closes each connection with its answer, which this does not. */
  readonly draining: () => boolean;
}

/**
 * Puts ready answers before everything else a server does: a known hot GET goes from memory to its connection, and
 * neither routing nor a hook is run for it. Whatever is not known goes on to `next`.
 */
export const serveHot =
  (front: HotFront) =>
  (next: RequestListener): RequestListener =>
  (request, response) => {
    const key = front.draining() ? undefined : hotKey(request);
    const ready = key === undefined ? undefined : front.answers.get(key);
    if (!ready) return next(request, response);
    const began = performance.now();
    const requestId = requestIdOf(request.headers['x-request-id']);
    const status = request.headers['if-none-match'] === ready.etag ? 304 : 200;
    const headers = [...SHARED, 'etag', ready.etag, 'x-request-id', requestId];
    if (status === 200) headers.push('content-type', ready.type, 'content-length', String(ready.text.length));
    response.writeHead(status, headers).end(status === 200 ? ready.text : '', 'latin1');
    const seconds = (performance.now() - began) / 1_000;
    front.finished({ method: 'GET', route: ready.route, status, seconds, requestId, actor: null });
  };
