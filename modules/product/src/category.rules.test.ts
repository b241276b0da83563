import { expect, test } from 'vitest';
import { placed } from './category.rules.js';

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
