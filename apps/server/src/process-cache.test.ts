import { expect, test, vi } from 'vitest';
import { onceAMinute } from './process-cache.js';

test('an outage is told once a minute, however often it is met; another failure is told beside it', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const told: string[] = [];
  const tell = onceAMinute((where, error) => told.push(`${where}: ${(error as Error).message}`));
  const meet = (text: string, times = 1): void => {
    for (let i = 0; i < times; i += 1) tell('bus', new Error(text));
  };
  meet('refused', 50);
  meet('timeout');
  expect(told.splice(0)).toEqual(['bus: refused', 'bus: timeout']);
  vi.setSystemTime(Date.now() + 59_000);
  meet('refused');
  expect(told).toEqual([]);
  vi.setSystemTime(Date.now() + 2_000);
  meet('refused');
  expect(told).toEqual(['bus: refused']);
  vi.useRealTimers();
});
