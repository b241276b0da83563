import type { Viewer } from '@um/family';
import { hotStatement, runHot, type Db as Database, type HotStatement } from '@um/kernel';
import { CARD_COLUMNS, cardJson } from './card.queries.js';
import { facetParts } from './facet.queries.js';
import { walk, type FoundProducts, type ListAsk } from './filter.queries.js';
import type { SortBy } from './list.rules.js';
import type { SearchSchema } from './search.schema.js';
import { visibleTo, Values } from './visible.queries.js';

export interface ListRow {
  readonly items: string;
  readonly more: boolean;
  readonly lastKey: number | null;
  readonly lastId: string | null;
  readonly facets: string | null;
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

/** Rows of the page that a search chose, as far as this viewer may see them now. */
function chosenRows({ page }: FoundProducts, viewer: Viewer, values: Values): string {
  const ids = values.add(page.map((row) => row.id));
  const keys = values.add(page.map((row) => row.key));
  return `select ${CARD_COLUMNS}, p.key, p.n from unnest(${ids}::uuid[], ${keys}::bigint[]) with ordinality as p(product_id, key, n)
    join item i using (product_id) where ${visibleTo(viewer, values).join(' and ')}`;
}

/** One page of a list: cards as ready JSON, the keys of its last row, facets when asked. One statement. */
export async function listPage(db: Database<SearchSchema>, ask: ListAsk): Promise<ListRow> {
  const values = new Values();
  const limit = values.add(ask.filter.limit);
  const { found } = ask;
  const page = found
    ? chosenRows(found, ask.viewer, values)
    : browsed(ask, values, ask.sort === 'relevance' ? 'popular' : ask.sort, limit);
  const facets = ask.filter.facets === 'true' ? facetParts(ask, values) : null;
  const ctes = [`page as (${page})`, facets?.ctes].filter((cte) => typeof cte === 'string');
  const text = `with ${ctes.join(', ')}
    select coalesce((select json_agg(${cardJson(ask.locale)} order by n) from page where n <= ${limit})::text, '[]') as items,
      (select count(*) > ${limit} from page) as more,
      (select key from page where n = ${limit}) as "lastKey", (select product_id from page where n = ${limit}) as "lastId",
      ${facets ? `${facets.json}::text` : 'null'} as facets`;
  const [row] = await runHot<ListRow & Record<string, unknown>>(db, named(text, ask), values.all);
  const last = found?.page.at(-1);
  return found ? { ...row!, more: found.more, lastKey: last?.key ?? null, lastId: last?.id ?? null } : row!;
}

const statements = new Map<string, HotStatement>();
const MOST_STATEMENTS = 200;

/** Lists that are only browsed are prepared under a name; searches and rare combinations of filters are planned each time. */
function named(text: string, { filter, found, viewer }: ListAsk): HotStatement {
  const known = statements.get(text);
  if (known) return known;
  const plain =
    !found && viewer.hiddenCategories.length + viewer.hiddenHazards.length + viewer.hiddenStores.length === 0;
  const filtered = filter.brand ?? filter.store ?? filter.minPrice ?? filter.maxPrice ?? filter.age ?? filter.attr;
  if (!plain || filtered !== undefined || statements.size >= MOST_STATEMENTS) return { name: '', text };
  const statement = hotStatement(`search.list.${statements.size + 1}`, text);
  statements.set(text, statement);
  return statement;
}
