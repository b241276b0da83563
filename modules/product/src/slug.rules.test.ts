import { expect, test } from 'vitest';
import { slugOf, uniqueSlugs } from './slug.rules.js';

test.each([
  ['Yogʻoch qalʼa konstruktori, 60 detal', 'yogoch-qala-konstruktori-60-detal'],
  ["Bolalar o'yinchog‘i", 'bolalar-oyinchogi'],
  ['Ўзбек ўйинчоғи: Шохрух', 'ozbek-oyinchogi-shoxrux'],
  ['Ёлка — щенок', 'yolka-shenok'],
  ['Café Müller №5', 'cafe-muller-no5'],
  ['LEGO® City 60141', 'lego-city-60141'],
  ['«»', 'product'],
  ['玩具', 'product'],
])('the address of %j is %s', (title, slug) => expect(slugOf(title)).toBe(slug));

test('a long address ends at a word', () => {
  const slug = slugOf('juda uzun nom '.repeat(10));
  expect(slug.length).toBeLessThanOrEqual(80);
  expect(slug).toMatch(/^juda-uzun-nom.*(juda|uzun|nom)$/);
  expect(slugOf('x'.repeat(200))).toBe('x'.repeat(80));
});

test('of equal titles the first has the plain address', () => {
  const given = ['1', '2', '3'].map((n) => ({ id: `0190b4c2-0000-7000-8000-00000000000${n}`, title: 'Ayiq' }));
  expect([...uniqueSlugs(given, new Set()).values()]).toEqual(['ayiq', 'ayiq-00000002', 'ayiq-00000003']);
  expect([...uniqueSlugs(given.slice(0, 1), new Set(['ayiq'])).values()]).toEqual(['ayiq-00000001']);
});
