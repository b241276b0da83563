import { anAskLine } from '@um/family/testing';
import type { AskLine, AskSnapshot } from '@um/family';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, snapshotHash } from './snapshot.rules.js';

const text = (words: string) => ({ uz: words, ru: words, en: words });

function aSnapshot(lines: AskLine[] = [anAskLine(), anAskLine({ qty: 2, lineTotalTiyin: 2_000_000 })]): AskSnapshot {
  const goods = lines.reduce((sum, line) => sum + line.lineTotalTiyin, 0);
  const open = {
    lines,
    goodsTiyin: goods,
    discountTiyin: 0,
    deliveryTiyin: 2_000_000,
    totalTiyin: goods + 2_000_000,
    currency: 'UZS' as const,
    policyVersion: 3,
  };
  return { ...open, hash: snapshotHash(open) };
}

/** The same snapshot with its first line changed. */
const withLine = (snapshot: AskSnapshot, change: Partial<AskLine>): AskSnapshot => ({
  ...snapshot,
  lines: [{ ...snapshot.lines[0]!, ...change }, ...snapshot.lines.slice(1)],
});

const priced = (snapshot: AskSnapshot, prices: readonly number[]): AskSnapshot => {
  const lines = snapshot.lines.map((line, n) => ({
    ...line,
    unitPriceTiyin: prices[n]!,
    lineTotalTiyin: prices[n]! * line.qty,
    facts: { ...line.facts, priceTiyin: prices[n]! },
  }));
  const goods = lines.reduce((sum, line) => sum + line.lineTotalTiyin, 0);
  return { ...snapshot, lines, goodsTiyin: goods, totalTiyin: goods + snapshot.deliveryTiyin };
};

const other = '01920000-0000-7000-8000-00000000000f';
const lineChanges: readonly [string, Partial<AskLine>][] = [
  ['variant', { variantId: other }],
  ['product', { productId: other }],
  ['slug', { slug: 'other' }],
  ['store', { storeId: other }],
  ['store name', { storeName: text('x') }],
  ['title', { title: text('x') }],
  ['variant label', { variantLabel: text('x') }],
  ['picture', { pictureId: other }],
  ['quantity', { qty: 2, lineTotalTiyin: 2_000_000 }],
  ['fewer units', { qty: 0 }],
  ['age', { ageMinMonths: 12 }],
  ['mark', { infoMark: '6+' }],
  ['hazards', { hazards: ['magnet'] }],
  ['warnings', { warnings: text('Small parts') }],
  ['facts', { facts: { ...anAskLine().facts, categoryPath: ['other'] } }],
];

test('an approval covers exactly what was asked for', () => {
  expect(covers(aSnapshot(), aSnapshot([anAskLine()]))).toBe(false);
  const snapshot = aSnapshot();
  expect(covers(snapshot, snapshot)).toBe(true);
  expect(covers(snapshot, { ...snapshot, lines: snapshot.lines.toReversed() })).toBe(true);
});

test.each(lineChanges)('an approval does not cover another %s, and the hash tells', (_name, change) => {
  const snapshot = aSnapshot();
  const changed = withLine(snapshot, change);
  expect(covers(snapshot, changed)).toBe(false);
  expect(snapshotHash(changed)).not.toBe(snapshotHash(snapshot));
});

test.each([
  ['policy', { policyVersion: 4 }],
  ['dearer delivery', { deliveryTiyin: 2_000_001 }],
  ['discount', { discountTiyin: 1 }],
  ['higher total', { totalTiyin: 5_000_001 }],
] as const)('an approval does not cover another %s', (_name, change) => {
  const snapshot = aSnapshot();
  expect(covers(snapshot, { ...snapshot, ...change })).toBe(false);
  expect(snapshotHash({ ...snapshot, ...change })).not.toBe(snapshotHash(snapshot));
});

test('an approval does not cover one more line', () => {
  const snapshot = aSnapshot();
  expect(
    covers(snapshot, { ...snapshot, lines: [...snapshot.lines, anAskLine({ unitPriceTiyin: 0, lineTotalTiyin: 0 })] }),
  ).toBe(false);
});

test('an approval does not cover a line total that does not follow from its price', () => {
  const snapshot = aSnapshot();
  expect(covers(snapshot, withLine(snapshot, { lineTotalTiyin: 999_999 }))).toBe(false);
});

test('along any path of prices an order goes ahead exactly when no line became dearer', () => {
  const price = fc.integer({ min: 0, max: 1_200_000 });
  fc.assert(
    fc.property(price, price, (first, second) => {
      const snapshot = aSnapshot();
      const live = priced(snapshot, [first, second]);
      const covered = covers(snapshot, live);
      expect(covered).toBe(first <= 1_000_000 && second <= 1_000_000);
      expect(!covered || live.totalTiyin <= snapshot.totalTiyin).toBe(true);
    }),
  );
});

test('the hash does not depend on the order of lines or of keys', () => {
  const snapshot = aSnapshot();
  const { lines, ...figures } = snapshot;
  const turned = {
    ...Object.fromEntries(Object.entries(figures).toReversed()),
    lines: lines.toReversed(),
  } as unknown as AskSnapshot;
  const { hash: _a, ...open } = snapshot;
  const { hash: _b, ...turnedOpen } = turned;
  expect(snapshotHash(turnedOpen)).toBe(snapshotHash(open));
});
