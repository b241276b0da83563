import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { StockFact } from './item.queries.js';
import { SHOWN } from './item.rules.js';
import type { SearchSchema } from './search.schema.js';

type Db = Tx<SearchSchema>;

/** A row of the read model as it is compared with the truth. */
export interface Standing {
  readonly productId: string;
  readonly version: number;
  readonly inStock: boolean;
  /** What a list shows and filters by, by column. */
  readonly shown: Readonly<Record<string, unknown>>;
  /** Its places on shelves are those of its categories and say the same as it does. */
  readonly shelved: boolean;
}

const shown = `json_build_object(${SHOWN.map((column) => `'${column}', i.${column}`).join(', ')})`;
const SHELVED = `(select count(*) = case when i.listed then cardinality(i.category_path) else 0 end and coalesce(bool_and(
    h.category_id = any(i.category_path) and h.child is not distinct from i.category_path[array_position(i.category_path, h.category_id) + 1]
    and (h.needed_months, h.age_max_months, h.brand, h.price_tiyin, h.popularity, h.created_ms)
      is not distinct from (i.needed_months, i.age_max_months, i.brand, i.price_tiyin, i.popularity, i.created_ms)), true)
  from shelf h where h.product_id = i.product_id)`;

/** Rows between two ids (the first exclusive), in their order. */
export async function standingBetween(db: Db, after: string | null, upTo: string | null): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select i.product_id as "productId", i.version, i.in_stock as "inStock", ${sql.raw(shown)} as shown, ${sql.raw(SHELVED)} as shelved from item i
    where (${after}::uuid is null or i.product_id > ${after}::uuid) and (${upTo}::uuid is null or i.product_id <= ${upTo}::uuid) order by i.product_id`.execute(
    db,
  );
  return rows;
}

/** Of these facts about stock the variants of which the read model has what no fact said: a newer version. */
export async function newerStock(db: Db, facts: readonly StockFact[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select s.variant_id as id from stock s join unnest(${facts.map((f) => f.variantId)}::uuid[], ${facts.map((f) => f.version)}::bigint[]) as g(variant_id, version)
      using (variant_id) where s.version > g.version`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** So long as all products are counted, a statement may take longer than others. */
const patiently = (tx: Db) => sql`set local statement_timeout = 0`.execute(tx);

/** Scopes whose kept counts are not those of their products. */
export async function miscounted(tx: Db): Promise<string[]> {
  await patiently(tx);
  const { rows } = await sql<{ scope: string }>`
    select scope from tally_off() union select scope from brand_rank_off()`.execute(tx);
  return rows.map((row) => row.scope).toSorted();
}

/** Puts wrong counts right. */
export async function mendTally(tx: Db): Promise<void> {
  await patiently(tx);
  await sql`select mend_tally()`.execute(tx);
}

/** Removes rows that stand for no product. */
export async function dropItems(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom('shelf').where('product_id', 'in', ids).execute();
  await tx.deleteFrom('item').where('product_id', 'in', ids).execute();
  await tx.deleteFrom('offer').where('listing_id', 'in', ids).execute();
}
