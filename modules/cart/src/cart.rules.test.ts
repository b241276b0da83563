import { adultViewer, guestViewer, type ProductFacts, type Viewer } from '@um/family';
import type { VariantInfo } from '@um/product';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cartView, lineView, mergeLines, offered, problemOf, type Line, type Shelf } from './cart.rules.js';
import { MAX_LINES, MAX_QTY } from './contract.js';

const STORE = '01920000-0000-7000-8000-000000000001';
const facts: ProductFacts = {
  ageMinMonths: 36,
  infoMark: null,
  hazards: [],
  categoryPath: ['toys'],
  storeId: STORE,
  priceTiyin: 1_000,
};
const text = (value: string) => ({ uz: `${value} uz`, ru: `${value} ru`, en: `${value} en` });

const aVariant = (over: Partial<VariantInfo> = {}): VariantInfo => ({
  variantId: 'v1',
  productId: 'p1',
  slug: 'kite',
  storeId: STORE,
  storeName: text('Store'),
  title: text('Kite'),
  variantLabel: text('Red'),
  sku: 'K1',
  pictureId: null,
  priceTiyin: 1_000,
  compareAtTiyin: null,
  tiers: [],
  digital: null,
  parts: [],
  vatRate: 12,
  mxik: null,
  weightGrams: null,
  state: 'published',
  facts,
  warnings: null,
  ...over,
});
const aLine = (over: Partial<Line> = {}): Line => ({ id: 'l1', variantId: 'v1', qty: 1, price: 1_000, ...over });
const aShelf = (variant: VariantInfo | null, available: number, viewer: Viewer = adultViewer): Shelf => ({
  viewer,
  variants: new Map(variant ? [[variant.variantId, variant]] : []),
  available: new Map([['v1', available]]),
});
const aChild = (over: Partial<Viewer> = {}): Viewer => ({ ...guestViewer, kind: 'child', ageMonths: 60, ...over });

test('a line that can be ordered has no problem', () => {
  expect(problemOf(aShelf(aVariant(), 5), aLine({ qty: 5 }))).toBeNull();
});

test.each([
  ['an unknown variant', aShelf(null, 5), 'not_available'],
  ['a recalled product', aShelf(aVariant({ state: 'recalled' }), 5), 'not_available'],
  [
    'a product above the age of a child',
    aShelf(aVariant({ facts: { ...facts, ageMinMonths: 96 } }), 5, aChild()),
    'not_for_you',
  ],
  ['a product of a hidden store', aShelf(aVariant(), 5, aChild({ hiddenStores: [STORE] })), 'not_for_you'],
  ['nothing in stock', aShelf(aVariant(), 0), 'sold_out'],
  ['less in stock than wanted', aShelf(aVariant(), 1), 'not_enough'],
] as const)('%s keeps a line from being ordered', (_name, shelf, problem) => {
  expect(problemOf(shelf, aLine({ qty: 2 }))).toBe(problem);
});

test('an adult product is offered to an adult, not to a guest and not to a child', () => {
  const adult = aVariant({ facts: { ...facts, infoMark: '18+' } });
  expect(offered(aShelf(adult, 1), 'v1')).toBeDefined();
  expect(offered(aShelf(adult, 1, guestViewer), 'v1')).toBeUndefined();
  expect(offered(aShelf(adult, 1, aChild()), 'v1')).toBeUndefined();
});

test('a draft is offered to nobody', () => {
  expect(offered(aShelf(aVariant({ state: 'draft' }), 1), 'v1')).toBeUndefined();
});

test('a line whose product became hidden tells neither its name, picture, store nor price', () => {
  const shelf = aShelf(aVariant({ pictureId: STORE, facts: { ...facts, ageMinMonths: 120 } }), 5, aChild());
  const shown = JSON.stringify(lineView(shelf, aLine(), 'en'));
  expect(shown).not.toMatch(/Kite|kite|Red|Store en/);
  expect(lineView(shelf, aLine(), 'en')).toMatchObject({
    problem: 'not_for_you',
    pictureId: null,
    unitPrice: { amount: 0 },
    qty: 1,
  });
});

test('a line is priced as of today and says what it cost when it was added', () => {
  const view = lineView(aShelf(aVariant({ priceTiyin: 1_200 }), 5), aLine({ qty: 3 }), 'ru');
  expect(view).toMatchObject({
    title: 'Kite ru',
    unitPrice: { amount: 1_200 },
    lineTotal: { amount: 3_600 },
    priceBefore: { amount: 1_000 },
  });
  expect(lineView(aShelf(aVariant(), 5), aLine(), 'ru').priceBefore).toBeNull();
});

test('a cart is orderable only when every line is', () => {
  const shelf: Shelf = {
    viewer: adultViewer,
    variants: new Map([
      ['v1', aVariant()],
      ['v2', aVariant({ variantId: 'v2' })],
    ]),
    available: new Map([['v1', 5]]),
  };
  const both = cartView(shelf, 'c', [aLine(), aLine({ id: 'l2', variantId: 'v2', qty: 2 })], 'uz');
  expect(both).toMatchObject({ orderable: false, count: 3, goods: { amount: 1_000 } });
  expect(cartView(shelf, 'c', [aLine()], 'uz').orderable).toBe(true);
  expect(cartView(shelf, null, [], 'uz')).toMatchObject({ orderable: false, count: 0 });
});

const someLines = (prefix: string) =>
  fc
    .uniqueArray(
      fc.record({
        variantId: fc.integer({ min: 0, max: 90 }).map((n) => `v${n}`),
        qty: fc.integer({ min: 1, max: MAX_QTY }),
      }),
      { selector: (l) => l.variantId, maxLength: MAX_LINES },
    )
    .map((lines) => lines.map((l, n): Line => ({ id: `${prefix}${n}`, price: 1, ...l })));

test('merging keeps every line of mine, never lowers a quantity, never passes the room of a cart', () => {
  fc.assert(
    fc.property(someLines('m'), someLines('g'), (mine, guests) => {
      const put = mergeLines(mine, guests);
      const result = new Map([...mine, ...put].map((l) => [l.variantId, l.qty]));
      expect(result.size).toBeLessThanOrEqual(Math.max(MAX_LINES, mine.length));
      for (const line of mine)
        expect(result.get(line.variantId)).toBe(
          Math.max(line.qty, guests.find((g) => g.variantId === line.variantId)?.qty ?? 0),
        );
      const allFit = mine.length + guests.length <= MAX_LINES;
      expect(!allFit || guests.every((line) => result.has(line.variantId))).toBe(true);
      expect(put.every((l) => l.qty <= MAX_QTY)).toBe(true);
    }),
  );
});
