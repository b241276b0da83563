import { describe, expect, test } from 'vitest';
import type { ImportRow } from './contract.js';
import { isGood, lineEntry, partsWithoutRepeats, readEntry, readLine, safeForItsAge } from './line.rules.js';
import { problemOf } from './problem.rules.js';
import { anAttribute, anImportRow, asLine } from './product.factory.js';

const categories = { now: (id: string) => (id === 'toys.blocks' ? id : undefined), askedIn: () => [] };
const read = (line: string) => readLine(line, 7, categories);
const refused = (line: string) => {
  const result = read(line);
  if (isGood(result)) throw new Error('the line is good');
  return result;
};
const withVariants = (options: string[], ...variants: Partial<ImportRow['variants'][number]>[]): string =>
  asLine({
    options,
    variants: variants.map((over, i) => ({ sku: `S${i}`, options: {}, priceTiyin: 100, stock: 1, ...over })),
  });

describe('a line', () => {
  test('that nothing is wrong with is read', () =>
    expect(read(asLine({ externalId: 'a' }))).toMatchObject({ line: 7, row: { externalId: 'a' } }));

  test.each([
    ['{"externalId":', 'product.BAD_JSON', null],
    ['null', 'product.BAD_JSON', null],
    ['[]', 'product.BAD_LINE', null],
    ['"text"', 'product.BAD_LINE', null],
    [JSON.stringify({ ...anImportRow({ externalId: 'x' }), colour: 'red' }), 'product.BAD_LINE', 'x'],
    [JSON.stringify({ ...anImportRow({ externalId: 'x' }), brand: undefined }), 'product.BAD_LINE', 'x'],
    [asLine({ externalId: 'x', categoryId: 'toys.none' }), 'product.NO_CATEGORY', 'x'],
  ])('%j is refused', (line, code, externalId) => expect(refused(line)).toMatchObject({ line: 7, code, externalId }));

  test('is told which field is wrong, in the reader’s language', () => {
    const bad = refused(
      JSON.stringify({ ...anImportRow(), variants: [{ sku: 'A', options: {}, priceTiyin: -5, stock: 1 }] }),
    );
    expect(problemOf(bad, 'en')).toMatchObject({
      line: 7,
      code: 'product.BAD_LINE',
      message: 'The line is not valid. variants.0.priceTiyin: may not be below 1.',
    });
    expect(problemOf(bad, 'ru').message).toBe('Строка с ошибкой. variants.0.priceTiyin: не может быть меньше 1.');
    expect(problemOf(bad, 'uz').message).toBe('Satr notoʻgʻri. variants.0.priceTiyin: 1 dan kam boʻlmasligi kerak.');
  });

  test.each<[string, string, string]>([
    ['a NUL', asLine({ brand: 'a\u0000b' }), 'brand'],
    ['half of a letter', asLine({ attributes: { note: '\ud83e' } }), 'attributes.note'],
    ['an upper age below the lower', asLine({ ageMinMonths: 72, ageMaxMonths: 60 }), 'ageMaxMonths'],
    [
      'the same sku twice',
      withVariants(['color'], { sku: 'A', options: { color: 'red' } }, { sku: 'A', options: { color: 'blue' } }),
      'variants.1.sku',
    ],
    ['a variant without its choice', withVariants(['color'], { options: {} }), 'variants.0.options'],
    ['a choice that is no option', withVariants([], { options: { color: 'red' } }), 'variants.0.options'],
    [
      'the same choice twice',
      withVariants(['color'], { options: { color: 'red' } }, { options: { color: 'red' } }),
      'variants.1.options',
    ],
    ['an old price that is not higher', withVariants([], { compareAtTiyin: 100 }), 'variants.0.compareAtTiyin'],
  ])('with %s is refused', (_what, line, path) => {
    const bad = refused(line);
    expect(bad.code).toBe('product.BAD_LINE');
    expect(bad.issues.map((issue) => issue.field)).toEqual([path]);
  });
});

test.each<[string, Partial<ImportRow>]>([
  ['no name', { title: { uz: '', ru: 'x', en: 'x' } }],
  ['a name that is a story', { title: { uz: 'x'.repeat(301), ru: 'x', en: 'x' } }],
  ['a word in a fourth language', { title: { uz: 'x', ru: 'x', en: 'x', de: 'x' } as ImportRow['title'] }],
  [
    'more units than there are people to buy them',
    { variants: [{ sku: 'A', options: {}, priceTiyin: 1, stock: 10_000_001 }] },
  ],
  ['a price out of this world', { variants: [{ sku: 'A', options: {}, priceTiyin: 1e13, stock: 1 }] }],
  ['attributes without end', { attributes: Object.fromEntries(Array.from({ length: 61 }, (_, i) => [`a${i}`, 1])) }],
])('a line with %s is refused', (_what, over) => expect(refused(asLine(over)).code).toBe('product.BAD_LINE'));

describe('age grade and hazards (SAF-03)', () => {
  test.each(['small_parts', 'small_ball', 'marble', 'magnet', 'balloon'] as const)(
    '%s is never for a child under three',
    (hazard) => {
      expect(refused(asLine({ ageMinMonths: 35, hazards: [hazard] }))).toMatchObject({ code: 'product.UNSAFE_AGE' });
      expect(isGood(read(asLine({ ageMinMonths: 36, hazards: [hazard] })))).toBe(true);
    },
  );

  test('other hazards may be', () =>
    expect(safeForItsAge({ ageMinMonths: 0, hazards: ['food_contact', 'loud'] })).toBe(true));
});

test('what looks like a number in a table is a text where its category asks for one', () => {
  const asks = [anAttribute('model', { type: 'text' }), anAttribute('height', { type: 'number' })];
  const places = {
    now: (id: string) => id,
    askedIn: () => asks.map((ask) => ({ ...ask, required: false, from: 'toys' })),
  };
  const value = anImportRow({ attributes: { model: 42, height: 60 } });
  const entry = { ...lineEntry('{}', 1), value };
  expect(readEntry({ ...entry, untyped: true }, places)).toMatchObject({
    row: { attributes: { model: '42', height: 60 } },
  });
  expect(readEntry(entry, places)).toMatchObject({ code: 'product.BAD_ATTRIBUTE' });
});

test('a key that stands twice in a file is imported one after the other', () => {
  const line = (n: number, externalId: string) => ({ line: n, row: anImportRow({ externalId }) });
  const parts = partsWithoutRepeats([line(1, 'a'), line(2, 'b'), line(3, 'a'), line(4, 'a')]);
  expect(parts.map((part) => part.map((l) => l.line))).toEqual([[1, 2], [3], [4]]);
});
