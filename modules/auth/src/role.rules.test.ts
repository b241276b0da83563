import { expect, test } from 'vitest';
import { leavesNoAdmin, mayHold, withRole } from './role.rules.js';

test('a child is a child and nothing else', () => {
  expect(mayHold('child', ['child'])).toBe(true);
  expect(mayHold('child', ['child', 'admin'])).toBe(false);
  expect(mayHold('child', ['parent'])).toBe(false);
});
test('an adult holds some role, but never a child’s', () => {
  expect(mayHold('adult', ['parent', 'seller'])).toBe(true);
  expect(mayHold('adult', ['child'])).toBe(false);
  expect(mayHold('adult', ['parent', 'child'])).toBe(false);
  expect(mayHold('adult', [])).toBe(false);
  expect(mayHold('adult', ['parent', 'parent'])).toBe(false);
});
test('a role is added once', () => {
  expect(withRole(['parent'], 'seller')).toEqual(['parent', 'seller']);
  expect(withRole(['parent'], 'parent')).toEqual(['parent']);
});
test('somebody always remains an admin', () => {
  expect(leavesNoAdmin(['a'], 'a')).toBe(true);
  expect(leavesNoAdmin(['a', 'b'], 'a')).toBe(false);
  expect(leavesNoAdmin(['b'], 'a')).toBe(false);
});
