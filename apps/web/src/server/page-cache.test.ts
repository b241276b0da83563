import { Cache } from '@um/kernel';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PageCache } from './page-cache.js';

const HOUR = 3_600_000;
let cache: Cache;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  cache = new Cache({ name: 'test', maxBytes: 1_000_000, jitter: 0 });
  return () => vi.useRealTimers();
});
afterEach(() => cache.close());

function pages() {
  let made = 0;
  const kept = new PageCache(cache, ['catalog', 'stores']);
  const get = async (status = 200) => {
    const page = await kept.get('a', () => Promise.resolve({ status, html: `page ${++made}`, headers: {} }));
    return `${page.status} ${page.body.toString()}`;
  };
  return { get, made: () => made };
}

test('a page is made once, however many ask for it, until something it shows changes', async () => {
  const { get, made } = pages();
  await Promise.all(Array.from({ length: 50 }, () => get()));
  expect([await get(), made()]).toEqual(['200 page 1', 1]);
  await cache.invalidateTags(['stores']);
  expect(await get()).toBe('200 page 2');
});

test('an old page stands in for a broken one, but not for long', async () => {
  const { get } = pages();
  await get();
  vi.advanceTimersByTime(2 * 60_000);
  expect(await get(503)).toBe('200 page 1');
  vi.advanceTimersByTime(HOUR);
  expect(await get(503)).toBe('503 page 3');
});

test('a page that is no longer there is not shown from before', async () => {
  const { get } = pages();
  await get();
  vi.advanceTimersByTime(2 * 60_000);
  expect(await get(404)).toBe('404 page 2');
  expect(await get(503)).toBe('503 page 3');
});

test('no page of a failure is kept', async () => {
  const { get } = pages();
  expect([await get(500), await get(404), await get()]).toEqual(['500 page 1', '404 page 2', '200 page 3']);
});
