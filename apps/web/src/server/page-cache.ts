import { LRUCache } from 'lru-cache';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { etagOf } from './files.js';
import type { Sendable } from './send.js';

const br = promisify(brotliCompress);
const gz = promisify(gzip);

/** A rendered page, ready to send. */
export interface ReadyPage extends Sendable {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly madeAt: number;
}

interface Limits {
  readonly maxBytes: number;
  /** How long a page is served without asking again, in ms. A product taken down disappears within this time. */
  readonly freshMs: number;
  /** How long an old page may stand in while a new one cannot be made, in ms. */
  readonly graceMs: number;
}

export const pageLimits: Limits = { maxBytes: 96 * 1024 * 1024, freshMs: 10_000, graceMs: 45_000 };

/** Compresses a page once, when it is made. */
export async function readyPage(
  page: { status: number; html: string; headers: Readonly<Record<string, string>> },
  now: number,
): Promise<ReadyPage> {
  const body = Buffer.from(page.html);
  const [brotli, gzipped] = await Promise.all([
    br(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    gz(body, { level: 6 }),
  ]);
  return {
    status: page.status,
    headers: page.headers,
    type: 'text/html; charset=utf-8',
    etag: etagOf(body),
    body,
    br: brotli,
    gzip: gzipped,
    madeAt: now,
  };
}

/** Guests' pages, by language and address. One page is made once, however many ask for it at the same time. */
export class PageCache {
  readonly #pages: LRUCache<string, ReadyPage>;
  readonly #making = new Map<string, Promise<ReadyPage>>();

  constructor(
    private readonly limits: Limits = pageLimits,
    private readonly now: () => number = Date.now,
  ) {
    this.#pages = new LRUCache({
      maxSize: limits.maxBytes,
      sizeCalculation: (page) => page.body.length + (page.br?.length ?? 0) + (page.gzip?.length ?? 0) + 1_024,
    });
  }

  /** The page of a key; `make` renders it when there is none that is fresh enough. */
  async get(key: string, make: () => Promise<ReadyPage>): Promise<ReadyPage> {
    const kept = this.#pages.get(key);
    const age = kept ? this.now() - kept.madeAt : Infinity;
    if (kept && age < this.limits.freshMs) return kept;
    const made = await this.#once(key, make);
    if (made.status >= 500 && kept && age < this.limits.graceMs) return kept;
    return made;
  }

  #once(key: string, make: () => Promise<ReadyPage>): Promise<ReadyPage> {
    const running = this.#making.get(key);
    if (running) return running;
    const work = make()
      .then((page) => {
        if (page.status < 500) this.#pages.set(key, page);
        return page;
      })
      .finally(() => this.#making.delete(key));
    this.#making.set(key, work);
    return work;
  }
}
