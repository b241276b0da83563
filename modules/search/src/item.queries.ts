import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import { SHOWN, type CategoryRow, type ItemRow, type WordRow } from './item.rules.js';
import type { SearchSchema } from './search.schema.js';

type Db = Tx<SearchSchema>;

/**
 * Claims the stock rows of products' variants. Whoever changes an item first holds its stock rows, in the order of variants:
 * a fact about a product and one about its stock can then arrive at the same moment.
 */
export const claimStock = (tx: Db, rows: readonly ItemRow[]) => {
  const pairs = rows
    .flatMap((row) => row.variant_ids.map((variant) => [variant, row.product_id] as const))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sql`insert into stock (variant_id, product_id, available, version)
    select v, p, 0, 0 from unnest(${pairs.map(([v]) => v)}::uuid[], ${pairs.map(([, p]) => p)}::uuid[]) as given(v, p)
    on conflict (variant_id) do update set product_id = excluded.product_id`.execute(tx);
};

/** Which of these products have no row yet. */
export async function freshOf(tx: Db, ids: readonly string[]): Promise<Set<string>> {
  const known = await tx.selectFrom('item').select('product_id').where('product_id', 'in', ids).execute();
  const gone = new Set(known.map((row) => row.product_id));
  return new Set(ids.filter((id) => !gone.has(id)));
}

/** Takes so many places in the windows of stores, in the order of stores; answers how many were taken of each before. */
export async function takePlaces(tx: Db, taken: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  const stores = [...taken.keys()].toSorted();
  const counts = stores.map((id) => taken.get(id)!);
  const { rows } = await sql<{ id: string; items: number }>`
    insert into window_place (store_id, items) select * from unnest(${stores}::uuid[], ${counts}::bigint[])
    on conflict (store_id) do update set items = window_place.items + excluded.items
    returning store_id as id, items`.execute(tx);
  return new Map(rows.map(({ id, items }) => [id, items - taken.get(id)!]));
}

/** Adds to the popularity of products, in the order of products. */
export async function addPopularity(tx: Db, sold: readonly { productId: string; points: number }[]): Promise<void> {
  const ordered = sold.toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
  const given = sql`unnest(${ordered.map((s) => s.productId)}::uuid[], ${ordered.map((s) => s.points)}::bigint[]) as g(product_id, points)`;
  await sql`select 1 from item i join ${given} using (product_id) order by i.product_id for update of i`.execute(tx);
  await sql`update item i set popularity = i.popularity + g.points from ${given} where i.product_id = g.product_id`.execute(
    tx,
  );
  await sql`update shelf h set popularity = h.popularity + g.points from ${given} where h.product_id = g.product_id`.execute(
    tx,
  );
}

const COPIED = [...SHOWN, 'version', 'in_stock', 'words', 'names', 'choices'];
const GIVEN = `product_id uuid, version bigint, listed boolean, slug text, store_id uuid, store_slug text, store_name jsonb, title jsonb, brand text, brand_key text,
  category_path text[], needed_months int, age_min_months int, age_max_months int, info_mark text, hazards text[], price_tiyin bigint, compare_at_tiyin bigint,
  picture_id uuid, variant_ids uuid[], popularity bigint, created_ms bigint, words text, names text, traits jsonb`;
const COLUMNS = ['product_id', 'popularity', ...COPIED];
const columns = COLUMNS.join(', ');
/** What is written otherwise than it is given. */
const WRITTEN: Readonly<Record<string, string>> = {
  in_stock: 'exists (select 1 from stock s where s.variant_id = any(g.variant_ids) and (s.available > 0 or s.endless))',
  words: 'g.words::tsvector',
  // The words have none of them: `chooseFrom` brings both up to date.
  choices: "'{}'::jsonb",
};
const written = COLUMNS.map((column) => WRITTEN[column] ?? `g.${column}`).join(', ');
const assignments = COPIED.map((column) => `${column} = excluded.${column}`).join(', ');

/** What is written over: what is older, what is the same or older, or everything. */
export type Over = 'older' | 'same' | 'all';
/** When a row is written over, by its version. */
export const mayReplace = (version: string, over: Over) =>
  sql.raw(over === 'all' ? 'true' : `${version} ${over === 'same' ? '<=' : '<'} excluded.version`);

/** Writes items over what stands; answers which were. */
export async function putItems(tx: Db, rows: readonly ItemRow[], over: Over): Promise<string[]> {
  const ordered = rows.toSorted((a, b) => (a.product_id < b.product_id ? -1 : 1));
  const { rows: put } = await sql<{ id: string }>`
    insert into item (${sql.raw(columns)})
    select ${sql.raw(written)}
    from json_to_recordset(${JSON.stringify(ordered)}::json) as g(${sql.raw(GIVEN)})
    on conflict (product_id) do update set ${sql.raw(assignments)} where ${mayReplace('item.version', over)}
    returning product_id as id`.execute(tx);
  return put.map((row) => row.id);
}

/** Puts products on the shelves of their categories anew; what is not on sale stands on none. */
export async function reshelve(tx: Db, productIds: readonly string[]): Promise<void> {
  await sql`delete from shelf where product_id = any(${productIds}::uuid[])`.execute(tx);
  await sql`insert into shelf (category_id, product_id, child, needed_months, age_max_months, brand, price_tiyin, popularity, created_ms)
    select c, product_id, category_path[place + 1], needed_months, age_max_months, brand, price_tiyin, popularity, created_ms
    from item cross join unnest(category_path) with ordinality as u(c, place)
    where product_id = any(${productIds}::uuid[]) and listed`.execute(tx);
}

/** Learns the names of categories. */
export const putCategories = (tx: Db, rows: readonly CategoryRow[]) =>
  sql`insert into category (id, path, name, words)
    select id, path, name, to_tsvector('simple', words) from json_to_recordset(${JSON.stringify(rows)}::json) as g(id text, path text[], name jsonb, words text) order by id
    on conflict (id) do update set path = excluded.path, name = excluded.name, words = excluded.words
    where category.path <> excluded.path or category.name <> excluded.name`.execute(tx);

/** Learns words, in the order of words, so that two learners never wait for each other in a circle. */
export const putWords = (tx: Db, rows: readonly WordRow[]) =>
  sql`insert into word (word, uz, ru, en, products, slips)
    select * from json_to_recordset(${JSON.stringify(rows)}::json) as g(word text, uz text, ru text, en text, products int, slips text[])
    on conflict (word) do update set products = word.products + excluded.products,
      uz = coalesce(word.uz, excluded.uz), ru = coalesce(word.ru, excluded.ru), en = coalesce(word.en, excluded.en), slips = excluded.slips`.execute(
    tx,
  );

/** Counts stems, in their order. */
export const putStems = (tx: Db, rows: readonly { stem: string; products: number }[]) =>
  sql`insert into stem (stem, products) select * from json_to_recordset(${JSON.stringify(rows)}::json) as g(stem text, products int)
    on conflict (stem) do update set products = stem.products + excluded.products`.execute(tx);

export interface StockFact {
  readonly variantId: string;
  readonly productId: string;
  readonly available: number;
  readonly version: number;
}

/** Takes over newer facts about stock; answers the products whose stock was told of. */
export async function putStock(tx: Db, facts: readonly StockFact[], over: Over): Promise<string[]> {
  const ordered = facts.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1));
  const { rows } = await sql<{ product_id: string }>`
    insert into stock (variant_id, product_id, available, version)
    select v, p, a, n from unnest(${ordered.map((f) => f.variantId)}::uuid[], ${ordered.map((f) => f.productId)}::uuid[], ${ordered.map((f) => f.available)}::int[], ${ordered.map((f) => f.version)}::bigint[]) as given(v, p, a, n)
    on conflict (variant_id) do update set available = excluded.available, version = excluded.version, product_id = excluded.product_id
    where ${mayReplace('stock.version', over)}
    returning product_id`.execute(tx);
  return [...new Set(rows.map((row) => row.product_id))];
}

/** Says which variants of products never sell out; answers the products where that is news. Their stock rows are claimed. */
export async function putEndless(tx: Db, variants: readonly { id: string; endless: boolean }[]): Promise<string[]> {
  const { rows } = await sql<{ product_id: string }>`
    update stock s set endless = g.endless from unnest(${variants.map((v) => v.id)}::uuid[], ${variants.map((v) => v.endless)}::boolean[]) as g(id, endless)
    where s.variant_id = g.id and s.endless <> g.endless returning s.product_id`.execute(tx);
  return [...new Set(rows.map((row) => row.product_id))];
}

/** Brings `in_stock` up to date; answers the products where it changed. */
export async function restock(tx: Db, productIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with now as (
      select i.product_id, exists (select 1 from stock s where s.variant_id = any(i.variant_ids) and (s.available > 0 or s.endless)) as in_stock
      from item i where i.product_id = any(${productIds}::uuid[]) order by i.product_id)
    update item i set in_stock = now.in_stock from now where i.product_id = now.product_id and i.in_stock <> now.in_stock
    returning i.product_id as id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Works the words of many new items into the index at once, so that the next searches need not look through a list. */
export const settleWords = (tx: Db) => sql`select gin_clean_pending_list(to_regclass('item_words'))`.execute(tx);
