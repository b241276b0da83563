import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  listedTag,
  lowestBefore,
  priceAt,
  priceSteps,
  tagAt,
  PROVEN,
  REFERENCE,
  type PriceStory,
} from './price.rules.js';

const DAY = 86_400_000;
const base = (day: number, price: number, claim: number | null = null) => ({ since: day * DAY, price, claim });
const sale = (from: number, until: number, price: number) => ({ from: from * DAY, until: until * DAY, price });

/** Stories of up to 200 days: base prices at different times, sales one after another. */
const story: fc.Arbitrary<PriceStory> = fc
  .record({
    bases: fc.uniqueArray(
      fc.record({
        since: fc.integer({ min: 0, max: 100 }),
        price: fc.integer({ min: 1, max: 50 }),
        claim: fc.option(fc.integer({ min: 1, max: 100 })),
      }),
      { minLength: 1, maxLength: 6, selector: (b) => b.since },
    ),
    gaps: fc.array(
      fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 60 })),
      {
        maxLength: 4,
      },
    ),
  })
  .map(({ bases, gaps }) => {
    let day = 0;
    return {
      bases: bases.toSorted((a, b) => a.since - b.since).map((b) => ({ ...b, since: b.since * DAY })),
      sales: gaps.map(([gap, length, price]) => {
        const from = day + gap;
        day = from + length;
        return sale(from, day, price);
      }),
    };
  });
const moment = fc.integer({ min: 0, max: 250 * 24 }).map((hours) => (hours * DAY) / 24);

describe('what a thing costs', () => {
  test('is the sale from its first moment to right before its last, and the base price otherwise', () => {
    const one: PriceStory = { bases: [base(0, 100)], sales: [sale(40, 50, 80)] };
    expect([40 * DAY - 1, 40 * DAY, 50 * DAY - 1, 50 * DAY].map((at) => priceAt(one, at))).toEqual([100, 80, 80, 100]);
  });

  test('is never dearer for a sale', () =>
    fc.assert(fc.property(story, moment, (s, at) => priceAt(s, at) <= priceAt({ ...s, sales: [] }, at))));

  test('at any moment is the last step before it, and steps differ from their neighbours', () =>
    fc.assert(
      fc.property(story, moment, (s, at) => {
        const steps = priceSteps(s, 300 * DAY);
        fc.pre(at >= steps[0]!.from);
        expect(steps.findLast((step) => step.from <= at)!.price).toBe(priceAt(s, at));
        for (const [place, step] of steps.entries()) {
          expect(step.price).not.toBe(steps[place - 1]?.price);
          expect(step.from).toBeGreaterThan(steps[place - 1]?.from ?? -1);
        }
      }),
    ));
});

describe('the lowest price of thirty days', () => {
  test('is the least of every hour in them', () =>
    fc.assert(
      fc.property(story, moment, (s, at) => {
        fc.pre(at - s.bases[0]!.since >= PROVEN);
        const begin = Math.max(at - REFERENCE, s.bases[0]!.since);
        const hours = Array.from({ length: Math.ceil((at - begin) / (DAY / 24)) }, (_, h) =>
          priceAt(s, begin + h * (DAY / 24)),
        );
        expect(lowestBefore(s, at)).toBe(Math.min(...hours));
      }),
    ));

  test('is not known of what was offered for less than a week', () => {
    const one: PriceStory = { bases: [base(0, 100)], sales: [] };
    expect([lowestBefore(one, 7 * DAY - 1), lowestBefore(one, 7 * DAY)]).toEqual([null, 100]);
  });
});

describe('a struck-out price', () => {
  const tag = (s: PriceStory, day: number) => tagAt(s, day * DAY);

  test('is what was asked before the sale', () => {
    const s = { bases: [base(0, 100)], sales: [sale(40, 50, 80)] };
    expect(tag(s, 45)).toEqual({ price: 80, compareAt: 100, lowest30: 100, saleEndsAt: 50 * DAY });
    expect(tag(s, 50)).toEqual({ price: 100, compareAt: null, lowest30: null, saleEndsAt: null });
  });

  test('is not a price that was raised for the sale', () => {
    const raised = { bases: [base(0, 100), base(38, 200)], sales: [sale(40, 50, 90)] };
    expect(tag(raised, 45)).toMatchObject({ price: 90, compareAt: 100, lowest30: 100 });
    const pretended = { bases: [base(0, 100), base(38, 200)], sales: [sale(40, 50, 120)] };
    expect(tag(pretended, 45)).toMatchObject({ price: 120, compareAt: null, lowest30: 100 });
  });

  test('is not the price between two sales', () => {
    const again = { bases: [base(0, 100)], sales: [sale(40, 50, 80), sale(52, 60, 85)] };
    expect(tag(again, 55)).toMatchObject({ price: 85, compareAt: null, lowest30: 80 });
  });

  test('that an import claims is believed as far as it was asked, and for thirty days', () => {
    const claimed = { bases: [base(0, 100), base(40, 70, 500)], sales: [] };
    expect(tag(claimed, 41)).toMatchObject({ price: 70, compareAt: 100, lowest30: 100 });
    expect(tag(claimed, 70)).toMatchObject({ price: 70, compareAt: null, lowest30: null });
    expect(tag({ bases: [base(40, 70, 500)], sales: [] }, 41)).toMatchObject({ price: 70, compareAt: null });
  });

  test('was really asked in the thirty days before, is above the price, and no lower price was asked in them', () =>
    fc.assert(
      fc.property(story, moment, (s, at) => {
        const { price, compareAt, lowest30 } = tagAt(s, at);
        expect(price).toBe(priceAt(s, at));
        if (compareAt === null) return;
        expect(compareAt).toBeGreaterThan(price);
        expect(compareAt).toBeLessThanOrEqual(lowest30!);
        const cheapest = Math.min(
          ...priceSteps(s, at)
            .filter((step) => step.from < at)
            .map((step) => step.price),
          Infinity,
        );
        expect(lowest30!).toBeGreaterThanOrEqual(cheapest);
      }),
      { numRuns: 500 },
    ));
});

test('a product is listed at its cheapest variant', () => {
  const now = new Date(45 * DAY);
  const reduced = { price: 100, story: { bases: [base(0, 100)], sales: [sale(40, 50, 80)] } };
  expect(listedTag([{ price: 90, story: null }, reduced], now)).toMatchObject({ price: 80, compareAt: 100 });
  expect(listedTag([], now)).toBeNull();
});
