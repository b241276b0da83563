import fc from 'fast-check';
import { vatIncluded } from '@um/kernel';
import { expect, test } from 'vitest';
import { sharedAmong, unitsOf } from './bundle.rules.js';

const text = { uz: 'x', ru: 'x', en: 'x' };
const aPart = fc.record({
  variantId: fc.uuid(),
  title: fc.constant(text),
  variantLabel: fc.constant(text),
  sku: fc.string(),
  qty: fc.integer({ min: 1, max: 99 }),
  priceTiyin: fc.integer({ min: 1, max: 1_000_000_000_000 }),
  vatRate: fc.constantFrom(0, 12),
});

test('shares of a bundle add up to its price, follow what the parts cost, and hold VAT rounded once each', () => {
  fc.assert(
    fc.property(
      fc.array(aPart, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 10 ** 13 }),
      (parts, total) => {
        const shared = sharedAmong(parts, total);
        expect(shared.reduce((sum, part) => sum + part.share, 0)).toBe(total);
        const all = parts.reduce((sum, part) => sum + BigInt(part.qty) * BigInt(part.priceTiyin), 0n);
        for (const [place, { share, vat, vatRate }] of shared.entries()) {
          const exact = (BigInt(total) * BigInt(parts[place]!.qty) * BigInt(parts[place]!.priceTiyin)) / all;
          expect(Math.abs(share - Number(exact))).toBeLessThanOrEqual(1);
          expect(vat).toBe(vatIncluded(share, vatRate));
        }
      },
    ),
  );
});

test('a bundle takes its parts from the shelf, as often as it is bought; a download takes nothing', () => {
  const part = { title: text, variantLabel: text, sku: 's', vatRate: 12, share: 1, vat: 0 };
  const lines = [
    { variantId: 'toy', qty: 2, digital: null, parts: null },
    { variantId: 'book', qty: 1, digital: {}, parts: null },
    {
      variantId: 'set',
      qty: 3,
      digital: null,
      parts: [
        { ...part, variantId: 'a', qty: 2 },
        { ...part, variantId: 'b', qty: 1 },
      ],
    },
  ];
  expect(unitsOf(lines)).toEqual([
    { variantId: 'toy', qty: 2 },
    { variantId: 'a', qty: 6 },
    { variantId: 'b', qty: 3 },
  ]);
});
