import type { Viewer } from '@um/family';
import type { ListFilter } from './contract.js';
import type { SortBy } from './list.rules.js';
import { traitRules } from './trait.queries.js';
import { visibleTo, type Values } from './visible.queries.js';
import { marksOf, searchText, stemOf, type QueryWord } from './words.rules.js';

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

const CYRILLIC = /\p{Script=Cyrillic}/u;

/** What the words mean to the index: each as a beginning of any word of the name in any script, or by its stem in Russian or English. */
export function tsquery(words: readonly QueryWord[], values: Values, glue: '&&' | '||' = '&&'): string {
  const one = ({ typed, key }: QueryWord): string => {
    const stem = stemOf(key);
    const begins = `to_tsquery('simple', ${values.add(stem === key ? `${key}:*` : `${key}:* | ${stem}:*`)})`;
    if (/^\d+$/.test(key)) return begins;
    return `(${begins} || plainto_tsquery('${CYRILLIC.test(typed) ? 'russian' : 'english'}', ${values.add(typed)}))`;
  };
  return `(${words.map(one).join(` ${glue} `)})`;
}

/** Filters that the index of words answers together with the words. */
function marked({ category, store, brand }: ListFilter, values: Values): string {
  const marks = marksOf({ categories: category === undefined ? [] : [category], store, brand });
  const quoted = marks.map((mark) => `'${mark.replaceAll(/['\\]/g, String.raw`\$&`)}'`);
  return quoted.length === 0 ? '' : ` && ${values.add(quoted.join(' & '))}::tsquery`;
}

/** Where a statement takes its query `q` from: a table expression, with the CTE it may need. `filter` may leave out the brand. */
export function querySource(
  ask: ListAsk,
  values: Values,
  filter: ListFilter = ask.filter,
): { cte: string | null; from: string } {
  const marks = marked(filter, values);
  const all = tsquery(ask.words, values) + marks;
  if (!ask.lenient) return { cte: null, from: `(select ${all} as query, true as strict) q` };
  const any = tsquery(ask.words, values, '||') + marks;
  const found = `exists (select 1 from item i where i.words @@ a.query and ${visibleTo(ask.viewer, values).join(' and ')})`;
  const both = `(select ${all} as query) a, (select ${any} as query) o`;
  return {
    cte: `q as materialized (select case when ${found} then a.query else o.query end as query, ${found} as strict from ${both})`,
    from: 'q',
  };
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
const SHELF = 'shelf h cross join lateral (select * from item i where i.product_id = h.product_id offset 0) i';

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
    const from = filter.attr ? 'shelf h join item i on i.product_id = h.product_id' : SHELF;
    return { from, rules, row: 'h' };
  }
  if (category !== undefined) rules.push(`i.category_path @> array[${values.add(category)}]::text[]`);
  if (store !== undefined) rules.push(`i.store_slug = ${values.add(store)}`);
  return { from: 'item i', rules: [...rules, ...brandRule(brand, values)], row: 'i' };
}

/** So many finds are weighed against each other. */
const WEIGHED = 1_000;
/** So many of the most popular products are looked through besides, for words that find more than can be weighed. */
const POPULAR = 500;

/** Ids of the products that are weighed: those that the index of words finds, and of the most popular ones those that fit. Bounded, whatever the word. */
export const weighed = (rules: readonly string[], query: string): string => `
  (select i.product_id from item i, ${query} where ${rules.join(' and ')} limit ${WEIGHED})
  union
  (select i.product_id from (select * from item where listed order by popularity desc, product_id desc limit ${POPULAR}) i, ${query} where ${rules.join(' and ')})`;
