import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Cache } from './cache.js';
import type { CacheOptions } from './options.js';
import { RealRedis, redisInstalled } from './real-redis.factory.js';
import { RedisBus } from './redis-bus.js';

const keep = { ttl: 60_000, tags: ['t'] };

describe.skipIf(!redisInstalled)('with Redis', () => {
  let redis: RealRedis;
  const opened: { close(): unknown }[] = [];

  beforeAll(async () => {
    redis = await RealRedis.started();
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    redis.thaw();
  });
  afterAll(() => redis.end());

  let caches = 0;
  /** Caches of several processes: each with its own connections. */
  async function processes(count: number, options: Partial<CacheOptions> = {}): Promise<Cache[]> {
    const name = options.name ?? `c${++caches}`;
    const made = Array.from({ length: count }, () => {
      const bus = new RedisBus({ url: redis.url, onError: () => undefined, heartbeatMs: 200 });
      const cache = new Cache({ name, maxBytes: 1 << 20, redisUrl: redis.url, bus, jitter: 0, ...options });
      opened.push(cache, bus);
      return cache;
    });
    await vi.waitFor(
      () => expect(made.map((cache) => [cache.stats().redis, cache.stats().bus])).toEqual(made.map(() => ['up', 'up'])),
      { timeout: 5_000 },
    );
    return made;
  }

  const source = <T>(value: T) => vi.fn<() => Promise<T>>(async () => value);
  /** Waits for what was written in the background. */
  const written = (cache: Cache): Promise<void> =>
    vi.waitFor(async () => expect(await redis.ask('keys', `um:{${cache.name}}:1:*`)).not.toEqual([]), {
      timeout: 2_000,
    });
  /** How long a call takes, in ms. */
  async function timed(call: () => unknown): Promise<number> {
    const started = performance.now();
    await call();
    return performance.now() - started;
  }

  test.each([
    ['bytes', Buffer.from([0, 255, 1, 128])],
    ['plain JSON', { name: 'oʻyinchoq', tags: [1, null, { a: true }] }],
    ['null', null],
  ])('a process takes from another what it has loaded: %s', async (_what, value) => {
    const [a, b] = await processes(2);
    await a!.getOrSet('k', keep, source(value));
    await written(a!);
    const from = source<unknown>('loaded again');
    expect(await b!.getOrSet('k', keep, from)).toEqual(value);
    expect(from).not.toHaveBeenCalled();
    expect(b!.stats()).toMatchObject({ hits: { l1: 0, l2: 1 }, misses: 0, entries: 1 });
    expect(b!.get('k')).toEqual(value);
  });

  test('a change is seen by every process and by those that start later', async () => {
    const [a, b] = await processes(2);
    await a!.getOrSet('k', keep, source('old'));
    await written(a!);
    await b!.getOrSet('k', keep, source('old'));
    await a!.invalidateTags(['t']);
    await vi.waitFor(() => expect(b!.get('k')).toBeUndefined());
    const [late] = await processes(1, { name: a!.name });
    expect(await late!.getOrSet('k', keep, source('new'))).toBe('new');
  });

  test('a deleted key and a purge reach Redis and the other processes', async () => {
    const [a, b] = await processes(2);
    for (const key of ['k', 'l']) await a!.getOrSet(key, keep, source('old'));
    await written(a!);
    for (const key of ['k', 'l']) await b!.getOrSet(key, keep, source('old'));
    await a!.delete('k');
    await vi.waitFor(() => expect([b!.get('k'), b!.get('l')]).toEqual([undefined, 'old']));
    expect(await b!.getOrSet('k', keep, source('new'))).toBe('new');
    await a!.purge();
    await vi.waitFor(() => expect(b!.stats().entries).toBe(0));
    expect(await b!.getOrSet('l', keep, source('new'))).toBe('new');
  });

  test('of all processes one loads what everybody asks for; the others take it from Redis', async () => {
    const all = await processes(4);
    let loads = 0;
    const load = async (): Promise<string> => {
      loads += 1;
      await new Promise((resolve) => setTimeout(resolve, 60));
      return 'v';
    };
    const ask = () =>
      Promise.all(all.flatMap((cache) => Array.from({ length: 20 }, async () => cache.getOrSet('k', keep, load))));
    expect(new Set(await ask())).toEqual(new Set(['v']));
    expect(loads).toBe(1);
    await all[0]!.invalidateTags(['t']);
    await vi.waitFor(() =>
      expect(all.map((cache) => cache.get('k'))).toEqual([undefined, undefined, undefined, undefined]),
    );
    await ask();
    expect(loads).toBe(2);
  });

  test('a process that died while it loaded keeps the others waiting for a moment only; its turn ends by itself', async () => {
    const [a, b] = await processes(2);
    void a!.getOrSet('k', keep, () => new Promise<string>(() => undefined));
    await vi.waitFor(async () => expect(await redis.ask('exists', `um:{${a!.name}}:turn:k`)).toBe(1));
    expect(await timed(async () => expect(await b!.getOrSet('k', keep, source('v'))).toBe('v'))).toBeLessThan(1_000);
    expect(Number(await redis.ask('pttl', `um:{${a!.name}}:turn:k`))).toBeLessThanOrEqual(2_000);
  });

  test('a load that failed gives its turn back at once', async () => {
    const [a, b] = await processes(2);
    await expect(a!.getOrSet('k', keep, () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    await vi.waitFor(async () => expect(await redis.ask('exists', `um:{${a!.name}}:turn:k`)).toBe(0));
    expect(await timed(() => b!.getOrSet('k', keep, source('v')))).toBeLessThan(250);
  });

  test('what was loaded before a change and written after it is never read', async () => {
    const [a, b] = await processes(2);
    let end = (_value: string): void => undefined;
    const loading = a!.getOrSet('k', keep, () => new Promise<string>((resolve) => (end = resolve)));
    await vi.waitFor(() => expect(a!.stats().misses).toBe(1));
    // The change is told by a process whose message has not arrived here yet: over Redis alone.
    await redis.ask('set', `um:{${a!.name}}:tag:t`, 'changed');
    end('old');
    await loading;
    await written(a!);
    expect(await b!.getOrSet('k', keep, source('new'))).toBe('new');
  });

  test('a forgotten version makes entries invalid, not valid', async () => {
    const [a, b] = await processes(2);
    await a!.getOrSet('k', keep, source('old'));
    await written(a!);
    await redis.ask('del', `um:{${a!.name}}:tag:t`);
    expect(await b!.getOrSet('k', keep, source('new'))).toBe('new');
  });

  test('an entry that was cut short is loaded anew', async () => {
    const [a, b] = await processes(2);
    await a!.getOrSet('k', keep, source({ some: 'json' }));
    await written(a!);
    await redis.ask('setrange', `um:{${a!.name}}:1:k`, '30', 'garbage{');
    expect(await b!.getOrSet('k', keep, source('new'))).toBe('new');
  });

  test('another shape of values does not read the old ones', async () => {
    const [a] = await processes(1);
    await a!.getOrSet('k', keep, source('old shape'));
    await written(a!);
    const [b] = await processes(1, { name: a!.name, shape: '2' });
    expect(await b!.getOrSet('k', keep, source('new shape'))).toBe('new shape');
  });

  test('entries leave Redis at the end of their life and grace', async () => {
    const [a] = await processes(1);
    await a!.getOrSet('k', { ttl: 5_000, grace: 20_000 }, source('v'));
    await written(a!);
    const life = Number(await redis.ask('pttl', `um:{${a!.name}}:1:k`));
    expect(life).toBeGreaterThan(20_000);
    expect(life).toBeLessThanOrEqual(25_000);
  });

  test('a stale value in Redis helps a process that starts while the source is down', async () => {
    const [a] = await processes(1);
    await a!.getOrSet('k', { ...keep, ttl: 50, grace: 60_000 }, source('old'));
    await written(a!);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const [b] = await processes(1, { name: a!.name });
    expect(await b!.getOrSet('k', keep, () => Promise.reject(new Error('down')))).toBe('old');
  });

  test('Redis killed: hits and loads go on without a wait; back again: everything is carried', async () => {
    const [a, b] = await processes(2);
    await a!.getOrSet('k', keep, source('old'));
    await written(a!);
    await b!.getOrSet('k', keep, source('old'));
    await redis.kill();
    await vi.waitFor(() => expect(a!.stats().bus).toBe('down'));

    const waits: number[] = [];
    for (let i = 0; i < 20; i++) waits.push(await timed(() => a!.getOrSet(`miss ${i}`, keep, source(i))));
    expect(Math.max(...waits)).toBeLessThan(100);
    expect(a!.get('miss 19')).toBe(19);

    // A change while nobody can be told. The entry under the tag lies in Redis' file and comes back with it.
    expect(await timed(() => a!.invalidateTags(['t']))).toBeLessThan(500);
    expect(a!.stats().owed).toBe(1);

    await redis.start();
    await vi.waitFor(
      () => expect([a!.stats().owed, a!.stats().redis, a!.stats().bus, b!.stats().bus]).toEqual([0, 'up', 'up', 'up']),
      { timeout: 10_000 },
    );
    expect(await b!.getOrSet('k', keep, source('new'))).toBe('new');
    await a!.getOrSet('after', keep, source('v'));
    await vi.waitFor(async () => expect(await redis.ask('exists', `um:{${a!.name}}:1:after`)).toBe(1));
    await b!.getOrSet('after', keep, source('v'));
    await a!.invalidateTags(['t']);
    await vi.waitFor(() => expect(b!.get('after')).toBeUndefined());
  });

  test('while a change is owed, Redis is not believed', async () => {
    const [a] = await processes(1);
    const keys = Array.from({ length: 300 }, (_, i) => `k${i}`);
    const [writer] = await processes(1, { name: a!.name });
    for (const key of keys) await writer!.getOrSet(key, keep, source('old'));
    await vi.waitFor(async () => expect(await redis.ask('keys', `um:{${a!.name}}:1:*`)).toHaveLength(keys.length));
    writer!.close();
    await redis.kill();
    await a!.invalidateTags(['t']);
    await redis.start();
    const answers: unknown[] = [];
    for (const key of keys) {
      if (a!.stats().owed === 0) break;
      answers.push(await a!.getOrSet(key, keep, source('new')));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(answers.length).toBeGreaterThan(10);
    expect(new Set(answers)).toEqual(new Set(['new']));
  });

  test('Redis hangs: a few loads wait a moment, then nobody does', async () => {
    const [a] = await processes(1);
    redis.freeze();
    const waits: number[] = [];
    for (let i = 0; i < 12; i++) waits.push(await timed(() => a!.getOrSet(`k${i}`, keep, source(i))));
    expect(Math.max(...waits)).toBeLessThan(1_000);
    expect(waits.filter((ms) => ms > 100).length).toBeLessThanOrEqual(6);
    expect(a!.stats().redis).toBe('down');
    // A silent connection is found out by the heartbeat.
    await vi.waitFor(() => expect(a!.stats().bus).toBe('down'), { timeout: 5_000 });
    redis.thaw();
    await vi.waitFor(
      async () => {
        await a!.getOrSet(String(Math.random()), keep, source(1));
        expect([a!.stats().redis, a!.stats().bus]).toEqual(['up', 'up']);
      },
      { timeout: 10_000, interval: 200 },
    );
  });

  test('a process starts and works although Redis is not there', async () => {
    const errors: unknown[] = [];
    const cache = new Cache({
      name: 'alone',
      maxBytes: 1 << 20,
      redisUrl: `redis://127.0.0.1:${redis.port + 100}`,
      onError: (error) => errors.push(error),
    });
    opened.push(cache);
    expect(await cache.getOrSet('k', keep, source('v'))).toBe('v');
    expect(cache.get('k')).toBe('v');
    expect(cache.stats().redis).toBe('down');
    expect(errors.length).toBeGreaterThan(0);
  });
});
