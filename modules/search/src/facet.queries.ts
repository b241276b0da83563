import type { Viewer } from '@um/family';
import { moneyJson } from './card.queries.js';
import type { ListFilter } from './contract.js';
import { brandRule, filterRules, querySource, walk, type ListAsk } from './filter.queries.js';
import { attributeCounts, tally, type TraitSource } from './trait.queries.js';
import { visibleTo, type Values } from './visible.queries.js';

/** Of more matches than these the most popular are counted: they stand in an index one after the other. */
const COUNTED = 10_000;
/** Where each match has to be looked up. */
const LOOKED_UP = 3_000;
const BRANDS_SHOWN = 30;
/** Ages in months whose products are counted: 0, 3, 6, 9 and 13 years. */
const AGES = [0, 36, 72, 108, 156];

/** Counts beside a list: by category, brand, age and price. The brand's own filter does not narrow the brands. */
export function facetParts(ask: ListAsk, values: Values): { ctes: string; json: string } {
  const [chosen = 'true'] = brandRule(ask.filter.brand, values);
  const { brand: _brand, ...filter } = ask.filter;
  const category = values.add(filter.category ?? null);
  const { from, limit } = sourceOf({ ...ask, filter }, chosen, category, values);
  const traits = traitSources(ask, category, values);
  const ctes = [
    `counted as materialized (select ${from} limit ${limit})`,
    'chosen as (select * from counted where chosen)',
    ...tally(traits.sources, traits.elsewhere),
  ].join(', ');
  const json = `json_build_object('categories', (${categories(ask.language)}), 'brands', (${BRANDS}), 'ages', (${AGE_COUNTS}), 'price', (${PRICE}),
    'attributes', (${attributeCounts(ask.language)}), 'attributesPartial', ${traits.partial},
    'partial', (select count(*) >= ${limit} from counted))`;
  return { ctes, json };
}

const sourceOf = (ask: ListAsk, chosen: string, category: string, values: Values): { from: string; limit: number } =>
  ask.words.length > 0 ? foundBy(ask, ask.filter, chosen, category, values) : browsedBy(ask, chosen, category, values);

/** Whose attributes are counted: of what is chosen, and for each attribute that is filtered by, of what the other filters leave. */
function traitSources(
  ask: ListAsk,
  category: string,
  values: Values,
): { sources: TraitSource[]; elsewhere: string; partial: string } {
  const filtered = Object.keys(ask.filter.attr ?? {});
  const all = `select product_id from chosen limit ${LOOKED_UP}`;
  const others = filtered.map((code) => {
    const { [code]: _own, ...attr } = ask.filter.attr!;
    const filter = { ...ask.filter, attr: Object.keys(attr).length > 0 ? attr : undefined };
    const { from } = sourceOf({ ...ask, filter }, 'true', category, values);
    return { from: `select product_id from (select ${from} limit ${LOOKED_UP}) o`, code: values.add(code) };
  });
  return {
    sources: [{ from: all, code: null }, ...others],
    elsewhere: values.add(filtered),
    partial: `((select count(*) >= ${LOOKED_UP} from counted))`,
  };
}

function foundBy(
  ask: ListAsk,
  filter: ListFilter,
  chosen: string,
  category: string,
  values: Values,
): { from: string; limit: number } {
  // A lenient search has chosen its words already, in a table expression of its own.
  const query = ask.lenient ? 'q' : querySource(ask, values, filter).from;
  const rules = ['i.words @@ q.query', ...visibleTo(ask.viewer, values), ...filterRules(filter, ask.viewer, values)];
  return {
    from: `${columns(category)}, ${chosen} as chosen from item i, ${query} where ${rules.join(' and ')}`,
    limit: LOOKED_UP,
  };
}

const columns = (category: string): string =>
  `i.product_id, i.category_path[coalesce(array_position(i.category_path, ${category}::text), 0) + 1] as child, i.brand, i.needed_months, i.age_max_months, i.price_tiyin`;

/** A shelf alone knows enough when nothing but the category and the viewer's age is asked. */
const onlyAge = (viewer: Viewer): boolean =>
  viewer.hiddenCategories.length + viewer.hiddenHazards.length + viewer.hiddenStores.length === 0 &&
  viewer.maxPriceTiyin === null;

function browsedBy(ask: ListAsk, chosen: string, category: string, values: Values): { from: string; limit: number } {
  const { filter, viewer } = ask;
  const plain =
    (filter.store ?? filter.minPrice ?? filter.maxPrice ?? filter.age ?? filter.inStock ?? filter.attr) === undefined &&
    chosen === 'true';
  if (plain && filter.category !== undefined && onlyAge(viewer)) {
    const age = viewer.ageMonths === null ? '' : ` and h.needed_months <= ${values.add(viewer.ageMonths)}`;
    const from = `h.product_id, h.child, h.brand, h.needed_months, h.age_max_months, h.price_tiyin, true as chosen
      from shelf h where h.category_id = ${category}${age} order by h.popularity desc, h.product_id desc`;
    return { from, limit: COUNTED };
  }
  const { from, rules, row } = walk(ask, values);
  const narrow = plain && filter.category === undefined;
  return {
    from: `${columns(category)}, ${chosen} as chosen from ${from} where ${rules.join(' and ')} order by ${row}.popularity desc, ${row}.product_id desc`,
    limit: narrow ? COUNTED : LOOKED_UP,
  };
}

/** The categories right below the one that is shown. */
const categories = (language: string): string => `
  select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name->>'${language}', 'count', f.count) order by f.count desc, c.id), '[]')
  from (select child as id, count(*) as count from chosen where child is not null group by 1) f join category c on c.id = f.id`;

const BRANDS = `
  select coalesce(json_agg(json_build_object('name', brand, 'count', count) order by count desc, brand), '[]')
  from (select brand, count(*) as count from counted where brand is not null group by brand order by count(*) desc, brand limit ${BRANDS_SHOWN}) b`;

const AGE_COUNTS = `
  select json_agg(json_build_object('months', a.months, 'count', (
    select count(*) from chosen where needed_months <= a.months and (age_max_months is null or age_max_months >= a.months))) order by a.months)
  from unnest(array[${AGES.join(', ')}]) as a(months)`;

const PRICE = `
  select case when count(*) > 0 then json_build_object('min', ${moneyJson('min(price_tiyin)')}, 'max', ${moneyJson('max(price_tiyin)')}) end from chosen`;
