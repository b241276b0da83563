import { describe, expect, test } from 'vitest';
import { dictionaries, localeFor, locales } from './index.js';

/** Every text by its path; functions are called with sample values so that their words are read too. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return [1, 2, 5, 21].map((n) => [path, (value as (n: number, of: number) => string)(n, 30)]);
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}
const paths = (value: unknown): string[] => [...new Set(texts(value).map(([path]) => path))].sort();

test('every language says everything that Uzbek says', () => {
  for (const locale of locales) expect(paths(dictionaries[locale]), locale).toEqual(paths(dictionaries.uz));
});

describe.each(locales)('%s', (locale) => {
  test('no text is empty or left unfinished', () => {
    for (const [path, text] of texts(dictionaries[locale])) {
      expect(text, path).toMatch(/\S/);
      expect(text, path).not.toMatch(/undefined|\bTODO\b|null/);
    }
  });
});

test('Uzbek is written with its own letters, not with typewriter apostrophes', () => {
  for (const [path, text] of texts(dictionaries.uz)) expect(text, path).not.toMatch(/[oOgG]['’‘`]|[a-z]'[a-z]/);
});

test('Russian is Russian', () => {
  const names = /UltraMarket|NDJSON|CSV|XLSX|\.ndjson|\.csv|\.xlsx|order\.placed|auth|Redis/g;
  for (const [path, text] of texts(dictionaries.ru)) expect(text.replace(names, ''), path).not.toMatch(/[A-Za-z]{3,}/);
});

test('Russian counts as Russians do', () => {
  const { items } = dictionaries.ru.orders;
  expect([1, 2, 5, 11, 21, 22].map((n) => items(n))).toEqual([
    '1 товар',
    '2 товара',
    '5 товаров',
    '11 товаров',
    '21 товар',
    '22 товара',
  ]);
});

test('a language is found by the codes of accounts and browsers', () => {
  expect(localeFor('uz-Cyrl')).toBe('uz');
  expect(localeFor('ru-RU')).toBe('ru');
  expect(localeFor('EN')).toBe('en');
  expect(localeFor('de')).toBeUndefined();
  expect(localeFor(null)).toBeUndefined();
});
