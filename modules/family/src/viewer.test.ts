import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  adultViewer,
  guestViewer,
  hazards,
  hiddenBecause,
  markMonths,
  maySee,
  Viewer as ViewerSchema,
  visibilityOf,
  type ProductFacts,
  type Viewer,
} from './viewer.js';

const store = '0190b4c2-0000-7000-8000-000000000001';
const facts: ProductFacts = {
  ageMinMonths: 36,
  infoMark: null,
  hazards: [],
  categoryPath: ['toys', 'toys.blocks'],
  storeId: store,
  priceTiyin: 100_000,
};
const child: Viewer = {
  kind: 'child',
  ageMonths: 60,
  hiddenCategories: [],
  hiddenStores: [],
  hiddenHazards: [],
  maxPriceTiyin: null,
  policyVersion: 1,
};

test.each([
  ['age', child, { ageMinMonths: 61 }],
  ['age', child, { infoMark: '6+' as const }],
  ['category', { ...child, hiddenCategories: ['toys'] }, {}],
  ['store', { ...child, hiddenStores: [store] }, {}],
  ['hazard', { ...child, hiddenHazards: ['magnet' as const] }, { hazards: ['magnet' as const] }],
  ['price', { ...child, maxPriceTiyin: 99_999 }, {}],
])('a product is hidden for its %s', (reason, viewer, change) => {
  expect(hiddenBecause(viewer, { ...facts, ...change })).toEqual([reason]);
});

test('at the very age and price it may be seen', () => {
  expect(maySee({ ...child, ageMonths: 36, maxPriceTiyin: 100_000 }, facts)).toBe(true);
});

test('a guest is treated as just under 18, an adult sees everything', () => {
  const knife = { ...facts, ageMinMonths: 216 };
  expect([maySee(guestViewer, knife), maySee(adultViewer, knife), maySee(guestViewer, facts)]).toEqual([
    false,
    true,
    true,
  ]);
  expect(['0+', '6+', '12+', '16+', '18+'].map((m) => markMonths(m as '0+'))).toEqual([0, 72, 144, 192, 216]);
});

test('tightening a policy never shows more (APP-12)', () => {
  const anyViewer = fc.record({
    kind: fc.constant('child' as const),
    ageMonths: fc.integer({ min: 0, max: 215 }),
    hiddenCategories: fc.subarray(['toys', 'toys.blocks', 'food']),
    hiddenStores: fc.subarray([store]),
    hiddenHazards: fc.subarray([...hazards]),
    maxPriceTiyin: fc.option(fc.integer({ min: 1, max: 200_000 })),
    policyVersion: fc.constant(1),
  });
  const anyFacts = fc.record({
    ageMinMonths: fc.integer({ min: 0, max: 216 }),
    infoMark: fc.option(fc.constantFrom('0+', '6+', '12+', '16+', '18+')),
    hazards: fc.subarray([...hazards]),
    categoryPath: fc.constantFrom(['toys'], ['toys', 'toys.blocks'], ['food']),
    storeId: fc.constant(store),
    priceTiyin: fc.integer({ min: 1, max: 200_000 }),
  }) as fc.Arbitrary<ProductFacts>;
  fc.assert(
    fc.property(anyViewer, anyViewer, anyFacts, (a, b, product) => {
      const both: Viewer = {
        ...a,
        ageMonths: Math.min(a.ageMonths, b.ageMonths),
        hiddenCategories: [...a.hiddenCategories, ...b.hiddenCategories],
        hiddenStores: [...a.hiddenStores, ...b.hiddenStores],
        hiddenHazards: [...a.hiddenHazards, ...b.hiddenHazards],
        maxPriceTiyin:
          a.maxPriceTiyin === null
            ? b.maxPriceTiyin
            : b.maxPriceTiyin === null
              ? a.maxPriceTiyin
              : Math.min(a.maxPriceTiyin, b.maxPriceTiyin),
      };
      expect(maySee(both, product)).toBe(maySee(a, product) && maySee(b, product));
    }),
  );
});

const rules = fc.record({
  kind: fc.constantFrom('guest' as const, 'child' as const, 'adult' as const),
  ageMonths: fc.constantFrom(null, 35, 36, 60),
  hiddenCategories: fc.subarray(['toys', 'toys.blocks', 'tools']),
  hiddenStores: fc.subarray([store]),
  hiddenHazards: fc.subarray(['magnet' as const, 'small_parts' as const]),
  maxPriceTiyin: fc.constantFrom(null, 99_999, 100_000),
  policyVersion: fc.nat(3),
});

test('people share what was kept for one of them only when they see exactly the same', () => {
  fc.assert(
    fc.property(rules, rules, (one, other) => {
      const { kind: _kind, policyVersion: _version, ...rule } = one;
      const { kind: _otherKind, policyVersion: _otherVersion, ...otherRule } = other;
      const sorted = (r: typeof rule) =>
        JSON.stringify(Object.values(r).map((part) => (Array.isArray(part) ? [...part].sort() : part)));
      expect(visibilityOf(one) === visibilityOf(other)).toBe(sorted(rule) === sorted(otherRule));
    }),
  );
});

test('the order in which a parent hid things makes no difference', () => {
  const hidden = { ...child, hiddenCategories: ['a', 'b'], hiddenHazards: ['magnet' as const, 'sharp' as const] };
  const turned = { ...child, hiddenCategories: ['b', 'a'], hiddenHazards: ['sharp' as const, 'magnet' as const] };
  expect(visibilityOf(hidden)).toBe(visibilityOf(turned));
});

test('every part of the rule is in what people share', () => {
  const parts = Object.keys(ViewerSchema.shape).filter((part) => part !== 'kind' && part !== 'policyVersion');
  expect(JSON.parse(visibilityOf(child))).toHaveLength(parts.length);
});
