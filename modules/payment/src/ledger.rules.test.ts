import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  amountOf,
  paidEntry,
  refundEntry,
  saleEntry,
  saleReversalEntry,
  type Entry,
  type Share,
} from './ledger.rules.js';

const total = (entries: readonly Entry[], account: (name: string) => boolean): number =>
  entries
    .flatMap((e) => e.postings)
    .filter((p) => account(p.account))
    .reduce((sum, p) => sum + p.amount, 0);

const someShares = fc
  .uniqueArray(
    fc.record({
      storeId: fc.uuid(),
      gross: fc.integer({ min: 0, max: 10_000_000 }),
      rate: fc.integer({ min: 0, max: 5_000 }),
    }),
    { selector: (s) => s.storeId, minLength: 1, maxLength: 5 },
  )
  .map((shares) =>
    shares.map(({ storeId, gross, rate }): Share => ({
      storeId,
      gross,
      commission: Math.floor((gross * rate) / 10_000),
    })),
  );
const someDelivery = fc.integer({ min: 0, max: 5_000_000 });

test('every entry sums to zero', () => {
  fc.assert(
    fc.property(someShares, someDelivery, (shares, delivery) => {
      const amount = amountOf(shares, delivery);
      for (const entry of [
        paidEntry('sandbox', amount),
        saleEntry(shares, delivery),
        saleReversalEntry(shares, delivery),
        refundEntry('cash', amount),
      ])
        expect(total([entry], () => true)).toBe(0);
    }),
  );
});

test('a paid order leaves the provider with the money, sellers with theirs less commission, and the buyer with nothing', () => {
  fc.assert(
    fc.property(someShares, someDelivery, (shares, delivery) => {
      const entries = [paidEntry('sandbox', amountOf(shares, delivery)), saleEntry(shares, delivery)];
      expect(total(entries, (a) => a === 'provider:sandbox')).toBe(amountOf(shares, delivery));
      expect(total(entries, (a) => a === 'buyer')).toBe(0);
      for (const share of shares)
        expect(total(entries, (a) => a === `seller:${share.storeId}`)).toBe(share.commission - share.gross);
      expect(total(entries, (a) => a === 'platform:delivery')).toBe(-delivery + 0);
    }),
  );
});

test('giving everything back, share by share or at once, leaves every account as it was', () => {
  fc.assert(
    fc.property(someShares, someDelivery, fc.nat(5), (shares, delivery, cancelled) => {
      const [gone, rest] = [shares.slice(0, cancelled), shares.slice(cancelled)];
      const entries = [
        paidEntry('sandbox', amountOf(shares, delivery)),
        saleEntry(shares, delivery),
        ...gone.flatMap((share) => [saleReversalEntry([share], 0), refundEntry('sandbox', share.gross)]),
        saleReversalEntry(rest, delivery),
        refundEntry('sandbox', amountOf(rest, delivery)),
      ];
      for (const account of new Set(entries.flatMap((e) => e.postings.map((p) => p.account))))
        expect(total(entries, (a) => a === account)).toBe(0);
    }),
  );
});

test('no posting of a sale is zero', () => {
  const entry = saleEntry([{ storeId: 'a', gross: 100, commission: 0 }], 0);
  expect(entry.postings).toEqual([
    { account: 'buyer', amount: 100 },
    { account: 'seller:a', amount: -100 },
  ]);
});
