import { hotStatement, runHot, type Db as Database, type HotStatement } from '@um/kernel';
import { CARD_COLUMNS, cardJson } from './card.queries.js';
import { facetParts } from './facet.queries.js';
import { brandRule, filterRules, querySource, type ListAsk } from './filter.queries.js';
import type { SortBy } from './list.rules.js';
import type { SearchSchema } from './search.schema.js';
import { visibleTo, Values } from './visible.queries.js';
import { lettersOf, type QueryWord } from './words.rules.js';

export interface ListRow {
  readonly items: string;
  readonly more: boolean;
  readonly lastKey: number | null;
  readonly lastId: string | null;
  readonly facets: string | null;
  /** Every word was found; false when products with any of them are shown. */
  readonly strict: boolean;
  /** Words of the catalog near those looked for, when nothing was found. */
  readonly near: readonly { given: string; known: boolean; near: { word: string; shown: string; products: number }[] }[] | null;
}

/** So many finds are weighed against each other; of more, the most popular ones would not be found by fit anyway. */
const WEIGHED = 2_000;

const KEYS: Readonly<Record<Exclude<SortBy, 'relevance'>, { column: string; down: boolean }>> = {
  new: { column: 'created_ms', down: true },
  popular: { column: 'popularity', down: true },
  price_asc: { column: 'price_tiyin', down: false },
  price_desc: { column: 'price_tiyin', down: true },
};

/** Rows of one page and one more, by walking the index of a shelf. */
function browsed(ask: ListAsk, values: Values, sort: Exclude<SortBy, 'relevance'>, limit: string): string {
  const { column, down } = KEYS[sort];
  const rules = [
    `h.category_id = ${values.add(ask.filter.category ?? '')}`,
    ...(ask.viewer.ageMonths === null ? [] : [`h.needed_months <= ${values.add(ask.viewer.ageMonths)}`]),
    ...visibleTo(ask.viewer, values),
    ...filterRules(ask.filter, values),
    ...brandRule(ask.filter.brand, values),
  ];
  if (ask.after) rules.push(`(h.${column}, h.product_id) ${down ? '<' : '>'} (${values.add(ask.after[0])}::bigint, ${values.add(ask.after[1])}::uuid)`);
  const way = down ? 'desc' : 'asc';
  return `select ${CARD_COLUMNS}, h.${column} as key, row_number() over (order by h.${column} ${way}, h.product_id ${way}) as n
    from shelf h join item i on i.product_id = h.product_id where ${rules.join(' and ')}
    order by h.${column} ${way}, h.product_id ${way} limit ${limit} + 1`;
}

/** Rows of one page and one more of what the words find, the best fit first or by another sort. */
function searched(ask: ListAsk, values: Values, limit: string, query: string): string {
  const { sort, filter } = ask;
  const by = sort === 'relevance' ? undefined : KEYS[sort];
  const way = (by?.down ?? true) ? 'desc' : 'asc';
  const rules = [`i.words @@ q.query`, ...visibleTo(ask.viewer, values), ...filterRules(filter, values), ...brandRule(filter.brand, values)];
  if (filter.category !== undefined) rules.push(`i.category_path @> array[${values.add(filter.category)}]::text[]`);
  const after = ask.after ? `where (key, product_id) ${way === 'desc' ? '<' : '>'} (${values.add(ask.after[0])}::bigint, ${values.add(ask.after[1])}::uuid)` : '';
  const key = by
    ? `i.${by.column}`
    : `round(1e6 * ts_rank('{0.05, 0.2, 0.4, 1.0}', i.words, q.query) * (case when i.in_stock then 1 else 0.6 end))::bigint * 1000 + least(i.popularity, 999)`;
  return `select *, row_number() over (order by key ${way}, product_id ${way}) as n from (
      select ${CARD_COLUMNS}, ${key} as key from item i, ${query} where ${rules.join(' and ')}
      ${by ? '' : `limit ${WEIGHED}`}) found
    ${after} order by key ${way}, product_id ${way} limit ${limit} + 1`;
}

/** The words nearest to each one that was looked for, by their letters and their order; asked for only when nothing was found. */
const nearWords = (words: readonly QueryWord[], values: Values, language: string): string => `
  case when not exists (select 1 from page) then (
    select json_agg(json_build_object('given', g.key, 'known', exists (select 1 from word w where w.word >= g.key and w.word < g.key || '~'),
      'near', (select json_agg(json_build_object('word', n.word, 'shown', coalesce(n.${language}, n.uz, n.ru, n.en, n.word), 'products', n.products))
        from ((select * from word w order by w.word <-> g.key limit 12) union (select * from word w where w.letters = g.letters limit 12)) n)) order by g.place)
    from unnest(${values.add(words.map((word) => word.key))}::text[], ${values.add(words.map((word) => lettersOf(word.key)))}::text[]) with ordinality as g(key, letters, place)) end`;

/** One page of a list: cards as ready JSON, the keys of its last row, facets when asked. One statement. */
export async function listPage(db: Database<SearchSchema>, ask: ListAsk): Promise<ListRow> {
  const values = new Values();
  const limit = values.add(ask.filter.limit);
  const query = ask.words.length > 0 ? querySource(ask, values) : null;
  const page = query ? searched(ask, values, limit, query.from) : browsed(ask, values, ask.sort === 'relevance' ? 'popular' : ask.sort, limit);
  const facets = ask.filter.facets === 'true' ? facetParts(ask, values, query?.from ?? null) : null;
  const ctes = [query?.cte, `page as (${page})`, facets?.ctes].filter((cte) => typeof cte === 'string');
  const text = `with ${ctes.join(', ')}
    select coalesce((select json_agg(${cardJson(ask.language)} order by n) from page where n <= ${limit})::text, '[]') as items,
      (select count(*) > ${limit} from page) as more,
      (select key from page where n = ${limit}) as "lastKey", (select product_id from page where n = ${limit}) as "lastId",
      ${facets ? `${facets.json}::text` : 'null'} as facets,
      ${query?.cte ? '(select strict from q)' : 'true'} as strict,
      ${query && !ask.lenient ? nearWords(ask.words, values, ask.language) : 'null'} as near`;
  const [row] = await runHot<ListRow & Record<string, unknown>>(db, named(text, ask), values.all);
  return row!;
}

const statements = new Map<string, HotStatement>();
const MOST_STATEMENTS = 200;

/** Lists that are only browsed are prepared under a name; searches and rare combinations of filters are planned each time. */
function named(text: string, { filter, words, viewer }: ListAsk): HotStatement {
  const known = statements.get(text);
  if (known) return known;
  const plain = words.length === 0 && viewer.hiddenCategories.length + viewer.hiddenHazards.length + viewer.hiddenStores.length === 0;
  const filtered = filter.brand ?? filter.store ?? filter.minPrice ?? filter.maxPrice ?? filter.age;
  if (!plain || filtered !== undefined || statements.size >= MOST_STATEMENTS) return { name: '', text };
  const statement = hotStatement(`search.list.${statements.size + 1}`, text);
  statements.set(text, statement);
  return statement;
}
