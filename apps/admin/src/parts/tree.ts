import { useQuery } from '@tanstack/react-query';
import type { AdminCategory } from '@um/product';
import { get } from '../api/api.js';
import type { Locale } from '../i18n/index.js';
import { textIn } from './text.js';

/** The whole tree in all languages, each branch whole, in the order shoppers see. */
export function useTree() {
  return useQuery({
    queryKey: ['tree'],
    queryFn: () => get<{ items: AdminCategory[] }>('/admin/categories').then(({ items }) => branches(items)),
  });
}

/** Every category right after the one above it and its earlier siblings. */
function branches(categories: readonly AdminCategory[]): AdminCategory[] {
  const below = Map.groupBy(categories, (category) => category.parentId);
  const branch = (parent: string | null): AdminCategory[] =>
    (below.get(parent) ?? []).flatMap((category) => [category, ...branch(category.id)]);
  return branch(null);
}

/** Everything inside a category, at any depth. */
export function inside(id: string, tree: readonly AdminCategory[]): AdminCategory[] {
  const at = tree.findIndex((category) => category.id === id);
  const end = tree.findIndex((category, place) => place > at && category.depth <= tree[at]!.depth);
  return tree.slice(at + 1, end === -1 ? undefined : end);
}

/** Categories that a search names, with those above them; all of them for an empty one. */
export function matching(tree: readonly AdminCategory[], typed: string): AdminCategory[] {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return [...tree];
  const parents = new Map(tree.map(({ id, parentId }) => [id, parentId]));
  const shown = new Set<string>();
  for (const { id, name } of tree) {
    if (![id, ...Object.values(name)].some((text) => text.toLowerCase().includes(wanted))) continue;
    for (let at: string | null | undefined = id; at; at = parents.get(at)) shown.add(at);
  }
  return tree.filter(({ id }) => shown.has(id));
}

/** What is seen of a tree: the roots, and what is right inside of those that are open. */
export function unfolded(tree: readonly AdminCategory[], open: ReadonlySet<string>): AdminCategory[] {
  const seen = new Set<string>();
  return tree.filter(({ id, parentId }) => {
    const isSeen = parentId === null || (seen.has(parentId) && open.has(parentId));
    if (isSeen) seen.add(id);
    return isSeen;
  });
}

/** A category's name in a native list, set in by its depth. */
export const setIn = ({ name, depth }: AdminCategory, locale: Locale): string =>
  `${'    '.repeat(depth)}${textIn(name, locale)}`;
