import { moneyJson } from './card.queries.js';
import { brandRule, filterRules, type ListAsk } from './filter.queries.js';
import { visibleTo, type Values } from './visible.queries.js';

/** Of more matches than these, the first ones are counted: a longer count would tell nobody more. */
const COUNTED = 10_000;
const BRANDS_SHOWN = 30;
/** Ages in months whose products are counted: 0, 3, 6, 9 and 13 years. */
const AGES = [0, 36, 72, 108, 156];

/** Counts beside a list: by category, brand, age and price. The brand's own filter does not narrow the brands. `query` is where the search comes from. */
export function facetParts(ask: ListAsk, values: Values, query: string | null): { ctes: string; json: string } {
  const { filter, viewer, language } = ask;
  const category = values.add(filter.category ?? '');
  const rules = [...visibleTo(viewer, values), ...filterRules(filter, values)];
  const brand = brandRule(filter.brand, values)[0] ?? 'true';
  const taken = 'i.category_path, i.brand, i.needed_months, i.age_max_months, i.price_tiyin';
  const source =
    query !== null
      ? `from item i, ${query}
         where i.words @@ q.query and (${category} = '' or i.category_path @> array[${category}]::text[]) and ${rules.join(' and ')}`
      : `from shelf h join item i on i.product_id = h.product_id where h.category_id = ${category} and ${rules.join(' and ')}`;
  const ctes = `counted as materialized (select ${taken}, ${brand} as chosen ${source} limit ${COUNTED}),
    chosen as (select * from counted where chosen)`;
  return { ctes, json: `json_build_object('categories', (${categories(category, language)}), 'brands', (${BRANDS}), 'ages', (${AGE_COUNTS}), 'price', (${PRICE}))` };
}

/** The categories right below the one that is shown. */
const categories = (category: string, language: string): string => `
  select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name->>'${language}', 'count', f.count) order by f.count desc, c.id), '[]')
  from (select category_path[coalesce(array_position(category_path, nullif(${category}, '')), 0) + 1] as id, count(*) as count from chosen group by 1) f
  join category c on c.id = f.id`;

const BRANDS = `
  select coalesce(json_agg(json_build_object('name', brand, 'count', count) order by count desc, brand), '[]')
  from (select brand, count(*) as count from counted where brand is not null group by brand order by count(*) desc, brand limit ${BRANDS_SHOWN}) b`;

const AGE_COUNTS = `
  select json_agg(json_build_object('months', a.months, 'count', (
    select count(*) from chosen where needed_months <= a.months and (age_max_months is null or age_max_months >= a.months))) order by a.months)
  from unnest(array[${AGES.join(', ')}]) as a(months)`;

const PRICE = `
  select case when count(*) > 0 then json_build_object('min', ${moneyJson('min(price_tiyin)')}, 'max', ${moneyJson('max(price_tiyin)')}) end from chosen`;
