import { withFollowers } from '@um/family';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allAmong, placed, reshaped, topmost } from './category.rules.js';

const name = { uz: 'n', ru: 'n', en: 'n' };
const category = (id: string, parentId: string | null) => ({
  id,
  parentId,
  name: { ...name, en: id },
  icon: null,
  position: 0,
});

test('a category knows its way from the root, in whatever order the tree is given', () => {
  const tree = placed([category('c', 'b'), category('a', null), category('b', 'a')])!;
  expect(tree.map((row) => row.path)).toEqual([['a', 'b', 'c'], ['a'], ['a', 'b']]);
  expect(tree[0]!.pathNames.map((n) => n.en)).toEqual(['a', 'b', 'c']);
});

test('a branch that hangs nowhere is refused', () => expect(placed([category('b', 'a')])).toBeNull());

test('a branch that bites its own tail is refused', () => {
  expect(placed([category('a', 'b'), category('b', 'a')])).toBeNull();
  expect(placed([category('a', 'a')])).toBeNull();
});

describe('a changed tree', () => {
  const known = [
    category('toys', null),
    category('blocks', 'toys'),
    category('wooden', 'blocks'),
    category('kids', null),
    category('books', 'kids'),
  ];
  const followers = (change: Parameters<typeof reshaped>[1]) => reshaped(known, change)?.followers;

  test('tells what a moved branch leaves, once for the whole branch', () => {
    expect(followers({ given: [category('blocks', 'kids')] })).toEqual([{ of: ['toys'], id: 'blocks' }]);
    expect(followers({ given: [category('wooden', 'toys')] })).toEqual([{ of: ['blocks'], id: 'wooden' }]);
    expect(followers({ given: [category('blocks', null)] })).toEqual([{ of: ['toys'], id: 'blocks' }]);
  });

  test('tells that the other category follows a merged one, with all that stood above it', () => {
    const merged = reshaped(known, { given: [], merge: { id: 'blocks', into: 'books' } })!;
    expect(merged.followers).toEqual([{ of: ['toys', 'blocks'], id: 'books' }]);
    expect(merged.tree.find(({ id }) => id === 'wooden')!.path).toEqual(['kids', 'books', 'wooden']);
    expect(merged.tree.some(({ id }) => id === 'blocks')).toBe(false);
  });

  test('has no followers where nothing leaves anything: another name or place in the row, a step down', () => {
    expect(
      followers({ given: [{ ...category('blocks', 'toys'), name: { uz: 'x', ru: 'x', en: 'x' }, position: 9 }] }),
    ).toEqual([]);
    expect(followers({ given: [category('new', 'toys')] })).toEqual([]);
    expect(followers({ given: [category('kids', 'toys')] })).toEqual([]);
  });

  test('never shows what was hidden: whoever hid any category of a product’s old way hides one of the new way', () => {
    const ids = fc.constantFrom(...known.map(({ id }) => id));
    const change = fc.oneof(
      fc.record({ id: ids, into: ids }).map((merge) => ({ given: [], merge })),
      fc.tuple(ids, fc.option(ids)).map(([id, parent]) => ({ given: [category(id, parent)] })),
      fc.tuple(ids, ids, ids).map(([one, two, parent]) => ({ given: [category(one, parent), category(two, null)] })),
    );
    const property = fc.property(change, ids, ids, (asked, hidden, home) => {
      const next = reshaped(known, asked);
      if (!next) return;
      const was = placed(known)!.find(({ id }) => id === home)!.path;
      if (!was.includes(hidden)) return;
      const policy = withFollowers([hidden], next.followers) ?? [hidden];
      const at = 'merge' in asked && asked.merge.id === home ? asked.merge.into : home;
      const is = next.tree.find(({ id }) => id === at)!.path;
      expect(is.some((id) => policy.includes(id))).toBe(true);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  test('is refused when it goes in a circle, whatever changes', () => {
    expect(reshaped(known, { given: [category('toys', 'wooden')] })).toBeNull();
    expect(reshaped(known, { given: [], merge: { id: 'toys', into: 'wooden' } })).toBeNull();
    expect(reshaped(known, { given: [], merge: { id: 'toys', into: 'toys' } })).toBeNull();
    expect(reshaped(known, { given: [category('x', null), category('x', 'toys')] })).toBeNull();
  });

  test('knows its topmost change', () => {
    expect(topmost(['wooden', 'blocks'], placed(known)!)).toBe('blocks');
  });
});

test('followers are among others only with all that they follow', () => {
  const others = [{ of: ['a', 'b'], id: 'x' }];
  expect(allAmong([{ of: ['b'], id: 'x' }], others)).toBe(true);
  expect(allAmong([], [])).toBe(true);
  expect(allAmong([{ of: ['c'], id: 'x' }], others)).toBe(false);
  expect(allAmong([{ of: ['a'], id: 'y' }], others)).toBe(false);
});
