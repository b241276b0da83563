import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changed, difference, isStale, type Shared } from './change.rules.js';

const text = fc.string({ maxLength: 3 }).map((words) => ({ uz: words, ru: words, en: words }));
const shared: fc.Arbitrary<Shared> = fc.record({
  title: text,
  description: text,
  brand: fc.option(fc.constantFrom('a', 'b')),
  pictures: fc.array(fc.constantFrom('p1', 'p2'), { maxLength: 2 }),
  attributes: fc.dictionary(fc.constantFrom('x', 'y'), fc.oneof(fc.boolean(), fc.integer({ max: 2, min: 0 }))),
});

test('what is approved makes the product what was wanted, and nothing else', () =>
  fc.assert(
    fc.property(shared, shared, (now, wanted) => {
      const asked = difference(now, wanted);
      expect(changed(now, asked?.changes ?? {})).toEqual(wanted);
      expect(changed(wanted, asked?.before ?? {})).toEqual(now);
    }),
  ));

test('only what differs is asked for', () =>
  fc.assert(
    fc.property(shared, fc.constantFrom('title', 'brand', 'pictures' as const), (now, field) => {
      expect(difference(now, now)).toBeNull();
      expect(difference(now, { [field]: now[field] })).toBeNull();
    }),
  ));

test('a request is out of date exactly when a field of it says something else than before', () =>
  fc.assert(
    fc.property(shared, shared, shared, (then, wanted, now) => {
      const asked = difference(then, wanted);
      fc.pre(asked !== null);
      expect(isStale(then, asked!.before)).toBe(false);
      const same = Object.keys(asked!.before).every(
        (key) => JSON.stringify(now[key as keyof Shared]) === JSON.stringify(then[key as keyof Shared]),
      );
      expect(isStale(now, asked!.before) && same).toBe(false);
    }),
  ));
