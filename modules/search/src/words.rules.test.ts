import { describe, expect, test } from 'vitest';
import { firstPopularity } from './item.rules.js';
import { answerOf, scopeOf, sortOf } from './list.rules.js';
import { marksOf, queryWords, searchText, vocabulary } from './words.rules.js';

const keys = (query: string): string[] => queryWords(query).map((word) => word.key);

describe('the words of a query', () => {
  test.each([
    ['Oʻyinchoq ayiqcha', ['oyinchoq', 'ayiqcha']],
    ['ЎЙИНЧОҚ', ['oyinchoq']],
    ['a car for the kids', ['car', 'kids']],
    ['для и в', ['dlya', 'i', 'v']],
    ['TOY-022-BROWN', ['toy', '022', 'brovn']],
    ['  !?  ', []],
    ['o’yin…to`p', ['oyin', 'top']],
  ])('%j are %j', (query, expected) => expect(keys(query)).toEqual(expected));

  test('are ten at most, and none is endless', () => {
    expect(keys('ikki uch tort besh olti yetti sakkiz toqqiz oʻn yigirma qirq')).toHaveLength(10);
    expect(keys('x'.repeat(300))[0]).toHaveLength(40);
  });

  test('are made as the index is made', () => {
    for (const text of ['Gʻisht va «Qalʼa» 60 detal', 'Щётка №5', 'Café au lait'])
      expect(keys(text).join(' ')).toBe(searchText(text).replace(/\bva \b/, ''));
  });
});

test('the vocabulary remembers how a word is written in each language', () => {
  const words = vocabulary({ uz: 'Kubiklar', ru: 'Кубики', en: 'Blocks' }, 'Gʻisht');
  expect(words.get('kubiklar')).toEqual({ uz: 'kubiklar' });
  expect(words.get('kubiki')).toEqual({ ru: 'кубики' });
  expect(words.get('gisht')).toEqual({ uz: 'gʻisht', ru: 'gʻisht', en: 'gʻisht' });
});

test('marks stand for categories, stores and brands, and nobody can type one', () => {
  const marks = marksOf({ categories: ['toys', 'toys.lego'], store: 'lola', brand: 'Гʻишт' });
  expect(marks).toEqual(['~c:toys', '~c:toys.lego', '~s:lola', '~b:gisht']);
  for (const mark of marks) expect(keys(mark)).not.toContain(mark);
});

describe('a list', () => {
  const filter = (over: object = {}) => ({ limit: 24, ...over });
  test('is sorted by fit when something is looked for, by popularity otherwise', () => {
    expect(sortOf(filter({ q: 'x' }))).toBe('relevance');
    expect(sortOf(filter())).toBe('popular');
    expect(sortOf(filter({ sort: 'relevance' }))).toBe('popular');
    expect(sortOf(filter({ q: 'x', sort: 'price_asc' }))).toBe('price_asc');
  });

  test('has cursors of its own: language, page size and counts do not matter, everything else does', () => {
    const scope = scopeOf(filter({ q: 'x', category: 'toys' }));
    expect(scopeOf(filter({ q: 'x', category: 'toys', lang: 'ru', limit: 3, facets: 'true', inStock: 'false' }))).toBe(
      scope,
    );
    for (const over of [
      { q: 'y' },
      { category: 'toys.lego' },
      { brand: 'b' },
      { store: 's' },
      { minPrice: 1 },
      { maxPrice: 1 },
      { age: 3 },
      { inStock: 'true' },
      { sort: 'new' },
    ]) {
      expect(scopeOf(filter({ q: 'x', category: 'toys', ...over }))).not.toBe(scope);
    }
  });

  test('is put together from ready JSON', () => {
    expect(
      JSON.parse(answerOf({ items: '[{"id":1}]', facets: null, nextCursor: 'c', corrected: 'ayiq "x"' }).toString()),
    ).toEqual({ items: [{ id: 1 }], nextCursor: 'c', corrected: 'ayiq "x"' });
    expect(
      JSON.parse(answerOf({ items: '[]', facets: '{"price":null}', nextCursor: null, corrected: null }).toString()),
    ).toEqual({ items: [], nextCursor: null, corrected: null, facets: { price: null } });
  });
});

test('a store’s first products stand highest, and each further one lower', () => {
  expect(firstPopularity(0)).toBe(1_000_000);
  for (let n = 1; n < 2_000; n += 1) expect(firstPopularity(n)).toBeLessThan(firstPopularity(n - 1));
  expect(firstPopularity(1_000_000)).toBeGreaterThan(0);
});
