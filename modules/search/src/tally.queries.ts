import type { Viewer } from '@um/family';
import { walk, type ListAsk } from './filter.queries.js';
import type { Values } from './visible.queries.js';
import { searchText } from './words.rules.js';

/** So many brands are shown, those with the most products for the viewer. */
export const BRANDS_SHOWN = 30;
/** Brands of a scope that are counted for a viewer before it is asked whether more of them could have more. */
const FIRST_BRANDS = 100;
const MORE_BRANDS = 1_500;
const [ALL, CHILD, BRAND] = [0, 1, 2];

/** True where kept counts say exactly what a viewer may see: no rule asks for a price, nor for a store or brand beside something else. */
export function isTallied({ filter, viewer, found }: ListAsk): boolean {
  const { category, store, brand, minPrice, maxPrice, inStock, attr } = filter;
  if (
    found !== undefined ||
    attr !== undefined ||
    minPrice !== undefined ||
    maxPrice !== undefined ||
    inStock === 'true'
  )
    return false;
  if (viewer.maxPriceTiyin !== null || viewer.hiddenStores.length > 0) return false;
  const scopes = [category, store, brand].filter((scope) => scope !== undefined).length;
  // What is hidden by category is taken off whole categories and the whole shop; how much of a store or brand it is, is not kept.
  return scopes === 0 || (scopes === 1 && (category !== undefined || viewer.hiddenCategories.length === 0));
}

/** Table expressions `totals`, `children`, `brands` and `prices` from kept counts. */
export function talliedParts(ask: ListAsk, values: Values): string[] {
  const { filter, viewer } = ask;
  const scope = values.add(scopeOf(ask));
  const category = values.add(filter.category ?? null);
  const hidden = values.add(viewer.hiddenCategories);
  const rules = (fine: boolean): string => rulesOf(viewer, filter.age, fine, values).join(' and ');
  const fine = viewer.hiddenHazards.length > 0 || filter.age !== undefined;
  const [all, grain] = [rules(true), rules(fine)];
  return [
    // The topmost hidden categories below the one that is shown, with the child of it that they lie below.
    `hidden as materialized (select 'c:' || c.id as scope, c.path[coalesce(array_position(c.path, ${category}::text), 0) + 1] as child
      from category c where c.id = any(${hidden}::text[]) and c.id is distinct from ${category} and not c.path[:cardinality(c.path) - 1] && ${hidden}::text[] and (${category}::text is null or c.path @> array[${category}::text]))`,
    // Nothing is counted in a category that lies in a hidden one.
    `scopes as materialized (select ${scope}::text as scope, 1 as sign where not exists (select 1 from category c where c.id = ${category} and c.path && ${hidden}::text[])
      union all select scope, -1 from hidden)`,
    `totals as materialized (select t.needed_months, t.age_max_months, sum(s.sign * t.n) as n from scopes s join tally t using (scope)
      where t.facet = ${ALL} and t.value = '' and ${all} group by 1, 2)`,
    `children as (select id, sum(n) as count from (
        select t.value as id, t.n from scopes s join tally t using (scope) where s.sign = 1 and t.facet = ${CHILD} and t.value <> all(${hidden}::text[]) and ${grain}
        union all select h.child, -t.n from hidden h join tally t using (scope) join scopes s on s.sign = 1
          where t.facet = ${ALL} and t.value = '' and h.child <> all(${hidden}::text[]) and ${grain}) c group by 1 having sum(n) > 0)`,
    ...brandParts(ask, grain),
    priceParts(ask, values),
  ];
}

function scopeOf({ filter: { category, store, brand } }: ListAsk): string {
  if (category !== undefined) return `c:${category}`;
  if (store !== undefined) return `s:${store}`;
  return brand === undefined ? '' : `b:${searchText(brand)}`;
}

function rulesOf(viewer: Viewer, age: number | undefined, fine: boolean, values: Values): string[] {
  const rules = [fine ? 't.fine' : 'not t.fine'];
  if (viewer.ageMonths !== null) rules.push(`t.needed_months <= ${values.add(viewer.ageMonths)}`);
  if (viewer.hiddenHazards.length > 0) rules.push(`not t.hazards && ${values.add(viewer.hiddenHazards)}::text[]`);
  if (age !== undefined)
    rules.push(`t.needed_months <= ${values.add(age * 12)}`, `t.age_max_months >= ${values.add(age * 12)}`);
  return rules;
}

/**
 * The brands with the most products for a viewer. Those with the most products of all are counted first; where one that was
 * not counted could have more than the last that is shown, more are counted, and then all of them. The brand's own filter
 * does not narrow them.
 */
function brandParts({ filter }: ListAsk, grain: string): string[] {
  const scope = (of: string): string => (filter.brand === undefined ? of : "''::text");
  const counted = (from: string): string => `select r.brand as name, sum(s.sign * t.n) as count from (${from}) r
    cross join (select ${scope('scope')} as scope, sign from scopes) s join tally t on t.scope = s.scope and t.value = r.brand
    where t.facet = ${BRAND} and ${grain} group by 1 having sum(s.sign * t.n) > 0`;
  const best = (
    most: number | 'all',
  ): string => `select r.brand, r.n from (select ${scope('scope')} as scope from scopes where sign = 1) k
    cross join lateral (select brand, n from brand_rank r where r.scope = k.scope and r.n > 0 order by r.n desc, r.brand desc limit ${most}) r`;
  const settled = (counts: string, of: number): string => `(select count(*) < ${of}
    or coalesce((select count from ${counts} order by count desc offset ${BRANDS_SHOWN - 1} limit 1), 0) > min(n) from (${best(of)}) b)`;
  return [
    `brands_1 as materialized (${counted(best(FIRST_BRANDS))})`,
    `brands_2 as materialized (select * from (${counted(best(MORE_BRANDS))}) b where not ${settled('brands_1', FIRST_BRANDS)})`,
    `brands_3 as materialized (select * from (${counted(best('all'))}) b
      where not ${settled('brands_1', FIRST_BRANDS)} and not ${settled('brands_2', MORE_BRANDS)})`,
    'brands as (select name, count from (select * from brands_1 union select * from brands_2 union select * from brands_3) b)',
  ];
}

/** The lowest and the highest price, each the first of a walk along an index. */
function priceParts(ask: ListAsk, values: Values): string {
  const { from, rules, row } = walk(ask, values);
  const first = (way: string): string =>
    `(select ${row}.price_tiyin from ${from} where ${rules.join(' and ')} order by ${row}.price_tiyin ${way}, ${row}.product_id ${way} limit 1)`;
  return `prices as (select ${first('asc')} as least, ${first('desc')} as most)`;
}
