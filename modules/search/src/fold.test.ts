import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fold, plainRussian } from './fold.js';

interface Vectors {
  readonly fold: readonly { readonly inputs: readonly string[]; readonly out: string }[];
  readonly foldDiffers: readonly { readonly inputs: readonly string[]; readonly out: readonly string[] }[];
}
const vectors = JSON.parse(readFileSync(new URL('./fold.vectors.json', import.meta.url), 'utf8')) as Vectors;

describe('the search key', () => {
  test.each(vectors.fold)('of $inputs is $out', ({ inputs, out }) => {
    for (const input of inputs) expect(fold(input)).toBe(out);
  });

  test.each(vectors.foldDiffers)('of $inputs differs: folding is not stemming', ({ inputs, out }) => {
    expect(inputs.map(fold)).toEqual(out);
  });

  test.each([
    ['Konstruktor «Qalʼa», 60 detal', 'konstruktor qala 60 detal'],
    ['Хот-дог', 'hot dog'],
    ['Café №5', 'cafe no5'],
    ['   ', ''],
    ['Ёлка', 'yolka'],
    ['Щётка', 'shyotka'],
    ['zhdj kx', 'jj h'],
  ])('of %j is %j', (text, key) => expect(fold(text)).toBe(key));

  test('of a key is the key itself', () => {
    const uzbek = fc.string({
      unit: fc.constantFrom(...'abdefghijklmnopqrstuvxyzwkhtsʻʼ’ʹ АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЪЬЭЮЯЎҚҒҲабежцчшщыхў'),
    });
    fc.assert(
      fc.property(fc.oneof(uzbek, fc.string({ unit: 'grapheme' })), (text) => fold(fold(text)) === fold(text)),
      { numRuns: 1_000 },
    );
  });

  test('of either alphabet is the same', () => {
    const pairs = [
      ['Oʻzbekiston bolalari', 'Ўзбекистон болалари'],
      ['Gʻijduvon chinnisi', 'Ғиждувон чинниси'],
      ['sunʼiy yoʻldosh', 'сунъий йўлдош'],
    ];
    for (const [latin, cyrillic] of pairs) expect(fold(latin!)).toBe(fold(cyrillic!));
  });
});

test('Russian words are stemmed with е for ё', () => expect(plainRussian('Ёлка зелёная')).toBe('Елка зеленая'));
