import type { AdminCategory } from '@um/product';
import { expect, test } from 'vitest';
import { inside, matching, unfolded } from './tree.js';

const one = (id: string, parentId: string | null, depth: number, uz = id): AdminCategory => ({
  id,
  parentId,
  depth,
  name: { uz, ru: id, en: id },
  icon: null,
  position: 1,
});
const tree = [
  one('toys', null, 0),
  one('toys.blocks', 'toys', 1, 'Kubiklar'),
  one('toys.blocks.wood', 'toys.blocks', 2),
  one('toys.dolls', 'toys', 1),
  one('books', null, 0),
];
const ids = (found: readonly AdminCategory[]): string[] => found.map(({ id }) => id);

test('what is inside a category is its whole branch', () => {
  expect(ids(inside('toys', tree))).toEqual(['toys.blocks', 'toys.blocks.wood', 'toys.dolls']);
  expect(ids(inside('toys.blocks', tree))).toEqual(['toys.blocks.wood']);
  expect(ids(inside('books', tree))).toEqual([]);
});

test('a search finds names in any language and codes, with what is above them', () => {
  expect(ids(matching(tree, ' kubik '))).toEqual(['toys', 'toys.blocks']);
  expect(ids(matching(tree, 'WOOD'))).toEqual(['toys', 'toys.blocks', 'toys.blocks.wood']);
  expect(ids(matching(tree, 'nothing'))).toEqual([]);
  expect(ids(matching(tree, ''))).toEqual(ids(tree));
});

test('a closed category hides its whole branch, also what is open in it', () => {
  expect(ids(unfolded(tree, new Set()))).toEqual(['toys', 'books']);
  expect(ids(unfolded(tree, new Set(['toys'])))).toEqual(['toys', 'toys.blocks', 'toys.dolls', 'books']);
  expect(ids(unfolded(tree, new Set(['toys.blocks'])))).toEqual(['toys', 'books']);
});
