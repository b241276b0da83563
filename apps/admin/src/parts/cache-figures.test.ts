import type { CacheProcess } from '@um/config';
import { expect, test } from 'vitest';
import { commonTags, percent, sizeText, together, upFor } from './cache-figures.js';

const process = (over: Partial<CacheProcess>): CacheProcess => ({
  process: 'p',
  host: 'h',
  pid: 1,
  services: ['search'],
  upSeconds: 1,
  areas: [],
  tags: [],
  entries: 1,
  bytes: 10,
  maxBytes: 100,
  invalidations: 0,
  owed: 0,
  redis: 'off',
  bus: 'up',
  ...over,
});
const area = { name: 'lists', hits: { memory: 6, redis: 1 }, misses: 3, stale: 2, evicted: 0, entries: 1, bytes: 10 };

test('the figures of all processes and their areas are added up', () => {
  expect(together([process({ areas: [area, area] }), process({ areas: [area] })])).toEqual({
    hits: 21,
    asked: 30,
    stale: 6,
    entries: 2,
    bytes: 20,
    maxBytes: 200,
  });
});

test('tags of several processes are added up too, the biggest first', () => {
  const one = process({
    tags: [
      { tag: 'a', entries: 2 },
      { tag: 'b', entries: 3 },
    ],
  });
  expect(commonTags([one, process({ tags: [{ tag: 'a', entries: 4 }] })], 1)).toEqual([{ tag: 'a', entries: 6 }]);
});

test('a rate is never rounded up to all, and nothing asked is no rate', () => {
  expect([percent(9_999, 10_000), percent(1, 3), percent(0, 0)]).toEqual(['99,9%', '33,3%', '–']);
});

test('sizes and times are told in the unit people use', () => {
  expect([sizeText(0), sizeText(1_536), sizeText(64 * 1_024 * 1_024)]).toEqual(['0 KB', '1,5 KB', '64 MB']);
  const words = { days: 'd', hours: 'h', minutes: 'min' };
  expect([59, 3_599, 7_200, 47 * 3_600, 100 * 3_600].map((s) => upFor(s, words))).toEqual([
    '0 min',
    '59 min',
    '2 h',
    '47 h',
    '4 d',
  ]);
});
