import { describe, expect, test } from 'vitest';
import { gathered } from './list-query.js';
import { traitAsk, traitMarks, traitsOf } from './trait.rules.js';

describe('a filter by an attribute', () => {
  test.each([
    ['red', { anyOf: ['red'] }],
    ['red, blue', { anyOf: ['red', 'blue'] }],
    ['10..60', { min: 10, max: 60 }],
    ['..0.5', { max: 0.5 }],
    ['-3..', { min: -3 }],
    ['..', { anyOf: ['..'] }],
    ['1..2..3', { anyOf: ['1..2..3'] }],
  ])('%s is read', (written, ask) => expect(traitAsk(written)).toEqual(ask));

  test('is taken out of a query; the rest stays as it is', () => {
    expect(gathered({ q: 'ball', 'attr.color': ['red', 'blue'], 'attr.pieces': '1..2' })).toEqual({
      q: 'ball',
      attr: { color: 'red,blue', pieces: '1..2' },
    });
    expect(gathered({ q: 'ball' })).toEqual({ q: 'ball' });
  });
});

test('long texts are read, not filtered by', () => {
  const traits = traitsOf({ color: 'red', pieces: 3, washable: true, note: 'x'.repeat(61) });
  expect(traits).toEqual({ color: 'red', pieces: 3, washable: true });
  expect(traitMarks(traits)).toEqual(['~a:color=red', '~a:pieces=3', '~a:washable=true']);
});
