import { expect, test } from 'vitest';
import { collectNow, isWorthCollecting } from './idle-memory.js';

const MB = 1024 * 1024;

test('only an idle process collects, and only when much was taken since the last time', () => {
  expect(isWorthCollecting(0.01, 400 * MB, 200 * MB)).toBe(true);
  expect(isWorthCollecting(0.2, 400 * MB, 200 * MB)).toBe(false);
  expect(isWorthCollecting(0.01, 250 * MB, 200 * MB)).toBe(false);
});

const nothingHolds = (): WeakRef<object> => new WeakRef({ big: Array.from({ length: 100_000 }, (_, n) => n) });

test('a collection frees what nobody holds', async () => {
  const held = nothingHolds();
  await new Promise<void>((resolve) => setImmediate(resolve));
  collectNow();
  expect(held.deref()).toBeUndefined();
});
