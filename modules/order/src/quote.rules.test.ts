import type { VariantInfo } from '@um/product';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprint, partsOf, priceLine, quoteOf, quoteView, type PricedLine } from './quote.rules.js';

const text = (words: string) => ({ uz: `${words} uz`, ru: `${words} ru`, en: `${words} en` });
const aVariant = (over: Partial<VariantInfo> = {}): VariantInfo => ({
  variantId: 'v1',
  productId: 'p1',
  slug: 'kite',
  storeId: 's1',
  storeName: text('Store'),
  title: text('Kite'),
  variantLabel: text('Red'),
  sku: 'K1',
  pictureId: null,
  priceTiyin: 5_000_000,
  compareAtTiyin: null,
  tiers: [],
  digital: null,
  parts: [],
  vatRate: 12,
  mxik: null,
  weightGrams: null,
  state: 'published',
  warnings: null,
  facts: { ageMinMonths: 0, infoMark: null, hazards: [], categoryPath: [], storeId: 's1', priceTiyin: 5_000_000 },
  ...over,
});
const terms = { flat: 2_000_000, freeFrom: 50_000_000 };

const someLines = fc
  .uniqueArray(
    fc.record({
      variantId: fc.uuid(),
      storeId: fc.constantFrom('s1', 's2', 's3'),
      price: fc.integer({ min: 1, max: 30_000_000 }),
      qty: fc.integer({ min: 1, max: 99 }),
      vatRate: fc.constantFrom(0, 12, 15),
    }),
    { selector: (l) => l.variantId, minLength: 1, maxLength: 20 },
  )
  .map((lines) =>
    lines.map((l): PricedLine =>
      priceLine(
        aVariant({ variantId: l.variantId, storeId: l.storeId, priceTiyin: l.price, vatRate: l.vatRate }),
        l.qty,
        { s1: 0, s2: 1_000, s3: 1_250 }[l.storeId]!,
      ),
    ),
  );

test('a line carries its VAT and commission, rounded half up once', () => {
  expect(priceLine(aVariant(), 1, 1_000)).toMatchObject({
    lineTotal: 5_000_000,
    vat: 535_714,
    commission: 500_000,
    commissionBp: 1_000,
  });
  expect(priceLine(aVariant({ vatRate: 0 }), 3, 0)).toMatchObject({ lineTotal: 15_000_000, vat: 0, commission: 0 });
});

test('delivery costs the flat amount and nothing from the free amount on', () => {
  const line = (priceTiyin: number) => priceLine(aVariant({ priceTiyin }), 1, 0);
  expect(quoteOf([line(49_999_999)], terms)).toMatchObject({ delivery: 2_000_000, total: 51_999_999 });
  expect(quoteOf([line(50_000_000)], terms)).toMatchObject({ delivery: 0, total: 50_000_000 });
});

test('every figure of a quote adds up, however it is split by seller', () => {
  fc.assert(
    fc.property(someLines, (lines) => {
      const quote = quoteOf(lines, terms);
      const parts = partsOf(lines);
      expect(quote.total).toBe(quote.goods - quote.discount + quote.delivery);
      expect(parts.reduce((sum, part) => sum + part.goods, 0)).toBe(quote.goods);
      expect(parts.flatMap((part) => part.lines)).toHaveLength(lines.length);
      expect(new Set(parts.map((part) => part.storeId)).size).toBe(parts.length);
      for (const part of parts) expect(part.commission).toBeLessThanOrEqual(part.goods);
      expect(quote.vat).toBeLessThanOrEqual(quote.goods);
    }),
  );
});

test('a fingerprint does not depend on the order of lines', () => {
  fc.assert(
    fc.property(someLines, (lines) => {
      expect(fingerprint(quoteOf(lines.toReversed(), terms))).toBe(fingerprint(quoteOf(lines, terms)));
    }),
  );
});

test('any other figure is another fingerprint', () => {
  const change = fc.constantFrom<(line: PricedLine) => PricedLine>(
    (l) => ({ ...l, qty: l.qty + 1 }),
    (l) => ({ ...l, unitPrice: l.unitPrice + 1 }),
    (l) => ({ ...l, lineTotal: l.lineTotal - 1 }),
    (l) => ({ ...l, vat: l.vat + 1 }),
    (l) => ({ ...l, variantId: `${l.variantId}x` }),
  );
  fc.assert(
    fc.property(someLines, change, (lines, changed) => {
      const quote = quoteOf(lines, terms);
      const [first, ...rest] = lines as [PricedLine, ...PricedLine[]];
      expect(fingerprint({ ...quote, lines: [changed(first), ...rest] })).not.toBe(fingerprint(quote));
      for (const figure of ['goods', 'discount', 'delivery', 'vat', 'total'] as const)
        expect(fingerprint({ ...quote, [figure]: quote[figure] + 1 })).not.toBe(fingerprint(quote));
    }),
  );
});

test('a quote is shown in the reader’s language', () => {
  const view = quoteView(quoteOf([priceLine(aVariant(), 2, 1_000)], terms), 'ru');
  expect(view).toMatchObject({
    total: { amount: 12_000_000, currency: 'UZS' },
    lines: [{ title: 'Kite ru', store: { name: 'Store ru' }, lineTotal: { amount: 10_000_000 } }],
  });
  expect(JSON.stringify(view)).not.toContain('commission');
});
