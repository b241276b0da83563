import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiProblem } from '../api/problem.js';
import { emptyForm, formOf, lineOf, newOption, tiyin, type Form } from './form.js';
import { idOf, problemAt, problemsOf, variantsWithProblems } from './problems.js';
import { countOf, renamed, variantsFor, withOptions, withSkus } from './variants.js';

const line = {
  externalId: 'bear',
  categoryId: 'toys.soft',
  brand: null,
  title: { uz: 'Ayiq', ru: 'Мишка', en: 'Bear' },
  description: { uz: '', ru: '', en: '' },
  ageMinMonths: 36,
  ageMaxMonths: null,
  infoMark: '6+',
  hazards: ['loud'],
  warnings: null,
  country: 'UZ',
  manufacturer: 'Momiq MChJ',
  importer: null,
  vatRate: 12,
  mxik: '09503001005000001',
  packageCode: '1495086',
  attributes: { heightCm: 40, washable: true, material: 'plush' },
  pictures: ['teddy-bear', 'https://example.uz/2.jpg'],
  pictureAlts: [
    { uz: 'Oldi', ru: 'Спереди', en: 'Front' },
    { uz: '', ru: '', en: '' },
  ],
  options: ['color', 'size'],
  variants: [
    {
      sku: 'A',
      barcode: '2001000220014',
      options: { color: 'brown', size: 'M' },
      priceTiyin: 11_900_050,
      compareAtTiyin: null,
      weightGrams: 320,
      stock: 0,
    },
    {
      sku: 'B',
      barcode: null,
      options: { color: 'white', size: 'M' },
      priceTiyin: 100,
      compareAtTiyin: 200,
      weightGrams: null,
      stock: null,
    },
  ],
};

describe('the form', () => {
  test('says again exactly what the line said', () => {
    expect(lineOf(formOf(line, {}))).toEqual(line);
  });

  test('says what was typed wrongly as it was typed, so that it is refused where it stands', () => {
    const typed: Form = {
      ...emptyForm,
      ageMinMonths: 'uch',
      variants: [{ ...emptyForm.variants[0]!, price: '12,345' }],
    };
    expect(lineOf(typed)).toMatchObject({ ageMinMonths: 'uch', variants: [{ priceTiyin: '12,345' }] });
    expect(lineOf(emptyForm).ageMinMonths).toBeUndefined();
    expect(formOf(lineOf(typed), {}).variants[0]!.price).toBe('12,345');
  });

  test('takes any draft, whatever it says', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(line)), fc.jsonValue()), (draft) => {
        expect(formOf(draft as Record<string, unknown>, {}).variants.length).toBeGreaterThan(0);
      }),
    );
  });

  test('reads soʻm digit by digit', () => {
    expect([tiyin('59 000,50'), tiyin('0.1'), tiyin(''), tiyin('1e3')]).toEqual([5_900_050, 10, null, '1e3']);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000_000 }), (price) => {
        const { variants } = formOf({ variants: [{ priceTiyin: price }] }, {});
        expect(tiyin(variants[0]!.price)).toBe(price);
      }),
    );
  });
});

describe('variants', () => {
  const form = formOf(line, {});

  test('that were there keep what they say when a value is added', () => {
    const more = form.options.map((option) => (option.name === 'size' ? { ...option, values: ['M', 'L'] } : option));
    const variants = withOptions(form, more)!.variants;
    expect(variants.map(({ sku, price }) => [sku, price])).toEqual([
      ['A', '119000.5'],
      ['', '119000.5'],
      ['B', '1'],
      ['', '119000.5'],
    ]);
    expect(variants[1]).toMatchObject({ choice: { color: 'brown', size: 'L' }, barcode: '', stock: '' });
  });

  test('follow an option that is called otherwise', () => {
    const { variants } = renamed(form, form.options[0]!.key, 'colour')!;
    expect(variants.map(({ choice, sku }) => [choice, sku])).toEqual([
      [{ colour: 'brown', size: 'M' }, 'A'],
      [{ colour: 'white', size: 'M' }, 'B'],
    ]);
  });

  test('are a thousand at most', () => {
    const options = (sizes: number) =>
      [10, 10, sizes].map((count, n) =>
        newOption(
          `o${n}`,
          Array.from({ length: count }, (_, v) => `v${v}`),
        ),
      );
    expect(countOf(options(10))).toBe(1_000);
    expect(variantsFor(options(10), [])?.length).toBe(1_000);
    expect(variantsFor(options(11), [])).toBeNull();
  });

  test('get SKUs that differ', () => {
    const { variants } = withSkus({
      ...form,
      variants: [...form.variants, { ...form.variants[0]!, sku: '' }, { ...form.variants[0]!, sku: ' ' }],
    });
    expect(variants.map(({ sku }) => sku)).toEqual(['A', 'B', 'BEAR-BROWN-M', 'BEAR-BROWN-M-2']);
  });
});

test('a refusal names its fields; anything else is no such refusal', () => {
  const refusal = new ApiProblem(422, {
    code: 'product.NOT_VALID',
    details: {
      problems: [
        { field: 'variants.7.sku', message: 'first' },
        { field: 'variants.7.sku', message: 'second' },
        { field: 'title.uz', message: 'short' },
      ],
    },
  });
  const problems = problemsOf(refusal)!;
  expect(problemAt(problems, 'variants.7.sku')).toBe('first');
  expect(problemAt(problems, 'title')).toBe('short');
  expect(problemAt(problems, 'titl')).toBeUndefined();
  expect([...variantsWithProblems(problems)]).toEqual([7]);
  expect(idOf('variants.7.sku')).toBe('field-variants-7-sku');
  expect(problemsOf(new ApiProblem(409, { code: 'product.KEY_TAKEN' }))).toBeNull();
});
