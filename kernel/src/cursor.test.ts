import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cursorScope, decodeCursor, encodeCursor } from './cursor.js';

const SECRET = 'a secret of at least thirty-two characters';
const scope = cursorScope('list', 'price', { colour: 'red', max: 10 });
const refused = expect.objectContaining({ code: 'http.BAD_CURSOR', status: 400 });

/** A well signed cursor of any body, as an older or newer release may have made it. */
const signed = (body: string): string =>
  Buffer.concat([
    createHmac('sha256', SECRET).update(`cursor:${scope}\n${body}`).digest().subarray(0, 12),
    Buffer.from(body),
  ]).toString('base64url');

describe('a cursor', () => {
  test('gives back the keys it was made of, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer())), (keys) => {
        expect(decodeCursor(SECRET, scope, encodeCursor(SECRET, scope, keys))).toEqual(keys);
      }),
    );
  });

  test('fits into a URL', () => {
    expect(encodeCursor(SECRET, scope, ['oʻyinchoq?&=', 12])).toMatch(/^[\w-]+$/);
  });

  test('is absent on the first page', () => {
    expect(decodeCursor(SECRET, scope, undefined)).toBeNull();
  });

  test('is refused when any of its bytes was changed', () => {
    const bytes = Buffer.from(encodeCursor(SECRET, scope, ['a', 1]), 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1;
      expect(() => decodeCursor(SECRET, scope, changed.toString('base64url'))).toThrow(refused);
    }
  });

  test.each(['', 'x', 'not a cursor', '%00'])('is refused when it is %j', (text) => {
    expect(() => decodeCursor(SECRET, scope, text)).toThrow(refused);
  });

  test('is refused by a platform with another secret', () => {
    expect(() => decodeCursor(`${SECRET}!`, scope, encodeCursor(SECRET, scope, [1]))).toThrow(refused);
  });

  test('of another version is refused, although its signature is right', () => {
    expect(decodeCursor(SECRET, scope, signed('[1,"a"]'))).toEqual(['a']);
    expect(() => decodeCursor(SECRET, scope, signed('[2,"a"]'))).toThrow(refused);
  });

  test.each([
    ['list', cursorScope('other', 'price', { colour: 'red', max: 10 })],
    ['sort', cursorScope('list', 'name', { colour: 'red', max: 10 })],
    ['filter', cursorScope('list', 'price', { colour: 'blue', max: 10 })],
  ])('is refused under another %s', (_what, other) => {
    expect(() => decodeCursor(SECRET, other, encodeCursor(SECRET, scope, [1]))).toThrow(refused);
  });
});

test('the order of filters and filters without a value make no difference to the scope', () => {
  const filters = { b: { y: 1, x: ['q', 'p'] }, a: 2 };
  expect(cursorScope('l', 's', filters)).toBe(
    cursorScope('l', 's', { a: 2, c: undefined, b: { x: ['q', 'p'], y: 1 } }),
  );
  expect(cursorScope('l', 's', filters)).not.toBe(cursorScope('l', 's', { ...filters, b: { y: 1, x: ['p', 'q'] } }));
});
