import type { Locale } from '@um/kernel';
import { moneyJson, textIn } from './card.queries.js';
import { brandRule, filterRules, mostPopular, walk, type FoundProducts, type ListAsk } from './filter.queries.js';
import { BRANDS_SHOWN, isTallied, talliedParts } from './tally.queries.js';
import { attributeCounts, tally, type TraitSource } from './trait.queries.js';
import { visibleTo, type Values } from './visible.queries.js';

/** Of more matches than these the first are counted: the most popular, or where a price is asked for the dearest. */
const COUNTED = 5_000;
/** Where each product has to be looked up. */
const LOOKED_UP = 3_000;
/** So many are looked at for them: of a viewer who may see few, the most popular of all may be many that it may not. */
const LOOKED_AT = 12_000;
/** Ages in months whose products are counted: 0, 3, 6, 9 and 13 years. */
const AGES = [0, 36, 72, 108, 156];

/** Counts beside a list: by category, brand, age, price and attributes. The brand's own filter does not narrow the brands. */
export function facetParts(ask: ListAsk, values: Values): { ctes: string; json: string } {
  const kept = isTallied(ask);
  const category = kept ? 'null' : values.add(ask.filter.category ?? null);
  const { ctes, partial } = kept
    ? { ctes: [...talliedParts(ask, values), ...described(ask, values)], partial: 'false' }
    : countedParts(ask, category, values);
  const traits = traitSources(ask, category, values);
  const json = `json_build_object('categories', (${categories(ask.locale)}), 'brands', (${BRANDS}), 'ages', (${AGE_COUNTS}), 'price', (${PRICE}),
    'attributes', (${attributeCounts(ask.locale)}), 'attributesPartial', ${traits.partial}, 'partial', ${partial})`;
  return { ctes: [...ctes, ...tally(traits.sources, traits.elsewhere)].join(', '), json };
}

/** Where everything else is kept, the products whose attributes are counted. */
function described(ask: ListAsk, values: Values): string[] {
  const { rules, row } = walk(ask, values);
  return [
    `counted as materialized (select i.traits, i.choices from ${mostPopular(ask, LOOKED_AT, values)}
      where ${rules.join(' and ')} order by ${row}.popularity desc, ${row}.product_id desc limit ${LOOKED_UP})`,
    'chosen as (select * from counted)',
  ];
}

/** Counts that have to be made: of what words find, and where a rule asks for what no kept count knows. */
function countedParts(ask: ListAsk, category: string, values: Values): { ctes: string[]; partial: string } {
  const [chosen = 'true'] = brandRule(ask.filter.brand, values);
  const { brand: _brand, ...filter } = ask.filter;
  const { from, limit } = sourceOf({ ...ask, filter }, chosen, category, values);
  const ctes = [
    `counted as materialized (select ${from} limit ${limit} + 1)`,
    'chosen as (select * from counted where chosen)',
    'totals as materialized (select needed_months, coalesce(age_max_months, 100000) as age_max_months, count(*) as n from chosen group by 1, 2)',
    'children as (select child as id, count(*) as count from chosen where child is not null group by 1)',
    'brands as (select brand as name, count(*) as count from counted where brand is not null group by 1)',
    'prices as (select min(price_tiyin) as least, max(price_tiyin) as most from chosen)',
  ];
  return { ctes, partial: ask.found ? String(ask.found.partial) : `(select count(*) > ${limit} from counted)` };
}

const sourceOf = (ask: ListAsk, chosen: string, category: string, values: Values): { from: string; limit: number } =>
  ask.found
    ? foundBy({ ...ask, found: ask.found }, chosen, category, values)
    : browsedBy(ask, chosen, category, values);

/** Whose attributes are counted: of what is chosen, and for each attribute that is filtered by, of what the other filters leave. */
function traitSources(
  ask: ListAsk,
  category: string,
  values: Values,
): { sources: TraitSource[]; elsewhere: string; partial: string } {
  const filtered = Object.keys(ask.filter.attr ?? {});
  const most = ask.found ? ask.found.all.length + 1 : LOOKED_UP;
  const all = `select traits, choices from chosen limit ${most}`;
  const others = filtered.map((code) => {
    const { [code]: _own, ...attr } = ask.filter.attr!;
    const filter = { ...ask.filter, attr: Object.keys(attr).length > 0 ? attr : undefined };
    const { from } = sourceOf({ ...ask, filter }, 'true', category, values);
    return { from: `select traits, choices from (select ${from} limit ${most}) o`, code: values.add(code) };
  });
  return {
    sources: [{ from: all, code: null }, ...others],
    elsewhere: values.add(filtered),
    partial: isTallied(ask)
      ? '((select count(*) from counted) < (select coalesce(sum(n), 0) from totals))'
      : ask.found
        ? String(ask.found.partial)
        : `((select count(*) >= ${LOOKED_UP} from counted))`,
  };
}

function foundBy(
  { found, filter, viewer }: ListAsk & { found: FoundProducts },
  chosen: string,
  category: string,
  values: Values,
): { from: string; limit: number } {
  const rules = [
    `i.product_id = any(${values.add(found.all)}::uuid[])`,
    ...visibleTo(viewer, values),
    ...filterRules(filter, viewer, values),
    ...brandRule(filter.brand, values),
  ];
  return {
    from: `${columns(category)}, ${chosen} as chosen from item i where ${rules.join(' and ')}`,
    limit: found.all.length + 1,
  };
}

const columns = (category: string): string =>
  `i.traits, i.choices, i.category_path[coalesce(array_position(i.category_path, ${category}::text), 0) + 1] as child, i.brand, i.needed_months, i.age_max_months, i.price_tiyin`;

/** What is browsed is counted along the index of prices where these are asked for, and by popularity otherwise. */
function browsedBy(ask: ListAsk, chosen: string, category: string, values: Values): { from: string; limit: number } {
  const { from, rules, row } = walk(ask, values);
  const key = ask.filter.minPrice === undefined && ask.filter.maxPrice === undefined ? 'popularity' : 'price_tiyin';
  return {
    from: `${columns(category)}, ${chosen} as chosen from ${from} where ${rules.join(' and ')} order by ${row}.${key} desc, ${row}.product_id desc`,
    limit: COUNTED,
  };
}

/** The categories right below the one that is shown. */
const categories = (locale: Locale): string => `
  select coalesce(json_agg(json_build_object('id', c.id, 'name', ${textIn('c.name', locale)}, 'count', f.count) order by f.count desc, c.id), '[]')
  from children f join category c on c.id = f.id`;

const BRANDS = `
  select coalesce(json_agg(json_build_object('name', name, 'count', count) order by count desc, name), '[]')
  from (select name, count from brands order by count desc, name limit ${BRANDS_SHOWN}) b`;

const AGE_COUNTS = `
  select json_agg(json_build_object('months', a.months, 'count', (
    select coalesce(sum(n), 0) from totals where needed_months <= a.months and age_max_months >= a.months)) order by a.months)
  from unnest(array[${AGES.join(', ')}]) as a(months)`;

const PRICE = `
  select case when least is not null then json_build_object('min', ${moneyJson('least')}, 'max', ${moneyJson('most')}) end from prices`;
