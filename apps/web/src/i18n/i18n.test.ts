import { describe, expect, test } from 'vitest';
import { loadDictionary } from './index.js';
import { localePath, splitLocale, webLocales, type Locale } from './locale.js';
import { plural } from './plural.js';

/** Every text by its path; functions are called with sample values so that their words are read too. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return [1, 2, 5, 21].map((n) => [path, String((value as (n: number, of: number) => unknown)(n, 30))]);
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}
const paths = (value: unknown): string[] => [...new Set(texts(value).map(([path]) => path))].sort();

test('every language says everything that Uzbek says, lists included', async () => {
  const uz = await loadDictionary('uz');
  for (const locale of webLocales) expect(paths(await loadDictionary(locale)), locale).toEqual(paths(uz));
});

describe.each(webLocales)('%s', (locale) => {
  test('no text is empty or left unfinished', async () => {
    for (const [path, text] of texts(await loadDictionary(locale))) expect(text, path).toMatch(/\S/);
    for (const [path, text] of texts(await loadDictionary(locale)))
      expect(text, path).not.toMatch(/undefined|\bTODO\b|#/);
  });
});

test('Uzbek is written with its own letters, not with typewriter apostrophes', async () => {
  for (const [path, text] of texts(await loadDictionary('uz')))
    expect(text, path).not.toMatch(/[oOgG]['’‘`]|[a-z]'[a-z]/);
});

test('Uzbek in Cyrillic is in Cyrillic, but for names, codes and what was put into a text', async () => {
  const latin = /UltraMarket|English|Type-C|[Bb]luetooth|Wi-Fi|dB|mA|pH|[A-Z]{2,}\d*/g;
  const t = await loadDictionary('uz-Cyrl');
  for (const [path, text] of texts(t)) expect(text.replace(latin, ''), path).not.toMatch(/[A-Za-z]{2,}/);
  expect(t.kids.hello('Oybek')).toBe('Салом, Oybek!');
  expect(t.cart.priceBefore('149\u00a0900\u00a0сўм')).toBe('Аввал 149\u00a0900\u00a0сўм эди');
  expect(t.things(5)).toBe('5 та маҳсулот');
});

test('Russian is Russian', async () => {
  const brand =
    /UltraMarket|PIN|English|AAA|AA|USB|EVA|PVA|LCD|Type-C|Bluetooth|Wi-Fi|HDMI|SIM|HEPA|LED|GPS|Oʻzbekcha|\+998\d*/gi;
  for (const [path, text] of texts(await loadDictionary('ru')))
    expect(text.replace(brand, ''), path).not.toMatch(/[A-Za-z]{3,}/);
});

// UXP-01, 03, 08: nothing that hurries, shames or tells to buy. Checked in what a child reads and in what it shares with grown-ups.
const pressure: Record<Locale, RegExp> = {
  uz: /shoshil|tez(roq)? (ol|bos)|faqat \d+ ta qold|hozir sotib ol|ota-onangga ayt|oxirgi imkon|chegirma tugay|afsuski|xafa|uyat/i,
  'uz-Cyrl':
    /шошил|тез(роқ)? (ол|бос)|фақат \d+ та қолд|ҳозир сотиб ол|ота-онангга айт|охирги имкон|чегирма тугай|афсуски|хафа|уят/i,
  ru: /поспеш|скорее|успей|осталось (всего|только)|купи(те)? сейчас|попроси родител|последний шанс|к сожалению|обид|стыд/i,
  en: /hurry|quick|only \d+ left|buy now|tell your parents|last chance|ends soon|people are looking|unfortunately|shame|sad/i,
};

test.each(webLocales)('nothing in %s presses a child', async (locale) => {
  const { kids, product, list, home, cart, order } = await loadDictionary(locale);
  for (const [path, text] of texts({ kids, product, list, home, cart, order }))
    expect(text, path).not.toMatch(pressure[locale]);
});

test('plurals follow the rules of the language', () => {
  const forms = { one: '# товар', few: '# товара', other: '# товаров' };
  expect([1, 2, 5, 11, 21, 22].map((n) => plural('ru', n, forms))).toEqual([
    '1 товар',
    '2 товара',
    '5 товаров',
    '11 товаров',
    '21 товар',
    '22 товара',
  ]);
  expect(plural('en', 1, { one: '# item', other: '# items' })).toBe('1 item');
});

test('the language stands in the address, Uzbek without a prefix', () => {
  expect(splitLocale('/ru/cart')).toEqual({ locale: 'ru', path: '/cart' });
  expect(splitLocale('/uz-Cyrl/p/x')).toEqual({ locale: 'uz-Cyrl', path: '/p/x' });
  expect(splitLocale('/uz/p/x')).toEqual({ locale: 'uz', path: '/uz/p/x' });
  expect(splitLocale('/ru')).toEqual({ locale: 'ru', path: '/' });
  expect(splitLocale('/rugs')).toEqual({ locale: 'uz', path: '/rugs' });
  for (const locale of webLocales)
    for (const path of ['/', '/p/x']) expect(splitLocale(localePath(locale, path))).toEqual({ locale, path });
});
