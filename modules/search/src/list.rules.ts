import { createHash } from 'node:crypto';
import type { ListFilter } from './contract.js';

export type SortBy = NonNullable<ListFilter['sort']>;

/** How a list is sorted: by fit when something is looked for, by what is popular otherwise. */
export const sortOf = (filter: ListFilter): SortBy => {
  if (filter.sort === undefined) return filter.q ? 'relevance' : 'popular';
  return filter.sort === 'relevance' && !filter.q ? 'popular' : filter.sort;
};

/** What a cursor belongs to: a list with its sort and filters, whatever its language and the size of its pages. */
export function scopeOf(filter: ListFilter): string {
  const { q, category, brand, store, minPrice, maxPrice, age, inStock, attr } = filter;
  const attributes = Object.entries(attr ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const meaning = JSON.stringify([
    sortOf(filter),
    q,
    category,
    brand,
    store,
    minPrice,
    maxPrice,
    age,
    inStock === 'true',
    attributes,
  ]);
  return `products:${createHash('sha256').update(meaning).digest('base64url')}`;
}

/** The part of an answer that the database made, with the keys of its last row. */
export interface ListParts {
  readonly items: string;
  readonly facets: string | null;
  readonly nextCursor: string | null;
  readonly corrected: string | null;
}

/** Puts a list's answer together from ready JSON. */
export function answerOf({ items, facets, nextCursor, corrected }: ListParts): Buffer {
  const rest = `"nextCursor":${JSON.stringify(nextCursor)},"corrected":${JSON.stringify(corrected)}`;
  return Buffer.from(`{"items":${items},${rest}${facets === null ? '' : `,"facets":${facets}`}}`);
}
