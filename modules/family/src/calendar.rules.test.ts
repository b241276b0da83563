import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageInMonths, bandOf, windowKeys } from './calendar.rules.js';

test.each([
  [
    'a Sunday evening belongs to the week of the Monday before',
    '2026-03-01T18:59:00Z',
    { day: '2026-03-01', week: '2026-02-23', month: '2026-03' },
  ],
  [
    'Tashkent midnight begins day, week and month',
    '2026-05-31T19:00:00Z',
    { day: '2026-06-01', week: '2026-06-01', month: '2026-06' },
  ],
  ['a second before it does not', '2026-05-31T18:59:59Z', { day: '2026-05-31', week: '2026-05-25', month: '2026-05' }],
])('%s', (_name, at, keys) => {
  expect(windowKeys(new Date(at), 'Asia/Tashkent')).toEqual(keys);
});

test('windows follow daylight saving of the family’s zone', () => {
  expect(windowKeys(new Date('2026-03-29T22:30:00Z'), 'Europe/Berlin').day).toBe('2026-03-30');
  expect(windowKeys(new Date('2026-03-28T22:30:00Z'), 'Europe/Berlin').day).toBe('2026-03-28');
});

test.each([
  ['2020-02-29', '2026-02-28', 71],
  ['2020-02-29', '2026-03-01', 72],
  ['2026-01-15', '2026-02-14', 0],
  ['2026-01-15', '2026-02-15', 1],
])('born %s is %s months old', (born, today, months) => {
  expect(ageInMonths(born, today)).toBe(months);
});

test('age never falls as days pass, and neither does the band', () => {
  const day = fc
    .integer({ min: 0, max: 365 * 17 })
    .map((n) => new Date(Date.UTC(2009, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, (a, b) => {
      const [first, second] = [a, b].toSorted() as [string, string];
      expect(ageInMonths('2008-12-31', first)).toBeLessThanOrEqual(ageInMonths('2008-12-31', second));
    }),
  );
  expect([0, 36, 72, 108, 156, 192].map(bandOf)).toEqual(['0-2', '3-5', '6-8', '9-12', '13-15', '16-17']);
});
