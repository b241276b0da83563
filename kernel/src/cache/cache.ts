import { randomUUID } from 'node:crypto';
import type { Bus } from './bus.js';
import { Area } from './area.js';
import { payloadOf, type Entry } from './entry.js';
import type { Flight } from './flight.js';
import { Invalidation, readMessage } from './invalidation.js';
import { ALL, cacheKey, tagsOf, viewerTag } from './keys.js';
import { MemoryLevel } from './memory-level.js';
import type { CacheOptions, Keep } from './options.js';
import { isFresh, RedisLevel, type Looked, type Turn } from './redis-level.js';
import { AreaFigures, CacheFigures, total, type CacheStats } from './stats.js';
import { isAnswer, within } from './load.js';

/** A stale value is given when the source takes longer than this. */
const SLOW_MS = 1_000;
/** How long a stale value is given before the source is asked again. */
const RETRY_MS = 1_000;
/** When a chained cache throws away again what another process said has changed. */
const ECHO_MS = 1_000;

/**
 * Two levels of cache: memory, then Redis. A hit in memory is answered at once, without a promise. One load per key at
 * a time. Values are Buffers or plain JSON and must not be changed by those who get them.
 */
export class Cache {
  readonly name: string;
  readonly #options: Required<Pick<CacheOptions, 'jitter' | 'blindMs' | 'onError' | 'chained' | 'observe'>>;
  readonly #memory: MemoryLevel;
  readonly #redis: RedisLevel | undefined;
  readonly #bus: Bus | undefined;
  readonly #invalidation: Invalidation;
  readonly #flights = new Map<string, Flight>();
  readonly #figures = new CacheFigures();
  readonly #areas = new AreaFigures();
  readonly #unsubscribe: (() => void) | undefined;

  constructor(options: CacheOptions) {
    const { name, redisUrl, bus, shape } = options;
    const onError = (error: unknown): void => {
      this.#figures.count('remote', true);
      options.onError?.(error);
    };
    this.name = name;
    const { jitter = 0.1, blindMs = 5_000, chained = false, observe = () => undefined } = options;
    this.#options = { jitter, blindMs, onError, chained, observe };
    this.#memory = new MemoryLevel(options.maxBytes);
    this.#redis =
      redisUrl === undefined
        ? undefined
        : new RedisLevel({ url: redisUrl, name, onError, ...(shape === undefined ? {} : { shape }) });
    this.#bus = bus;
    const self = randomUUID();
    this.#invalidation = new Invalidation({ cache: name, from: self, redis: this.#redis, bus, onError });
    this.#unsubscribe = bus?.subscribe({
      message: (text) => {
        const told = readMessage(text, name, self);
        if (told) this.#heard(told.tags, told.keys);
      },
      gap: () => this.#drop([ALL], []),
    });
  }

  /** The part of this cache that one use of it has. */
  area(name: string): Area {
    return new Area(this, name);
  }

  /** The value in memory, while it is fresh. */
  get<T>(key: string, viewer?: string, area = this.name): T | undefined {
    const entry = this.#memory.get(cacheKey(key, viewer));
    if (entry === undefined || entry.freshUntil <= Date.now()) return undefined;
    this.#areas.of(area).l1 += 1;
    return entry.value as T;
  }

  /**
   * The value of a key: from memory at once, else a promise of it from Redis or `load`. What `load` raises reaches the
   * caller, unless a stale value within its grace is there. `undefined` is not kept.
   */
  getOrSet<T>(key: string, keep: Keep, load: () => Promise<T>): T | Promise<T> {
    const known = this.get<T>(key, keep.viewer, keep.area);
    return known === undefined ? (this.#fly(cacheKey(key, keep.viewer), keep, load) as Promise<T>) : known;
  }

  /** Loads a value anew although a fresh one may be there; for warming. */
  async refresh<T>(key: string, keep: Keep, load: () => Promise<T>): Promise<T> {
    return (await this.#fly(cacheKey(key, keep.viewer), keep, load, true)) as T;
  }

  /** Throws away what carries one of the tags, here and everywhere. Call it after the commit that changed the source. */
  async invalidateTags(tags: readonly string[]): Promise<void> {
    this.#figures.count('invalidate');
    this.#drop(tags, []);
    await this.#invalidation.send(tags, []);
  }

  invalidateViewer(viewer: string): Promise<void> {
    return this.invalidateTags([viewerTag(viewer)]);
  }

  delete(key: string, viewer?: string): Promise<void> {
    return this.deleteKeys([cacheKey(key, viewer)]);
  }

  /** Throws values away by their whole keys, as `keysByTag` tells them. */
  async deleteKeys(keys: readonly string[]): Promise<void> {
    this.#figures.count('delete');
    this.#drop([], keys);
    await this.#invalidation.send([], keys);
  }

  /** Throws everything away, everywhere. */
  purge(): Promise<void> {
    return this.invalidateTags([ALL]);
  }

  /** Keys in this process's memory under a tag. */
  keysByTag(tag: string): string[] {
    return this.#memory.keysByTag(tag);
  }

  /** The tags with most entries in this process's memory. */
  tags(count: number): { tag: string; entries: number }[] {
    return this.#memory.tags(count);
  }

  stats(): CacheStats {
    const memory = this.#memory;
    const areas = this.#areas.stats((area) => memory.held(area));
    const own = { hits: { l1: 0, l2: 0 }, misses: 0, operations: this.#figures.operations() };
    return {
      name: this.name,
      ...total([own, ...areas]),
      areas,
      entries: memory.entries,
      bytes: memory.bytes,
      maxBytes: memory.maxBytes,
      flights: this.#flights.size,
      redis: this.#redis?.state ?? 'off',
      bus: this.#bus === undefined ? 'off' : this.#bus.connected ? 'up' : 'down',
      owed: this.#invalidation.owed,
    };
  }

  /** Waits up to `ms` until every invalidation has reached the others; false when some has not. */
  settle(ms: number): Promise<boolean> {
    return this.#invalidation.settle(ms);
  }

  close(): void {
    this.#unsubscribe?.();
    this.#invalidation.stop();
    this.#redis?.close();
  }

  /** Another process tells what changed. */
  #heard(tags: readonly string[], keys: readonly string[]): void {
    this.#drop(tags, keys);
    if (this.#options.chained) setTimeout(() => this.#drop(tags, keys), ECHO_MS).unref();
  }

  #drop(tags: readonly string[], keys: readonly string[]): void {
    for (const [key, flight] of this.#flights) {
      if (!keys.includes(key) && !flight.tags.some((tag) => tags.includes(tag))) continue;
      flight.dirty = true;
      this.#flights.delete(key); // whoever asks from now on gets a load that began after the change
    }
    if (tags.includes(ALL)) return this.#memory.clear();
    for (const tag of tags) this.#memory.deleteTag(tag);
    for (const key of keys) this.#memory.delete(key);
  }

  #fly(full: string, keep: Keep, load: () => Promise<unknown>, anew = false): Promise<unknown> {
    const running = this.#flights.get(full);
    if (running) return running.promise;
    const area = keep.area ?? this.name;
    const flight: Flight = { promise: Promise.resolve(), full, keep, area, tags: tagsOf(keep), dirty: false };
    this.#flights.set(full, flight);
    flight.promise = this.#find(flight, load, anew).finally(() => {
      if (this.#flights.get(full) === flight) this.#flights.delete(full);
    });
    return flight.promise;
  }

  async #find(flight: Flight, load: () => Promise<unknown>, anew: boolean): Promise<unknown> {
    const looked = await this.#look(flight);
    if (!anew && isFresh(looked?.stored)) return this.#found(flight, looked.stored);
    const turn = looked && this.#redis ? await this.#redis.turn(flight.full, flight.tags, looked) : undefined;
    if (!anew && isFresh(turn?.looked.stored)) {
      void turn.done();
      return this.#found(flight, turn.looked.stored);
    }
    this.#areas.of(flight.area).misses += 1;
    const stale = this.#stale(flight.full, turn?.looked.stored);
    const loading = this.#load(flight, turn, load);
    return stale ? this.#orStale(flight, stale, loading) : loading;
  }

  #found(flight: Flight, stored: Entry): unknown {
    this.#areas.of(flight.area).l2 += 1;
    this.#keep(flight, stored);
    return stored.value;
  }

  /** The second level is not asked while invalidations are owed to it: it would answer with what was thrown away. */
  async #look(flight: Flight): Promise<Looked | undefined> {
    if (!this.#redis || this.#invalidation.owed > 0) return undefined;
    return this.#redis.look(flight.full, flight.tags);
  }

  async #load(flight: Flight, turn: Turn | undefined, load: () => Promise<unknown>): Promise<unknown> {
    let written: Promise<unknown> | undefined;
    try {
      const value = await this.#timed(flight.area, load);
      written = this.#set(flight, turn, value);
      return value;
    } finally {
      if (turn) void Promise.resolve(written).finally(() => void turn.done());
    }
  }

  /** Keeps what was loaded; resolves when it lies in the second level too. */
  #set(flight: Flight, turn: Turn | undefined, value: unknown): Promise<unknown> | undefined {
    if (value === undefined) return undefined;
    const payload = payloadOf(value);
    const now = Date.now();
    const { ttl, grace = 0 } = flight.keep;
    const life = ttl * (1 - Math.random() * this.#options.jitter);
    const entry = { value, bytes: payload.size, freshUntil: now + life, staleUntil: now + life + grace };
    this.#areas.of(flight.area).count('set');
    this.#keep(flight, entry);
    if (!turn || flight.dirty) return undefined;
    return this.#redis?.write(flight.full, entry, turn.looked.versions, payload);
  }

  async #timed(area: string, load: () => Promise<unknown>): Promise<unknown> {
    const started = performance.now();
    let failed = true;
    try {
      const value = await load();
      failed = false;
      return value;
    } catch (error) {
      failed = !isAnswer(error);
      throw error;
    } finally {
      this.#options.observe(area, (performance.now() - started) / 1_000, failed);
    }
  }

  /** What may be given instead of a load that fails: the later of the two levels' values, within its grace. */
  #stale(full: string, stored: Entry | undefined): Entry | undefined {
    const own = this.#memory.get(full);
    const best = own && (!stored || own.staleUntil >= stored.staleUntil) ? own : stored;
    return best && best.staleUntil > Date.now() ? best : undefined;
  }

  async #orStale(flight: Flight, stale: Entry, loading: Promise<unknown>): Promise<unknown> {
    try {
      return await within(SLOW_MS, loading, flight.full);
    } catch (error) {
      if (flight.dirty) return loading; // the stale value was thrown away: the failure itself is the answer
      if (isAnswer(error)) return this.#gone(flight, loading);
      // A failure is told here; a slow load that succeeds later is kept, one that says "no longer" counts then.
      loading.catch((late: unknown) =>
        isAnswer(late) ? void this.#gone(flight, loading).catch(() => undefined) : undefined,
      );
      this.#options.onError(error);
      this.#areas.of(flight.area).count('stale');
      this.#keep(flight, { ...stale, freshUntil: Math.min(Date.now() + RETRY_MS, stale.staleUntil) });
      return stale.value;
    }
  }

  /** The source says there is nothing to give any more: the old value must not be given either, here or anywhere. */
  async #gone(flight: Flight, loading: Promise<unknown>): Promise<unknown> {
    this.#drop([], [flight.full]);
    await this.#invalidation.send([], [flight.full]);
    return loading;
  }

  /** Keeps a value in memory, unless something it was made of has changed meanwhile. */
  #keep(flight: Flight, entry: Entry): void {
    if (flight.dirty) return;
    const blind = this.#bus !== undefined && !this.#bus.connected;
    const freshUntil = blind ? Math.min(entry.freshUntil, Date.now() + this.#options.blindMs) : entry.freshUntil;
    const { value, bytes, staleUntil } = entry;
    this.#memory.set(flight.full, { value, bytes, freshUntil, staleUntil }, flight.tags, flight.area);
  }
}
