import { useQuery } from '@tanstack/react-query';
import type { CategoryView } from '@um/product';
import type { z } from 'zod';
import { get } from '../api/api.js';
import { useLanguage } from '../state/language.js';

export type Category = z.infer<typeof CategoryView>;

/** The category tree in the reader's language, each branch whole, in the order shoppers see. */
export function useCategories() {
  const { locale } = useLanguage();
  return useQuery({
    queryKey: ['categories', locale],
    queryFn: () => get<{ items: Category[] }>('/categories').then((answer) => inOrder(answer.items)),
  });
}

/** Every category right after the one above it and its earlier siblings. */
export function inOrder(categories: readonly Category[]): Category[] {
  const below = Map.groupBy(categories, (category) => category.parentId);
  const branch = (parent: string | null): Category[] =>
    (below.get(parent) ?? [])
      .toSorted((a, b) => a.position - b.position)
      .flatMap((category) => [category, ...branch(category.id)]);
  return branch(null);
}

/** A category's name in a native list, set in by its depth. */
export const indented = ({ name, depth }: Category): string => `${'    '.repeat(depth)}${name}`;
