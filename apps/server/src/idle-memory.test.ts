import { expect, test } from 'vitest';
import { collectNow, isWorthCollecting, quietLooks } from './idle-memory.js';

const MB = 1024 * 1024;

test('only a process that is left alone collects, and only when much was taken since the last time', () => {
  expect(isWorthCollecting(3, 400 * MB, 200 * MB)).toBe(true);
  expect(isWorthCollecting(2, 400 * MB, 200 * MB)).toBe(false);
  expect(isWorthCollecting(3, 250 * MB, 200 * MB)).toBe(false);
});

test('a pause between two rushes is no idleness', () => {
  const after = (...shares: number[]): number => shares.reduce(quietLooks, 0);
  expect(after(0.01, 0.02, 0.09)).toBe(3);
  expect(after(0.01, 0.02, 0.8, 0.01)).toBe(1);
});

const nothingHolds = (): WeakRef<object> => new WeakRef({ big: Array.from({ length: 100_000 }, (_, n) => n) });

test('a collection frees what nobody holds', async () => {
  const held = nothingHolds();
  await new Promise<void>((resolve) => setImmediate(resolve));
  collectNow();
  expect(held.deref()).toBeUndefined();
});
