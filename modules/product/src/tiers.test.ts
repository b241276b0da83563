import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unitPrice, usefulTiers } from './tiers.js';

const tiers = fc.array(
  fc.record({ minQty: fc.integer({ min: 1, max: 99 }), priceTiyin: fc.integer({ min: 1, max: 200 }) }),
  { maxLength: 8 },
);
const qty = fc.integer({ min: 1, max: 99 });

test('a unit costs the lowest price that its buyer and the quantity are granted', () => {
  const variant = {
    priceTiyin: 100,
    tiers: [
      { minQty: 1, priceTiyin: 95 },
      { minQty: 10, priceTiyin: 70 },
      { minQty: 2, priceTiyin: 200 },
    ],
  };
  expect([1, 9, 10].map((n) => unitPrice(variant, n))).toEqual([95, 95, 70]);
  expect(unitPrice({ priceTiyin: 100, tiers: [] }, 50)).toBe(100);
});

test('a list never makes anything dearer, and more units never cost more each', () =>
  fc.assert(
    fc.property(tiers, qty, (given, n) => {
      const variant = { priceTiyin: 100, tiers: given };
      expect(unitPrice(variant, n)).toBeLessThanOrEqual(100);
      expect(unitPrice(variant, n + 1)).toBeLessThanOrEqual(unitPrice(variant, n));
    }),
  ));

test('the tiers that are shown say the same as all of them', () =>
  fc.assert(
    fc.property(tiers, qty, (given, n) => {
      const useful = usefulTiers(100, given);
      expect(unitPrice({ priceTiyin: 100, tiers: useful }, n)).toBe(unitPrice({ priceTiyin: 100, tiers: given }, n));
      for (const [place, tier] of useful.entries()) {
        expect(tier.priceTiyin).toBeLessThan(useful[place - 1]?.priceTiyin ?? 100);
        expect(tier.minQty).toBeGreaterThan(useful[place - 1]?.minQty ?? 0);
      }
    }),
  ));
