import { afterEach, expect, test, vi } from 'vitest';
import { Cache } from '../cache/cache.js';
import { HotAnswers } from './hot.js';

const products = { tags: ['catalog', 'products'], ttl: 60_000 };
const body = Buffer.from('{}');
const made = { body, type: 'application/json', route: '/products' };
let cache: Cache;

afterEach(() => cache.close());

function answers(): HotAnswers {
  cache = new Cache({ name: 'test', maxBytes: 1_000_000 });
  return new HotAnswers(cache);
}

test('an answer is kept until a fact with one of its tags', async () => {
  const hot = answers();
  await hot.once('uz /products', products, () => Promise.resolve(made));
  await cache.invalidateTags(['stores']);
  expect(hot.get('uz /products')?.text).toBe('{}');
  await cache.invalidateTags(['products']);
  expect(hot.get('uz /products')).toBeUndefined();
});

test('an answer that was thrown away while it was made is not kept: it may show what was before', async () => {
  const hot = answers();
  const { promise, resolve } = Promise.withResolvers<typeof made>();
  const making = hot.once('uz /products', products, () => promise);
  await cache.invalidateTags(['catalog']);
  resolve(made);
  expect((await making).text).toBe('{}');
  expect(hot.get('uz /products')).toBeUndefined();
});

test('an answer is made once, however many wait for it', async () => {
  const hot = answers();
  const make = vi.fn<() => Promise<typeof made>>(async () => made);
  const all = await Promise.all(Array.from({ length: 50 }, async () => hot.once('uz /products', products, make)));
  expect(make).toHaveBeenCalledOnce();
  expect(new Set(all.map((one) => one.etag)).size).toBe(1);
});

test('the hottest answers are those that had to be made most often lately', async () => {
  const hot = answers();
  const make = async (url: string, times: number): Promise<void> => {
    for (let i = 0; i < times; i += 1) {
      await hot.once(`ru ${url}`, products, () => Promise.resolve(made));
      await cache.invalidateTags(['products']);
    }
  };
  await make('/b c', 2);
  await make('/a', 5);
  await make('/once', 1);
  expect(hot.hottest(2)).toEqual([
    { locale: 'ru', url: '/a' },
    { locale: 'ru', url: '/b c' },
  ]);
  await make('/new', 3);
  expect(hot.hottest(9).map(({ url }) => url)).toEqual(['/new', '/a', '/b c']);
});
