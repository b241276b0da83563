import { hotStatement, runHot, type Db as Database, type HotStatement } from '@um/kernel';
import { CARD_COLUMNS, cardJson } from './card.queries.js';
import { facetParts } from './facet.queries.js';
import { filterRules, querySource, walk, weighed, type ListAsk } from './filter.queries.js';
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
  readonly near:
    | readonly { given: string; known: boolean; near: { word: string; shown: string; products: number }[] }[]
    | null;
}

const KEYS: Readonly<Record<Exclude<SortBy, 'relevance'>, { column: string; down: boolean }>> = {
  new: { column: 'created_ms', down: true },
  popular: { column: 'popularity', down: true },
  price_asc: { column: 'price_tiyin', down: false },
  price_desc: { column: 'price_tiyin', down: true },
};

/** Rows of one page and one more, by walking an index. */
function browsed(ask: ListAsk, values: Values, sort: Exclude<SortBy, 'relevance'>, limit: string): string {
  const { column, down } = KEYS[sort];
  const { from, rules, row } = walk(ask, values);
  const key = `${row}.${column}`;
  if (ask.after)
    rules.push(
      `(${key}, ${row}.product_id) ${down ? '<' : '>'} (${values.add(ask.after[0])}::bigint, ${values.add(ask.after[1])}::uuid)`,
    );
  const order = `${key} ${down ? 'desc' : 'asc'}, ${row}.product_id ${down ? 'desc' : 'asc'}`;
  return `select ${CARD_COLUMNS}, ${key} as key, row_number() over (order by ${order}) as n from ${from} where ${rules.join(' and ')} order by ${order} limit ${limit} + 1`;
}

/** How well a product fits what was looked for; of equal fits what is in stock, then what is popular. */
const FIT = `round(1e6 * ts_rank('{0.05, 0.2, 0.4, 1.0}', i.words, q.query, 1) * (case when i.in_stock then 1 else 0.6 end))::bigint * 1000 + least(i.popularity / 1000, 999)`;

/** Rows of one page and one more of what the words find, the best fit first or by another sort. */
function searched(ask: ListAsk, values: Values, limit: string, query: string): string {
  const { sort, filter, viewer } = ask;
  const by = sort === 'relevance' ? undefined : KEYS[sort];
  const way = (by?.down ?? true) ? 'desc' : 'asc';
  const rules = ['i.words @@ q.query', ...visibleTo(viewer, values), ...filterRules(filter, viewer, values)];
  const from = by
    ? `item i, ${query} where ${rules.join(' and ')}`
    : `(${weighed(rules, query)}) w join item i using (product_id), ${query}`;
  const after = ask.after
    ? `where (key, product_id) ${way === 'desc' ? '<' : '>'} (${values.add(ask.after[0])}::bigint, ${values.add(ask.after[1])}::uuid)`
    : '';
  const order = `key ${way}, product_id ${way}`;
  return `select *, row_number() over (order by ${order}) as n
    from (select ${CARD_COLUMNS}, ${by ? `i.${by.column}` : FIT} as key from ${from}) found ${after} order by ${order} limit ${limit} + 1`;
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
  const page = query
    ? searched(ask, values, limit, query.from)
    : browsed(ask, values, ask.sort === 'relevance' ? 'popular' : ask.sort, limit);
  const facets = ask.filter.facets === 'true' ? facetParts(ask, values) : null;
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
  const plain =
    words.length === 0 &&
    viewer.hiddenCategories.length + viewer.hiddenHazards.length + viewer.hiddenStores.length === 0;
  const filtered = filter.brand ?? filter.store ?? filter.minPrice ?? filter.maxPrice ?? filter.age ?? filter.attr;
  if (!plain || filtered !== undefined || statements.size >= MOST_STATEMENTS) return { name: '', text };
  const statement = hotStatement(`search.list.${statements.size + 1}`, text);
  statements.set(text, statement);
  return statement;
}
