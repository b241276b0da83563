import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cyrillic } from './cyrillic.js';

interface Vectors {
  readonly lat2cyr: readonly { readonly in: string; readonly out: string }[];
}
const { lat2cyr } = JSON.parse(readFileSync(new URL('./cyrillic.vectors.json', import.meta.url), 'utf8')) as Vectors;

test.each(lat2cyr)('$in is $out', (vector) => expect(cyrillic(vector.in)).toBe(vector.out));

test.each([
  ['Yogʻoch qalʼa konstruktori, 60 detal', 'Ёғоч қалъа конструктори, 60 деталь'],
  ['Sovgʻa uchun toʻplam: 4 togʻ, detallari bor', 'Совға учун тўплам: 4 тоғ, деталлари бор'],
  ['24-noyabr, 2-sentabrdan', '24-ноябрь, 2-сентябрдан'],
  ['Sunʼiy yoʻldosh', 'Сунъий йўлдош'],
  ['Elektr energiyasi, eshik, shoir, poyezd', 'Электр энергияси, эшик, шоир, поезд'],
  ['Funksiya, aksiya, pensiya, sirk, sirka', 'Функция, акция, пенсия, цирк, сирка'],
  ['Sharbat SHOʻRVA Chiroq OʻZBEK', 'Шарбат ШЎРВА Чироқ ЎЗБЕК'],
  ['U yerda A va B', 'У ерда А ва B'],
  ['QQS bilan, MXIK', 'ҚҚС билан, МХИК'],
  ["'togʻ' va ‘bogʻ’, 'dog'", "'тоғ' ва ‘боғ’, 'дог'"],
  ['{name}, salom! {{count}} ta <b class="x">narsa</b>', '{name}, салом! {{count}} та <b class="x">нарса</b>'],
  ['Kuryer kompyuter olib keldi', 'Курьер компьютер олиб келди'],
])('%s is written %s', (latin, expected) => expect(cyrillic(latin)).toBe(expected));

test.each([
  'https://ultramarket.uz/p/yogoch-qala?lang=uz-Cyrl',
  'www.ultramarket.uz',
  'yordam@ultramarket.uz',
  'ultramarket.uz/yordam',
  '/p/yogoch-qala',
  'LEGO-60141 um-toy-01 toy_red A4 5kg 2x4',
  'UltraMarket LEGO Bluetooth Wi-Fi Type-C iPhone USB Microsoft',
  'Ўзбекча матн, 10 та',
])('%s stays as it is', (text) => expect(cyrillic(text)).toBe(text));

describe('a name to keep', () => {
  test('stays wherever it stands alone', () =>
    expect(cyrillic('Tulporcha oti, tulporcha va Tulporchalar', ['Tulporcha'])).toBe(
      'Tulporcha оти, tulporcha ва Тулпорчалар',
    ));
  test('may hold signs that mean something to a pattern', () =>
    expect(cyrillic('A+B (yangi) toʻplam', ['A+B (yangi)'])).toBe('A+B (yangi) тўплам'));
  test('may hold any sign', () => {
    expect(cyrillic('Play-Doh toʻplami', ['Play-Doh'])).toBe('Play-Doh тўплами');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) =>
        cyrillic(`toʻplam ${name} toʻplam`, [name]).includes(name),
      ),
    );
  });
});

// Milliseconds for 60 000 signs; what looks at every sign for every sign takes many seconds.
test.each(['a', 'Ab-', 'ye', '1'])('a text of %s alone takes no longer than its length says', (piece) => {
  const text = `a ${piece.repeat(60_000 / piece.length)}-`;
  const began = performance.now();
  cyrillic(text);
  expect(performance.now() - began).toBeLessThan(1_500);
});

const uzbek = fc.string({
  unit: fc.constantFrom(..."abdefghijklmnopqrstuvxyz ABDEGOSTYQshchoʻgʻyoyeʼ’'‘.,-0123456789/@:<>{}wcЎқ"),
});

test('what is written in Cyrillic once stays so', () => {
  fc.assert(
    fc.property(
      fc.oneof(uzbek, fc.string({ unit: 'grapheme' })),
      (text) => cyrillic(cyrillic(text)) === cyrillic(text),
    ),
    { numRuns: 3_000 },
  );
});

test('no figure is ever changed, lost or added', () => {
  const figures = (text: string): string => text.replaceAll(/\D+/g, ' ').trim();
  fc.assert(
    fc.property(uzbek, (text) => cyrillic(text).replaceAll(/\D/g, '') === text.replaceAll(/\D/g, '')),
    { numRuns: 2_000 },
  );
  expect(figures(cyrillic('10-sinf, 3+ yosh, 1 500 000 soʻm'))).toBe('10 3 1 500 000');
});

test('addresses stay whatever the words around them', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abdeghiklmnoqstuxyz'), minLength: 1, maxLength: 8 });
  const address = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }).filter((url) => !/[<>{}]/.test(url)),
    fc.emailAddress().filter((email) => !/[<>{}]/.test(email)),
  );
  fc.assert(
    fc.property(word, address, word, (before, url, after) => {
      expect(cyrillic(`${before} ${url} ${after}`).split(' ')[1]).toBe(url);
    }),
  );
});
