import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COUNTRY_CODES, hasBarcodeLength, hasCheckDigit, isCountry } from './identity.rules.js';
import type { ImportRow } from './contract.js';
import { isGood, readLine } from './line.rules.js';
import { problemOf } from './problem.rules.js';
import { asLine } from './product.factory.js';

const read = (row: Partial<ImportRow>) => readLine(asLine(row), 9, { now: (id: string) => id, askedIn: () => [] });
/** What a seller is told of a line, in a language. */
function told(row: Partial<ImportRow>, language: 'uz' | 'ru' | 'en' = 'en') {
  const line = read(row);
  if (isGood(line)) throw new Error('the line is good');
  return problemOf(line, language);
}
const coded = (barcode: string): Partial<ImportRow> => ({
  variants: [{ sku: 'A', barcode, options: {}, priceTiyin: 100 }],
});

describe('a barcode', () => {
  test.each([
    ['EAN-8', '96385074'],
    ['UPC-A', '036000291452'],
    ['EAN-13', '4006381333931'],
    ['GTIN-14', '10614141000415'],
  ])('%s is taken', (_kind, code) => expect(isGood(read(coded(code)))).toBe(true));

  test('with another last digit is refused, whichever it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(7, 11, 12, 13).chain((n) => fc.stringMatching(new RegExp(`^[0-9]{${n}}$`))),
        (body) => {
          const fitting = [...'0123456789'].filter((digit) => hasCheckDigit(body + digit));
          expect(fitting.length).toBe(1);
        },
      ),
    );
    expect(told(coded('4006381333932'))).toMatchObject({
      line: 9,
      code: 'product.BAD_LINE',
      field: 'variants.0.barcode',
      message:
        'The line is not valid. variants.0.barcode: has a last digit that does not fit: the barcode is misspelt.',
    });
  });

  test('with two neighbours swapped is found out, unless they are five apart', () => {
    expect(hasCheckDigit('4006381333931')).toBe(true);
    expect(hasCheckDigit('4006383133931')).toBe(false);
  });

  test.each(['123456789', '40063813339310', 'ABCDEFGH', '4006381 33393', ''])('%j is none', (code) =>
    expect(hasBarcodeLength(code) && hasCheckDigit(code)).toBe(false),
  );

  test('of another length is told as such alone', () => {
    expect(told(coded('123456789'), 'ru').message).toBe(
      'Строка с ошибкой. variants.0.barcode: должен быть EAN-8, EAN-13, UPC или GTIN-14: 8, 12, 13 или 14 цифр.',
    );
  });
});

describe('what a receipt names', () => {
  test.each<[string, Partial<ImportRow>, string, string]>([
    ['an MXIK of 16 digits', { mxik: '0123456789012345' }, 'mxik', 'must be 17 digits'],
    ['a package of letters', { mxik: '01234567890123456', packageCode: 'box' }, 'packageCode', 'must be 1–20 digits'],
    ['a package of nothing', { packageCode: '1234567' }, 'packageCode', 'needs an MXIK code'],
    ['the VAT of another year', { vatRate: 15 }, 'vatRate', 'must be one of: 0, 12'],
    ['half a percent', { vatRate: 0.5 }, 'vatRate', 'must be a whole number'],
  ])('%s is refused', (_what, row, field, why) => {
    expect(told(row)).toMatchObject({ line: 9, field });
    expect(told(row).message).toContain(`${field}: ${why}`);
  });

  test('is taken with its package', () =>
    expect(read({ mxik: '01234567890123456', packageCode: '1495086', vatRate: 0 })).toMatchObject({
      row: { packageCode: '1495086', vatRate: 0 },
    }));
});

describe('a country', () => {
  test.each(['UZ', 'KZ', 'CN', 'DE', 'TR'])('%s is one', (code) => expect(isCountry(code)).toBe(true));
  test.each(['uz', 'UK', 'ZZ', 'SU', 'EU', 'UZB', ''])('%j is none', (code) => {
    expect(isCountry(code)).toBe(false);
    expect(told({ country: code }, 'uz').message).toContain('country: mamlakatning ikki bosh harfi');
  });
  test('is one of 249', () => expect(COUNTRY_CODES.length).toBe(249));
});

describe('texts of pictures', () => {
  const words = (uz: string) => ({ uz, ru: uz, en: uz });
  test.each<[string, Partial<ImportRow>, string]>([
    ['more texts than pictures', { pictures: ['a'], pictureAlts: [words('x'), words('y')] }, 'may not be more'],
    ['one picture with two texts', { pictures: ['a', 'a'], pictureAlts: [words('x'), words('y')] }, 'two different'],
    ['a divider', { pictures: ['a'], pictureAlts: [words('x|y')] }, 'may not hold'],
    ['a text as long as a page', { pictures: ['a'], pictureAlts: [words('x'.repeat(201))] }, 'is too long'],
  ])('%s are refused', (_what, row, why) => expect(told(row).message).toContain(why));

  test('that say nothing at the end are left out', () =>
    expect(read({ pictures: ['a', 'b'], pictureAlts: [words('x'), words(' ')] })).toMatchObject({
      row: { pictureAlts: [words('x')] },
    }));
});

test('a line from before these fields is read as one that says nothing of them', () => {
  const old = JSON.parse(asLine()) as Record<string, unknown>;
  for (const field of ['importer', 'packageCode', 'pictureAlts']) delete old[field];
  expect(readLine(JSON.stringify(old), 1, { now: (id: string) => id, askedIn: () => [] })).toMatchObject({
    row: { importer: null, packageCode: null, pictureAlts: [] },
  });
});
