import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { Breaker } from '../breaker.js';
import { decode, encode, type Entry, type Payload, type Stored } from './entry.js';
import { closeRedis, openRedis } from './redis.js';

/** A tag's version is kept longer than any entry. A version that is gone makes entries invalid, never valid. */
const VERSION_MS = 30 * 24 * 3_600_000;

/** A turn that is not given back is over after this time: its process has died or is slow. */
const TURN_MS = 2_000;
/** Nobody waits longer for the load of another process. */
const WAIT_MS = 300;
const POLL_MS = 15;
/** Gives a turn back, unless it was over and is another one's by now. */
const YIELD = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

export interface RedisLevelOptions {
  readonly url: string;
  /** Name of the cache; a release that keeps other shapes takes another `shape`. */
  readonly name: string;
  readonly shape?: string;
  readonly onError: (error: unknown) => void;
  readonly breaker?: Breaker;
}

/** The turn to load a key. Whoever got it gives it back when what was loaded lies there. */
export interface Turn {
  readonly looked: Looked;
  readonly done: () => Promise<void>;
}

/** What lies in the second level under a key, and the versions that its tags have now. */
export interface Looked {
  readonly stored: Stored | undefined;
  readonly versions: readonly string[];
}

/**
 * The second level. Each tag has a random version in Redis; an entry holds the versions from before it was loaded and
 * counts only while they are the same. So an entry that was loaded before an invalidation and written after it is
 * never seen. Everything answers undefined or false while Redis is away.
 */
export class RedisLevel {
  readonly #redis: Redis;
  readonly #breaker: Breaker;
  readonly #options: RedisLevelOptions;

  constructor(options: RedisLevelOptions) {
    this.#options = options;
    this.#breaker = options.breaker ?? new Breaker();
    this.#redis = openRedis(options.url, 'data', options.onError);
  }

  get state(): 'up' | 'down' {
    return this.#breaker.open || this.#redis.status !== 'ready' ? 'down' : 'up';
  }

  /** Reads an entry; undefined while Redis is away. */
  look(key: string, tags: readonly string[]): Promise<Looked | undefined> {
    return this.#try(async (redis) => {
      const [bytes, ...found] = await redis.mgetBuffer(this.#entry(key), ...tags.map((tag) => this.#tag(tag)));
      const versions = found.map((version) => version?.toString('utf8'));
      const missing = tags.filter((_tag, place) => versions[place] === undefined);
      if (missing.length > 0) return { stored: undefined, versions: await this.#mint(redis, tags, missing) };
      const stored = bytes ? decode(bytes) : undefined;
      const valid = stored !== undefined && isSame(stored.versions, versions);
      return { stored: valid ? stored : undefined, versions: versions as string[] };
    });
  }

  /**
   * Waits for the turn to load a key, so that of all processes one does: for a moment only, and not at all while Redis
   * is away. Answers what lies there by then, which may be what another process has loaded meanwhile.
   */
  async turn(key: string, tags: readonly string[], before: Looked): Promise<Turn> {
    const mine = fresh();
    const until = Date.now() + WAIT_MS;
    let looked = before;
    while (!(await this.#claim(key, mine))) {
      if (isFresh(looked.stored) || Date.now() >= until) return { looked, done: () => Promise.resolve() };
      await pause(POLL_MS);
      looked = (await this.look(key, tags)) ?? looked;
    }
    const done = async (): Promise<void> =>
      void (await this.#try((redis) => redis.eval(YIELD, 1, this.#turn(key), mine)));
    return { looked, done };
  }

  /** True also when nobody can tell. */
  async #claim(key: string, mine: string): Promise<boolean> {
    return (await this.#try((redis) => redis.set(this.#turn(key), mine, 'PX', TURN_MS, 'NX'))) !== null;
  }

  /** Writes an entry under the versions that `look` gave. */
  async write(key: string, entry: Entry, versions: readonly string[], payload: Payload): Promise<boolean> {
    const life = Math.ceil(entry.staleUntil - Date.now());
    if (life <= 0) return false;
    const write = (redis: Redis) => redis.set(this.#entry(key), encode({ ...entry, versions }, payload), 'PX', life);
    return (await this.#try(write)) !== undefined;
  }

  /** Makes every entry of the tags invalid and deletes the keys; false while Redis is away. */
  async forget(tags: readonly string[], keys: readonly string[]): Promise<boolean> {
    const done = await this.#try(async (redis) => {
      const pipeline = redis.pipeline();
      for (const tag of tags) pipeline.set(this.#tag(tag), fresh(), 'PX', VERSION_MS);
      if (keys.length > 0) pipeline.unlink(...keys.map((key) => this.#entry(key)));
      const failed = ((await pipeline.exec()) ?? []).find(([error]) => error !== null)?.[0];
      if (failed) throw failed;
      return true;
    });
    return done ?? false;
  }

  close(): void {
    closeRedis(this.#redis);
  }

  /** Gives a version to tags that have none. Of two processes the first one's holds. */
  async #mint(redis: Redis, tags: readonly string[], missing: readonly string[]): Promise<string[]> {
    const pipeline = redis.pipeline();
    for (const tag of missing) pipeline.set(this.#tag(tag), fresh(), 'PX', VERSION_MS, 'NX');
    pipeline.mget(...tags.map((tag) => this.#tag(tag)));
    const [error, versions] = (await pipeline.exec())?.at(-1) ?? [new Error('no answer'), []];
    if (error) throw error;
    return (versions as (string | null)[]).map((version) => version ?? '');
  }

  async #try<T>(work: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    if (!this.#breaker.admits(Date.now())) return undefined;
    try {
      const answer = await work(this.#redis);
      this.#breaker.succeeded();
      return answer;
    } catch (error) {
      this.#breaker.failed(Date.now());
      this.#options.onError(error);
      return undefined;
    }
  }

  // The braces keep all keys of a cache in one slot of a Redis cluster.
  #entry(key: string): string {
    return `um:{${this.#options.name}}:${this.#options.shape ?? '1'}:${key}`;
  }

  #turn(key: string): string {
    return `um:{${this.#options.name}}:turn:${key}`;
  }

  #tag(tag: string): string {
    return `um:{${this.#options.name}}:tag:${tag}`;
  }
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((version, place) => version === b[place]);

export const isFresh = (entry: Entry | undefined): entry is Entry =>
  entry !== undefined && entry.freshUntil > Date.now();

const fresh = (): string => randomBytes(9).toString('base64url');
