import { expect, test } from 'vitest';
import { Clock, FixedClock } from './clock.js';

test('the clock tells the time of the machine', () => {
  expect(Math.abs(new Clock().now().getTime() - Date.now())).toBeLessThan(1_000);
});

test('a fixed clock stands still until it is moved', () => {
  const clock = new FixedClock(new Date('2026-01-31T10:00:00Z'));
  const first = clock.now();
  clock.advance(90_000);
  expect(first.toISOString()).toBe('2026-01-31T10:00:00.000Z');
  expect(clock.now().toISOString()).toBe('2026-01-31T10:01:30.000Z');
});

test('nobody moves a fixed clock through the date it gave', () => {
  const clock = new FixedClock(new Date('2026-01-31T10:00:00Z'));
  clock.now().setFullYear(1999);
  expect(clock.now().getUTCFullYear()).toBe(2026);
});
