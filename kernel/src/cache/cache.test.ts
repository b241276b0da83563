import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { errors } from '../errors.js';
import { LocalBus } from './bus.js';
import { Cache } from './cache.js';
import type { CacheOptions } from './options.js';
import { cacheKey } from './keys.js';
import { readMessage } from './invalidation.js';
import { Warmup } from './warmup.js';

const open: Cache[] = [];
afterEach(() => {
  for (const cache of open.splice(0)) cache.close();
});
function aCache(options: Partial<CacheOptions> = {}): Cache {
  const cache = new Cache({ name: 'test', maxBytes: 1 << 20, jitter: 0, ...options });
  open.push(cache);
  return cache;
}

/** A source that counts how often it is asked. */
function source<T>(...answers: readonly (T | Error)[]) {
  let calls = 0;
  return vi.fn<() => Promise<T>>(async () => {
    const answer = answers[Math.min(calls++, answers.length - 1)]!;
    if (answer instanceof Error) throw answer;
    return answer;
  });
}
/** A load that ends when the test says so. */
function slowly<T>(): { load: () => Promise<T>; end: (value: T) => void; fail: (error: Error) => void } {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { load: () => promise, end: resolve, fail: reject };
}

const minute = { ttl: 60_000 };
const stale = { ttl: 1_000, grace: 60_000 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  return () => vi.useRealTimers();
});

describe('a cache', () => {
  test('answers a hit at once, without a promise', async () => {
    const cache = aCache();
    const bytes = Buffer.from('ready');
    const from = source(bytes);
    await cache.getOrSet('k', minute, from);
    expect(cache.getOrSet('k', minute, from)).toBe(bytes);
    expect(from).toHaveBeenCalledOnce();
  });

  test('asks the source once, however many wait for it', async () => {
    const cache = aCache();
    const from = source('v');
    const answers = await Promise.all(Array.from({ length: 200 }, async () => cache.getOrSet('k', minute, from)));
    expect(from).toHaveBeenCalledOnce();
    expect(new Set(answers)).toEqual(new Set(['v']));
  });

  test('asks again when the life of a value is over', async () => {
    const cache = aCache();
    const from = source(1, 2);
    await cache.getOrSet('k', { ttl: 1_000 }, from);
    vi.advanceTimersByTime(999);
    expect(cache.get('k')).toBe(1);
    vi.advanceTimersByTime(1);
    expect(cache.get('k')).toBeUndefined();
    expect(await cache.getOrSet('k', { ttl: 1_000 }, from)).toBe(2);
  });

  test('lives end at different times', async () => {
    const cache = aCache({ jitter: 0.5 });
    for (let i = 0; i < 50; i++) await cache.getOrSet(`k${i}`, { ttl: 1_000 }, source(i));
    vi.advanceTimersByTime(750);
    const alive = Array.from({ length: 50 }, (_, i) => cache.get(`k${i}`)).filter((v) => v !== undefined);
    expect(alive.length).toBeGreaterThan(5);
    expect(alive.length).toBeLessThan(45);
  });

  test('keeps null, not undefined', async () => {
    const cache = aCache();
    const nothing = source<null>(null);
    await cache.getOrSet('null', minute, nothing);
    expect(cache.getOrSet('null', minute, nothing)).toBeNull();
    await cache.getOrSet('undefined', minute, source(undefined));
    expect(cache.stats().entries).toBe(1);
  });

  test('hands the failure of the source to everybody who waited, and keeps nothing', async () => {
    const cache = aCache();
    const from = source<string>(new Error('down'), 'up');
    const all = await Promise.allSettled([1, 2, 3].map(async () => cache.getOrSet('k', minute, from)));
    expect(all.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await cache.getOrSet('k', minute, from)).toBe('up');
  });

  test.each([
    ['a Date', { at: new Date(0) }],
    ['a Map', { in: { all: new Map() } }],
    ['a Buffer inside', [Buffer.from('x')]],
    ['a bigint', { n: 1n }],
  ])('refuses %s, which JSON would not bring back', async (_what, value) => {
    await expect(aCache().getOrSet('k', minute, source<unknown>(value))).rejects.toThrow(TypeError);
  });

  test('makes room by what was used least', async () => {
    const cache = aCache({ maxBytes: 10_000 });
    const kb = () => Promise.resolve(Buffer.alloc(2_000));
    for (const key of ['a', 'b', 'c', 'd']) await cache.getOrSet(key, { ttl: 60_000, tags: [key] }, kb);
    cache.get('a');
    await cache.getOrSet('e', minute, kb);
    expect(['a', 'b', 'c', 'd', 'e'].filter((key) => cache.get(key))).toEqual(['a', 'c', 'd', 'e']);
    expect(cache.keysByTag('b')).toEqual([]);
    expect(cache.stats().bytes).toBeLessThanOrEqual(10_000);
    expect(cache.stats().operations['evict']).toEqual({ ok: 1, failed: 0 });
  });

  test('does not keep what is bigger than all of it', async () => {
    const cache = aCache({ maxBytes: 1_000 });
    await cache.getOrSet('k', { ttl: 60_000, tags: ['t'] }, () => Promise.resolve(Buffer.alloc(2_000)));
    expect([cache.stats().entries, cache.keysByTag('t')]).toEqual([0, []]);
  });

  test('keeps nothing without memory', async () => {
    const cache = aCache({ maxBytes: 0 });
    await cache.getOrSet('k', minute, source('v'));
    expect(cache.stats().entries).toBe(0);
  });

  test('tells what it did', async () => {
    const cache = aCache();
    await cache.getOrSet('k', minute, source('v'));
    void cache.getOrSet('k', minute, source('v'));
    await cache.delete('k');
    await cache.invalidateTags(['t']);
    expect(cache.stats()).toMatchObject({
      name: 'test',
      hits: { l1: 1, l2: 0 },
      misses: 1,
      operations: { set: { ok: 1 }, delete: { ok: 1 }, invalidate: { ok: 1 } },
      entries: 0,
      redis: 'off',
      bus: 'off',
      owed: 0,
    });
  });
});

describe('areas', () => {
  test('have keys and figures of their own, and tags in common', async () => {
    const cache = aCache();
    const [lists, pages] = [cache.area('lists'), cache.area('pages')];
    const keep = { ttl: 60_000, tags: ['t'] };
    await lists.getOrSet('k', keep, source('list'));
    await pages.getOrSet('k', keep, source('page'));
    expect([lists.get('k'), pages.get('k'), cache.get('k')]).toEqual(['list', 'page', undefined]);
    expect(cache.stats().areas).toMatchObject([
      { name: 'lists', hits: { l1: 1 }, misses: 1, entries: 1 },
      { name: 'pages', hits: { l1: 1 }, misses: 1, entries: 1 },
    ]);
    expect(cache.stats()).toMatchObject({ hits: { l1: 2 }, misses: 2, entries: 2 });
    await cache.invalidateTags(['t']);
    expect(cache.stats().areas).toMatchObject([
      { entries: 0, bytes: 0 },
      { entries: 0, bytes: 0 },
    ]);
  });

  test('a value of a viewer in an area is that viewer’s alone', async () => {
    const area = aCache().area('carts');
    await area.getOrSet('k', { ttl: 60_000, viewer: 'u1' }, source('of u1'));
    expect([area.get('k', 'u1'), area.get('k', 'u2'), area.get('k')]).toEqual(['of u1', undefined, undefined]);
  });
});

describe('tags', () => {
  test('throw away what carries one of them, and nothing else', async () => {
    const cache = aCache();
    await cache.getOrSet('a', { ttl: 60_000, tags: ['x', 'y'] }, source(1));
    await cache.getOrSet('b', { ttl: 60_000, tags: ['y'] }, source(1));
    await cache.getOrSet('c', { ttl: 60_000, tags: ['z'] }, source(1));
    expect(cache.keysByTag('y')).toEqual(['a', 'b']);
    await cache.invalidateTags(['x', 'z']);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([undefined, 1, undefined]);
    expect([cache.keysByTag('x'), cache.keysByTag('y')]).toEqual([[], ['b']]);
  });

  test('an entry written anew under other tags is no longer under the old ones', async () => {
    const cache = aCache();
    await cache.refresh('a', { ttl: 60_000, tags: ['old'] }, source(1));
    await cache.refresh('a', { ttl: 60_000, tags: ['new'] }, source(2));
    await cache.invalidateTags(['old']);
    expect(cache.get('a')).toBe(2);
    await cache.invalidateTags(['new']);
    expect(cache.get('a')).toBeUndefined();
  });

  test('what was thrown away while it was loaded is not kept', async () => {
    const cache = aCache();
    const old = slowly<string>();
    const asked = cache.getOrSet('k', { ttl: 60_000, tags: ['t'] }, old.load);
    await cache.invalidateTags(['t']);
    old.end('before the change');
    expect(await asked).toBe('before the change');
    expect(cache.get('k')).toBeUndefined();
  });

  test('who asks after a change does not get a load that began before it', async () => {
    const cache = aCache();
    const old = slowly<string>();
    const before = cache.getOrSet('k', { ttl: 60_000, tags: ['t'] }, old.load);
    await cache.invalidateTags(['t']);
    const after = cache.getOrSet('k', { ttl: 60_000, tags: ['t'] }, source('new'));
    expect(await after).toBe('new');
    old.end('old');
    expect(await before).toBe('old');
    expect(cache.get('k')).toBe('new');
  });

  test('a deleted key is treated the same', async () => {
    const cache = aCache();
    const old = slowly<string>();
    const before = cache.getOrSet('k', minute, old.load);
    await cache.delete('k');
    old.end('old');
    await before;
    expect(cache.get('k')).toBeUndefined();
  });

  test('a value that is warmed while its source changes is not kept', async () => {
    const cache = aCache();
    const old = slowly<string>();
    const warming = cache.refresh('k', { ttl: 60_000, tags: ['t'] }, old.load);
    await cache.invalidateTags(['t']);
    old.end('old');
    await warming;
    expect(cache.get('k')).toBeUndefined();
  });

  test('purge throws everything away, also what is being loaded', async () => {
    const cache = aCache();
    const flying = slowly<number>();
    await cache.getOrSet('a', { ttl: 60_000, tags: ['x'] }, source(1));
    const loading = cache.getOrSet('b', minute, flying.load);
    await cache.purge();
    flying.end(1);
    await loading;
    expect([cache.stats().entries, cache.keysByTag('x')]).toEqual([0, []]);
  });
});

describe('personal values', () => {
  test('are seen by their viewer alone and thrown away by viewer', async () => {
    const cache = aCache();
    await cache.getOrSet('cart', { ttl: 60_000, viewer: 'u1' }, source('of u1'));
    await cache.getOrSet('cart', { ttl: 60_000, viewer: 'u2' }, source('of u2'));
    await cache.getOrSet('cart', minute, source('of everybody'));
    expect([cache.get('cart', 'u1'), cache.get('cart', 'u2')]).toEqual(['of u1', 'of u2']);
    await cache.invalidateViewer('u1');
    expect([cache.get('cart', 'u1'), cache.get('cart', 'u2')]).toEqual([undefined, 'of u2']);
  });

  test('are out of reach of whatever a visitor writes into a key', () => {
    const mine = cacheKey('q=robot', 'u1');
    for (const forged of [mine, `@${mine}`, '@2:u1 q=robot', 'q=robot @u1']) expect(cacheKey(forged)).not.toBe(mine);
    expect(cacheKey('c', '2:a b')).not.toBe(cacheKey('b c', '2:a'));
  });
});

describe('while the source is down', () => {
  const down = new Error('down');

  test('the stale value is given within its grace, and the source is left alone for a moment', async () => {
    const cache = aCache();
    const from = source('old', down, down, 'new');
    await cache.getOrSet('k', stale, from);
    vi.advanceTimersByTime(1_500);
    expect(await cache.getOrSet('k', stale, from)).toBe('old');
    expect(cache.getOrSet('k', stale, from)).toBe('old');
    expect(from).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1_001);
    expect(await cache.getOrSet('k', stale, from)).toBe('old');
    vi.advanceTimersByTime(1_001);
    expect(await cache.getOrSet('k', stale, from)).toBe('new');
    expect(cache.stats().operations['stale']).toEqual({ ok: 2, failed: 0 });
  });

  test('its failure is told when the grace is over', async () => {
    const cache = aCache();
    const from = source('old', down);
    await cache.getOrSet('k', stale, from);
    vi.advanceTimersByTime(61_001);
    await expect(cache.getOrSet('k', stale, from)).rejects.toBe(down);
  });

  test('without grace its failure is told', async () => {
    const cache = aCache();
    const from = source('old', down);
    await cache.getOrSet('k', { ttl: 1_000 }, from);
    vi.advanceTimersByTime(1_001);
    await expect(cache.getOrSet('k', { ttl: 1_000 }, from)).rejects.toBe(down);
  });

  test('what was invalidated is not given, grace or not', async () => {
    const cache = aCache();
    const keep = { ...stale, tags: ['t'] };
    const from = source('recalled', down);
    await cache.getOrSet('k', keep, from);
    await cache.invalidateTags(['t']);
    await expect(cache.getOrSet('k', keep, from)).rejects.toBe(down);
  });

  test('what is invalidated while the source fails is not given either', async () => {
    const cache = aCache();
    const keep = { ...stale, tags: ['t'] };
    await cache.getOrSet('k', keep, source('recalled'));
    vi.advanceTimersByTime(1_001);
    const failing = slowly<string>();
    const asked = cache.getOrSet('k', keep, failing.load);
    await vi.advanceTimersByTimeAsync(0);
    await cache.invalidateTags(['t']);
    failing.fail(down);
    await expect(asked).rejects.toBe(down);
    expect(cache.stats().entries).toBe(0);
  });

  test('what it answers as expected is no failure: a product that is gone is not shown from before', async () => {
    const gone = errors('shelf', { GONE: { status: 404, message: { uz: 'yoʻq', ru: 'нет', en: 'gone' } } }).GONE();
    const bus = new LocalBus();
    const [cache, other] = [aCache({ bus }), aCache({ bus })];
    for (const one of [cache, other]) await one.getOrSet('k', stale, source('old'));
    vi.advanceTimersByTime(1_001);
    await expect(cache.getOrSet('k', stale, source<string>(gone))).rejects.toBe(gone);
    expect([cache.stats().entries, other.stats().entries]).toEqual([0, 0]);
    expect(cache.stats().operations['stale']).toBeUndefined();
  });

  test('a slow "gone" throws the stale value away when it comes', async () => {
    const gone = errors('shelf', { GONE: { status: 404, message: { uz: 'yoʻq', ru: 'нет', en: 'gone' } } }).GONE();
    const cache = aCache();
    await cache.getOrSet('k', stale, source('old'));
    vi.advanceTimersByTime(1_001);
    const slow = slowly<string>();
    const asked = cache.getOrSet('k', stale, slow.load);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(await asked).toBe('old');
    slow.fail(gone);
    await vi.advanceTimersByTimeAsync(0);
    await expect(cache.getOrSet('k', stale, source<string>(down))).rejects.toBe(down);
  });

  test('a slow source is not waited for when a stale value is there; its answer is kept when it comes', async () => {
    const cache = aCache();
    await cache.getOrSet('k', stale, source('old'));
    vi.advanceTimersByTime(1_001);
    const slow = slowly<string>();
    const asked = cache.getOrSet('k', stale, slow.load);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(await asked).toBe('old');
    slow.end('new');
    await vi.advanceTimersByTimeAsync(0);
    expect(cache.get('k')).toBe('new');
  });
});

describe('several caches on one bus', () => {
  test('hear of each other what changed', async () => {
    const bus = new LocalBus();
    const [a, b, other] = [aCache({ bus }), aCache({ bus }), aCache({ bus, name: 'other' })];
    for (const cache of [a, b, other]) {
      await cache.getOrSet('k', { ttl: 60_000, tags: ['t'] }, source(1));
      await cache.getOrSet('l', minute, source(1));
    }
    await a.invalidateTags(['t']);
    await a.delete('l');
    expect([b.get('k'), b.get('l')]).toEqual([undefined, undefined]);
    expect([other.get('k'), other.get('l')]).toEqual([1, 1]);
  });

  test('a chain of caches throws away again what the next one may have answered before it heard of the change', async () => {
    const bus = new LocalBus();
    const [source1, edge] = [aCache({ bus }), aCache({ bus, chained: true })];
    const keep = { ttl: 60_000, tags: ['t'] };
    await source1.invalidateTags(['t']);
    await edge.getOrSet('k', keep, source('old, of a process that has not heard yet'));
    vi.advanceTimersByTime(1_001);
    expect(await edge.getOrSet('k', keep, source('new'))).toBe('new');
  });

  test('a change that one tells stops what another is loading', async () => {
    const bus = new LocalBus();
    const [a, b] = [aCache({ bus }), aCache({ bus })];
    const old = slowly<string>();
    const loading = b.getOrSet('k', { ttl: 60_000, tags: ['t'] }, old.load);
    await a.invalidateTags(['t']);
    old.end('old');
    await loading;
    expect(b.get('k')).toBeUndefined();
  });

  test('a lost bus empties the memory, and until it is back values live a few seconds', async () => {
    const bus = Object.assign(new LocalBus(), { connected: true });
    let gap = (): void => undefined;
    const subscribe = bus.subscribe.bind(bus);
    vi.spyOn(bus, 'subscribe').mockImplementation((listener) => {
      gap = () => listener.gap();
      return subscribe(listener);
    });
    const cache = aCache({ bus });
    await cache.getOrSet('k', minute, source(1));
    Object.assign(bus, { connected: false });
    gap();
    expect(cache.get('k')).toBeUndefined();
    await cache.getOrSet('k', minute, source(1));
    vi.advanceTimersByTime(4_999);
    expect(cache.get('k')).toBe(1);
    vi.advanceTimersByTime(1);
    expect(cache.get('k')).toBeUndefined();
  });

  test('what the bus did not take is owed and told later', async () => {
    const bus = new LocalBus();
    const errors: unknown[] = [];
    const [a, b] = [aCache({ bus, onError: (error) => errors.push(error) }), aCache({ bus })];
    await b.getOrSet('k', { ttl: 60_000, tags: ['t'] }, source(1));
    const publish = vi.spyOn(bus, 'publish').mockRejectedValueOnce(new Error('cut'));
    await a.invalidateTags(['t']);
    expect([a.stats().owed, b.get('k'), errors.length]).toEqual([1, 1, 1]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([a.stats().owed, b.get('k')]).toEqual([0, undefined]);
    expect(publish).toHaveBeenCalledTimes(2);
  });

  test('many changes travel in messages that fit into a notification', async () => {
    const bus = new LocalBus();
    const a = aCache({ bus });
    const said = vi.spyOn(bus, 'publish');
    const tags = Array.from({ length: 1_000 }, (_, i) => `product:0199a5c2-1111-7b01-8c2d-${i}`);
    await a.invalidateTags(tags);
    const texts = said.mock.calls.map(([text]) => text);
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThan(7_900);
    expect(texts.flatMap((text) => readMessage(text, 'test', 'me')?.tags ?? [])).toEqual(tags);
  });

  test.each(['hello', '{', '{}', '{"cache":"test"}', '[]', '{"cache":"other","from":"x","tags":["*"],"keys":[]}'])(
    'somebody else’s text is not heard: %s',
    (text) => {
      expect(readMessage(text, 'test', 'me')).toBeUndefined();
    },
  );
});

describe('warming', () => {
  test('runs at the start and regularly, and one failure keeps nobody else cold', async () => {
    const errors: [string, unknown][] = [];
    const warmup = new Warmup({ onError: (name, error) => errors.push([name, error]), everyMs: 1_000 });
    const good = vi.fn<() => Promise<void>>().mockResolvedValue();
    warmup.add('bad', () => Promise.reject(new Error('no')));
    warmup.add('good', good);
    await warmup.start();
    expect([good.mock.calls.length, errors.map(([name]) => name)]).toEqual([1, ['bad']]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(good).toHaveBeenCalledTimes(2);
    await warmup.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(good).toHaveBeenCalledTimes(2);
  });

  test('a value is loaded anew although it is fresh', async () => {
    const cache = aCache();
    await cache.getOrSet('k', minute, source(1));
    await cache.refresh('k', minute, source(2));
    expect(cache.get('k')).toBe(2);
  });
});
