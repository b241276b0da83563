import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Bus } from './bus.js';
import type { Cache } from './cache.js';
import { CacheReport } from './report.js';

const Question = z.object({ census: z.string(), from: z.string(), tag: z.string().nullable() });
const Answer = z.object({ counted: z.string(), report: CacheReport });

/** How long answers of other processes are waited for, in ms. */
const WAIT_MS = 300;
/** What of keys and tags is told: a message must fit into a notification of PostgreSQL. */
const ROOM = 4_000;
const MOST_TAGS = 20;

export interface CensusOptions {
  readonly cache: Cache;
  readonly bus: Bus | undefined;
  readonly services: readonly string[];
  readonly onError: (error: unknown) => void;
}

/** Asks every process of the platform about its cache, over the bus that also tells them of changes. */
export class Census {
  readonly #options: CensusOptions;
  readonly #self = randomUUID();
  readonly #started = Date.now();
  readonly #asked = new Map<string, Map<string, CacheReport>>();
  readonly #unsubscribe: (() => void) | undefined;

  constructor(options: CensusOptions) {
    this.#options = options;
    this.#unsubscribe = options.bus?.subscribe({ message: (text) => this.#heard(text), gap: () => undefined });
  }

  /** Reports of this process and of all that answer in time, in a steady order. With a tag they hold the keys under it. */
  async take(tag: string | null): Promise<CacheReport[]> {
    const { bus } = this.#options;
    const own = this.#report(tag);
    if (!bus?.connected) return [own];
    const census = randomUUID();
    const answers = new Map<string, CacheReport>();
    this.#asked.set(census, answers);
    try {
      await bus.publish(JSON.stringify({ census, from: this.#self, tag } satisfies z.input<typeof Question>));
      await pause(WAIT_MS);
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#asked.delete(census);
    }
    const order = (r: CacheReport): string => `${r.services.join()} ${r.host} ${r.process}`;
    return [own, ...answers.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  close(): void {
    this.#unsubscribe?.();
  }

  #heard(text: string): void {
    if (text.startsWith('{"census"')) {
      const asked = parsed(Question, text);
      if (asked && asked.from !== this.#self) void this.#answer(asked.census, asked.tag);
    } else if (text.startsWith('{"counted"')) {
      const answer = parsed(Answer, text);
      if (answer) this.#asked.get(answer.counted)?.set(answer.report.process, answer.report);
    }
  }

  async #answer(counted: string, tag: string | null): Promise<void> {
    try {
      await this.#options.bus?.publish(JSON.stringify({ counted, report: this.#report(tag) }));
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #report(tag: string | null): CacheReport {
    const { cache, services } = this.#options;
    const { areas, entries, bytes, maxBytes, operations, owed, redis, bus } = cache.stats();
    const all = tag === null ? [] : cache.keysByTag(tag);
    const keys = fitting(all, (key) => key, ROOM);
    return {
      process: this.#self,
      host: hostname().slice(0, 60),
      pid: process.pid,
      services: [...services],
      upSeconds: Math.round((Date.now() - this.#started) / 1_000),
      areas: areas.map((area) => ({
        name: area.name,
        hits: { memory: area.hits.l1, redis: area.hits.l2 },
        misses: area.misses,
        stale: area.operations['stale']?.ok ?? 0,
        evicted: area.operations['evict']?.ok ?? 0,
        entries: area.entries,
        bytes: area.bytes,
      })),
      entries,
      bytes,
      maxBytes,
      owed,
      redis,
      bus,
      invalidations: operations['invalidate']?.ok ?? 0,
      tags: tag === null ? fitting(cache.tags(MOST_TAGS), ({ tag: name }) => name, ROOM) : [],
      keys,
      found: all.length,
    };
  }
}

/** The first of `all` whose texts fit into so many bytes of JSON. */
function fitting<T>(all: readonly T[], text: (one: T) => string, room: number): T[] {
  let used = 0;
  const end = all.findIndex((one) => (used += Buffer.byteLength(JSON.stringify(text(one))) + 1) > room);
  return end < 0 ? [...all] : all.slice(0, end);
}

function parsed<S extends z.ZodType>(schema: S, text: string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // somebody else's
  }
}
