import type { Area, Cache } from '@um/kernel';
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
}

/** What a page is rendered to. */
interface Rendered {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How long a page is kept when nothing it shows changes, and how long an old one may stand in while no new one can be made. */
const KEPT_MS = 60_000;
const GRACE_MS = 10 * 60_000;

/** A page that says something went wrong: it is sent, never kept. */
class Unkept extends Error {
  readonly status: number;

  constructor(readonly page: Rendered) {
    super(`a page with status ${page.status}`);
    this.status = page.status;
  }
}

/** Compresses a page once, when it is made. */
async function readyPage({ status, html, headers }: Rendered): Promise<ReadyPage> {
  const body = Buffer.from(html);
  const [brotli, gzipped] = await Promise.all([
    br(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    gz(body, { level: 6 }),
  ]);
  return { status, headers, type: 'text/html; charset=utf-8', etag: etagOf(body), body, br: brotli, gzip: gzipped };
}

/** Guests' pages, by language and address: a part of the process's cache. One page is made once, however many ask for it. */
export class PageCache {
  readonly #area: Area;
  readonly #tags: readonly string[];

  /** `tags` are those of everything that pages show: a change of it throws them away. */
  constructor(cache: Cache, tags: readonly string[]) {
    this.#area = cache.area('pages');
    this.#tags = tags;
  }

  /** The page of a key; `render` makes it when there is none. A page of a failure gives way to an old good one. */
  async get(key: string, render: () => Promise<Rendered>): Promise<ReadyPage> {
    const make = async (): Promise<ReadyPage> => {
      const page = await render();
      if (page.status >= 400) throw new Unkept(page);
      return readyPage(page);
    };
    try {
      return await this.#area.getOrSet(key, { ttl: KEPT_MS, grace: GRACE_MS, tags: this.#tags }, make);
    } catch (error) {
      if (error instanceof Unkept) return readyPage(error.page);
      throw error;
    }
  }
}
