import { expect, test } from 'vitest';
import { PageCache, readyPage, type ReadyPage } from './page-cache.js';

const limits = { maxBytes: 1_000_000, freshMs: 1_000, graceMs: 5_000 };

function cacheAt(start: number) {
  let now = start;
  let made = 0;
  const cache = new PageCache(limits, () => now);
  const make =
    (status = 200) =>
    (): Promise<ReadyPage> =>
      readyPage({ status, html: `page ${++made}`, headers: {} }, now);
  return { cache, make, wait: (ms: number) => (now += ms), made: () => made };
}

test('a fresh page is not made again', async () => {
  const { cache, make, wait, made } = cacheAt(0);
  await cache.get('a', make());
  wait(999);
  expect((await cache.get('a', make())).body.toString()).toBe('page 1');
  wait(1);
  expect((await cache.get('a', make())).body.toString()).toBe('page 2');
  expect(made()).toBe(2);
});

test('many askers at once make one page', async () => {
  const { cache, make, made } = cacheAt(0);
  await Promise.all(Array.from({ length: 50 }, () => cache.get('a', make())));
  expect(made()).toBe(1);
});

test('an old page stands in for a broken one, but not for long', async () => {
  const { cache, make, wait } = cacheAt(0);
  await cache.get('a', make());
  wait(4_000);
  expect((await cache.get('a', make(503))).status).toBe(200);
  wait(1_000);
  expect((await cache.get('a', make(503))).status).toBe(503);
});

test('a failure is never kept', async () => {
  const { cache, make } = cacheAt(0);
  expect((await cache.get('a', make(500))).status).toBe(500);
  expect((await cache.get('a', make())).status).toBe(200);
});
