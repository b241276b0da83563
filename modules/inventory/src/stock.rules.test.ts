import { expect, test } from 'vitest';
import { fellLow, mergedLines } from './stock.rules.js';

test('a fall to the low mark is told, staying there is not', () => {
  expect([fellLow(4, 3), fellLow(10, 0), fellLow(3, 2), fellLow(3, 4), fellLow(5, 4)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('a variant that stands in two lines is asked for once', () => {
  const lines = [
    { variantId: 'a', qty: 1 },
    { variantId: 'b', qty: 2 },
    { variantId: 'a', qty: 3 },
  ];
  expect(mergedLines(lines)).toEqual({ variantIds: ['a', 'b'], quantities: [4, 2] });
});
