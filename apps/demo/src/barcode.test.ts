import { expect, test } from 'vitest';
import { checkDigit, isEan13 } from './barcode.js';

test.each([
  ['400638133393', '1'],
  ['590123412345', '7'],
  ['978014300723', '4'],
])('the check digit of %s is %s', (digits, check) => {
  expect(checkDigit(digits)).toBe(check);
});

test('a code with a wrong digit, or of another length, is no EAN-13', () => {
  expect(isEan13('4006381333931')).toBe(true);
  expect(isEan13('4006381333932')).toBe(false);
  expect(isEan13('400638133393')).toBe(false);
});
