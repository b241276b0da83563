import type { Locale } from '@um/kernel';
import type { Viewer } from '@um/family';
import type { ListFilter } from './contract.js';
import type { SortBy } from './list.rules.js';
import { traitRules } from './trait.queries.js';
import { visibleTo, type Values } from './visible.queries.js';
import { searchText } from './words.rules.js';

export interface ListAsk {
  readonly viewer: Viewer;
  readonly filter: ListFilter;
  readonly sort: SortBy;
  readonly after: readonly (string | number)[] | null;
  readonly locale: Locale;
  /** What a search found; absent for a list that is only browsed. */
  readonly found?: FoundProducts;
}

/** The products that a search found and weighed. */
export interface FoundProducts {
  /** Those of the page that is asked for, in their order. */
  readonly page: readonly { readonly id: string; readonly key: number }[];
  readonly more: boolean;
  /** All of them, for counting; with those that only the brand's filter keeps out. */
  readonly all: readonly string[];
  /** There were more than could be weighed. */
  readonly partial: boolean;
  /** What further pages are weighed by: see `Measure`. */
  readonly measure: readonly number[];
}

/**
 * What a filter asks of a row beside its category, store and brand, which are walked or marked. What a shelf knows is asked of
 * the shelf (`h`) where one is walked.
 */
export function filterRules(
  { minPrice, maxPrice, age, inStock, attr }: ListFilter,
  viewer: Viewer,
  values: Values,
  row: 'h' | 'i' = 'i',
): string[] {
  const rules: string[] = [];
  const most = Math.min(maxPrice ?? Infinity, viewer.maxPriceTiyin ?? Infinity);
  if (minPrice !== undefined) rules.push(`${row}.price_tiyin >= ${values.add(minPrice)}`);
  if (maxPrice !== undefined) rules.push(`${row}.price_tiyin <= ${values.add(maxPrice)}`);
  // Said plainly, because a planner that multiplies odds takes an empty range for a wide one.
  if (minPrice !== undefined && minPrice > most) rules.push('false');
  if (age !== undefined) {
    const months = values.add(age * 12);
    rules.push(
      `${row}.needed_months <= ${months}`,
      `(${row}.age_max_months is null or ${row}.age_max_months >= ${months})`,
    );
  }
  if (inStock === 'true') rules.push('i.in_stock');
  return [...rules, ...traitRules(attr, values)];
}

export const brandRule = (brand: string | undefined, values: Values): string[] =>
  brand === undefined ? [] : [`i.brand_key = ${values.add(searchText(brand))}`];

/** A shelf with its products, each looked up as the shelf is walked: `offset 0` keeps a planner from reading all products first. */
const shelf = (rows: string): string =>
  `${rows} h cross join lateral (select * from item i where i.product_id = h.product_id offset 0) i`;

/**
 * Where a list that is only browsed is walked: along the shelf of its category, or along the rows of a store, of a brand or
 * of everything. `row` is whose sort keys are walked.
 */
export function walk(ask: ListAsk, values: Values): { from: string; rules: string[]; row: 'h' | 'i' } {
  const { filter, viewer } = ask;
  const { category, store, brand } = filter;
  const onShelf = category !== undefined && store === undefined && brand === undefined;
  const rules = [...visibleTo(viewer, values), ...filterRules(filter, viewer, values, onShelf ? 'h' : 'i')];
  if (onShelf) {
    rules.push(`h.category_id = ${values.add(category)}`);
    if (viewer.ageMonths !== null) rules.push(`h.needed_months <= ${values.add(viewer.ageMonths)}`);
    // Attributes stand in the index of words, which may find a few products sooner than a shelf does.
    const from = filter.attr ? 'shelf h join item i on i.product_id = h.product_id' : shelf('shelf');
    return { from, rules, row: 'h' };
  }
  if (category !== undefined) rules.push(`i.category_path @> array[${values.add(category)}]::text[]`);
  if (store !== undefined) rules.push(`i.store_slug = ${values.add(store)}`);
  return { from: 'item i', rules: [...rules, ...brandRule(brand, values)], row: 'i' };
}

/**
 * The most popular rows of what `walk` walks, however few of them the viewer may see: what bounds a count that no index can
 * bound. For a shop, category, store or brand without further filters.
 */
export function mostPopular({ filter, viewer }: ListAsk, most: number, values: Values): string {
  const { category, store, brand } = filter;
  const order = 'order by popularity desc, product_id desc';
  if (category !== undefined) {
    const grown = viewer.ageMonths === null ? '' : ` and needed_months <= ${values.add(viewer.ageMonths)}`;
    return shelf(`(select * from shelf where category_id = ${values.add(category)}${grown} ${order} limit ${most})`);
  }
  const sold = store === undefined ? '' : ` and i.store_slug = ${values.add(store)}`;
  const made = brandRule(brand, values).map((rule) => ` and ${rule}`);
  return `(select * from item i where i.listed${sold}${made.join('')} ${order} limit ${most}) i`;
}
