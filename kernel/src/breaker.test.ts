import { expect, test } from 'vitest';
import { Breaker } from './breaker.js';

const failing = (times: number): Breaker => {
  const breaker = new Breaker(3, 1_000);
  for (let i = 0; i < times; i++) breaker.failed(0);
  return breaker;
};

test('a few failures stop nobody', () => {
  const breaker = failing(2);
  expect([breaker.admits(0), breaker.open]).toEqual([true, false]);
});

test('too many failures in a row stop everybody for the pause', () => {
  const breaker = failing(3);
  expect([breaker.admits(1), breaker.admits(999), breaker.open]).toEqual([false, false, true]);
});

test('after the pause one try is let through, the others go on waiting for its end', () => {
  const breaker = failing(3);
  expect([breaker.admits(1_000), breaker.admits(1_000), breaker.admits(1_999)]).toEqual([true, false, false]);
});

test('a try that never ended does not keep it shut for ever', () => {
  const breaker = failing(3);
  breaker.admits(1_000);
  expect(breaker.admits(2_000)).toBe(true);
});

test('a try that failed begins another pause', () => {
  const breaker = failing(3);
  breaker.admits(1_000);
  breaker.failed(1_200);
  expect([breaker.admits(2_199), breaker.admits(2_200)]).toEqual([false, true]);
});

test('a try that succeeded lets everybody through', () => {
  const breaker = failing(3);
  breaker.admits(1_000);
  breaker.succeeded();
  expect([breaker.admits(1_001), breaker.admits(1_001), breaker.open]).toEqual([true, true, false]);
});

test('a success between failures begins the count anew', () => {
  const breaker = failing(2);
  breaker.succeeded();
  breaker.failed(0);
  breaker.failed(0);
  expect(breaker.admits(1)).toBe(true);
});
