import type { Viewer } from '@um/family';
import type { ListFilter } from './contract.js';
import { fold } from './fold.js';
import type { SortBy } from './list.rules.js';
import { visibleTo, type Values } from './visible.queries.js';
import { stemOf, type QueryWord } from './words.rules.js';

export interface ListAsk {
  readonly viewer: Viewer;
  readonly filter: ListFilter;
  readonly sort: SortBy;
  /** What is looked for; empty for a list that is only browsed. */
  readonly words: readonly QueryWord[];
  readonly after: readonly (string | number)[] | null;
  readonly language: 'uz' | 'ru' | 'en';
  /** Products with any of the words, when none has them all. */
  readonly lenient?: boolean;
}

/** What the words mean to the index: each as a beginning of any word of the name in any script, or by its stem in Russian or English. */
export function tsquery(words: readonly QueryWord[], values: Values, glue: '&&' | '||' = '&&'): string {
  const one = ({ typed, key }: QueryWord): string => {
    const stem = stemOf(key);
    const begins = values.add(stem === key ? `${key}:*` : `${key}:* | ${stem}:*`);
    const written = values.add(typed);
    return `(to_tsquery('simple', ${begins}) || plainto_tsquery('russian', ${written}) || plainto_tsquery('english', ${written}))`;
  };
  return `(${words.map(one).join(` ${glue} `)})`;
}

/** Where a statement takes its query `q` from: a table expression, with the CTE it may need. */
export function querySource(ask: ListAsk, values: Values): { cte: string | null; from: string } {
  const all = tsquery(ask.words, values);
  if (!ask.lenient) return { cte: null, from: `(select ${all} as query, true as strict) q` };
  const any = tsquery(ask.words, values, '||');
  const found = `exists (select 1 from item i where i.words @@ a.query and ${visibleTo(ask.viewer, values).join(' and ')})`;
  const both = `(select ${all} as query) a, (select ${any} as query) o`;
  return { cte: `q as materialized (select case when ${found} then a.query else o.query end as query, ${found} as strict from ${both})`, from: 'q' };
}

/** What a filter asks of a row of `item`; category and brand are told apart, lists and facets need them differently. */
export function filterRules({ store, minPrice, maxPrice, age, inStock }: ListFilter, values: Values): string[] {
  const rules: string[] = [];
  if (store !== undefined) rules.push(`i.store_slug = ${values.add(store)}`);
  if (minPrice !== undefined) rules.push(`i.price_tiyin >= ${values.add(minPrice)}`);
  if (maxPrice !== undefined) rules.push(`i.price_tiyin <= ${values.add(maxPrice)}`);
  if (age !== undefined) {
    const months = values.add(age * 12);
    rules.push(`i.needed_months <= ${months}`, `(i.age_max_months is null or i.age_max_months >= ${months})`);
  }
  if (inStock === 'true') rules.push('i.in_stock');
  return rules;
}

export const brandRule = (brand: string | undefined, values: Values): string[] =>
  brand === undefined ? [] : [`i.brand_key = ${values.add(fold(brand))}`];
