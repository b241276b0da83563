import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withFollowers } from './followers.js';

test('what follows a hidden category is hidden, and what follows that, whatever the order', () => {
  const followers = [
    { of: ['b'], id: 'c' },
    { of: ['x', 'a'], id: 'b' },
  ];
  expect(withFollowers(['a'], followers)).toEqual(['a', 'b', 'c']);
  expect(withFollowers(['z'], followers)).toBeNull();
  expect(withFollowers(['a', 'b', 'c'], followers)).toBeNull();
});

test('nothing that was hidden is shown', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const followers = fc.array(fc.record({ of: fc.array(id, { maxLength: 3 }), id }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.uniqueArray(id), followers, (hidden, given) => {
      const all = withFollowers(hidden, given) ?? hidden;
      expect(all).toEqual(expect.arrayContaining(hidden));
      const due = given.filter((one) => one.of.some((left) => all.includes(left))).map((one) => one.id);
      expect(all).toEqual(expect.arrayContaining(due));
    }),
  );
});
