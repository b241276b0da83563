import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byMerit, winnerOf, type Candidate } from './buy-box.rules.js';

const candidate: fc.Arbitrary<Candidate> = fc.record({
  listingId: fc.uuid(),
  available: fc.boolean(),
  condition: fc.constantFrom('new', 'refurbished', 'used'),
  price: fc.integer({ min: 1, max: 5 }),
  deliveryDays: fc.integer({ min: 0, max: 3 }),
  since: fc.integer({ min: 0, max: 3 }),
});
const several = fc.uniqueArray(candidate, { minLength: 1, maxLength: 12, selector: (c) => c.listingId });
const one = (over: Partial<Candidate>): Candidate => ({
  listingId: 'b',
  available: true,
  condition: 'new',
  price: 100,
  deliveryDays: 3,
  since: 5,
  ...over,
});

describe('the buy box', () => {
  test.each<[string, Partial<Candidate>, Partial<Candidate>]>([
    ['what can be had', { price: 900, condition: 'used' }, { available: false }],
    ['what is new', { price: 900 }, { condition: 'refurbished' }],
    ['what is refurbished before used', { condition: 'refurbished', price: 900 }, { condition: 'used' }],
    ['the lower price', { price: 99, deliveryDays: 60 }, {}],
    ['the quicker delivery', { deliveryDays: 2, since: 9 }, {}],
    ['who offered it first', { since: 4, listingId: 'c' }, {}],
    ['the smaller id', { listingId: 'a' }, {}],
  ])('prefers %s', (_name, better, worse) => {
    expect(winnerOf([one(worse), one(better)])).toEqual(one(better));
    expect(winnerOf([one(better), one(worse)])).toEqual(one(better));
  });

  test('has the same winner in whatever order the listings come', () =>
    fc.assert(
      fc.property(
        several.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(winnerOf(shuffled)).toEqual(winnerOf(list));
        },
      ),
    ));

  test('is a total order: exactly one of two different listings comes first, and there are no circles', () =>
    fc.assert(
      fc.property(candidate, candidate, candidate, (a, b, c) => {
        expect(Math.sign(byMerit(a, b)) + Math.sign(byMerit(b, a))).toBe(0);
        expect(a.listingId !== b.listingId && byMerit(a, b) === 0).toBe(false);
        expect(byMerit(a, b) < 0 && byMerit(b, c) < 0 && byMerit(a, c) >= 0).toBe(false);
      }),
      { numRuns: 2_000 },
    ));

  test('never sells what is sold out while another has it, nor used while another has it new, nor dearer than its equal', () =>
    fc.assert(
      fc.property(several, (list) => {
        const winner = winnerOf(list)!;
        const rivals = list.filter((c) => c.available);
        expect(winner.available).toBe(rivals.length > 0);
        expect(winner.condition !== 'new' && rivals.some((c) => c.condition === 'new')).toBe(false);
        const cheaper = rivals.filter((c) => c.condition === winner.condition && c.price < winner.price);
        expect(cheaper).toEqual([]);
      }),
    ));

  test('a winner that becomes cheaper stays the winner', () =>
    fc.assert(
      fc.property(several, fc.integer({ min: 1, max: 5 }), (list, off) => {
        const winner = winnerOf(list)!;
        const better = list.map((c) => (c === winner ? { ...c, price: c.price - off } : c));
        expect(winnerOf(better)!.listingId).toBe(winner.listingId);
      }),
    ));

  test('without listings has none', () => expect(winnerOf([])).toBeUndefined());
});
