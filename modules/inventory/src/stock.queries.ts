import { hotStatement, newId, runHot, type Ctx, type Db as Database, type Tx } from '@um/kernel';
import { sql } from 'kysely';
import { ALLOWED, bundled } from './bundle.queries.js';
import type { InventorySchema, MovementTable } from './inventory.schema.js';
import type { Moved } from './reservation.queries.js';

type Db = Tx<InventorySchema>;

const availability = hotStatement(
  'inventory.availability',
  `select variant_id as "variantId", sum(on_hand - reserved)::int as available from stock
   where variant_id = any($1::uuid[]) and not exists (select 1 from bundle b where b.variant_id = stock.variant_id) group by variant_id
   union all select b.variant_id, ${ALLOWED} from bundle b where b.variant_id = any($1::uuid[])`,
);
/** Free units of each variant; a variant nobody declared is not in the answer. */
export const availabilityOf = (
  db: Database<InventorySchema>,
  variantIds: readonly string[],
): Promise<{ variantId: string; available: number }[]> => runHot(db, availability, [variantIds]);

/** The default place where a store keeps its goods, made the first time it is needed. */
export async function defaultLocation(tx: Db, ctx: Ctx, storeId: string): Promise<string> {
  const find = () =>
    tx.selectFrom('location').select('id').where('store_id', '=', storeId).where('position', '=', 0).executeTakeFirst();
  const known = await find();
  if (known) return known.id;
  await tx
    .insertInto('location')
    .values({ id: newId(ctx.now), store_id: storeId, name: 'main', created_at: ctx.now })
    .onConflict((oc) => oc.columns(['store_id', 'position']).doNothing())
    .execute();
  return (await find())!.id;
}

export interface Count {
  readonly storeId: string;
  readonly locationId: string;
  readonly kind: Extract<MovementTable['kind'], 'declared' | 'counted'>;
  readonly items: readonly { readonly variantId: string; readonly productId: string; readonly onHand: number }[];
  readonly by: string | null;
  readonly reason: string | null;
  readonly now: Date;
}

/**
 * Sets how many units there are and journals the difference. Never below what orders hold: those units are promised.
 * Rows are locked in the order (variant, location). Answers the rows that changed, new ones among them.
 */
export async function putCounts(
  tx: Db,
  { storeId, locationId, kind, items, by, reason, now }: Count,
): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    with given as (select * from unnest(${items.map((i) => i.variantId)}::uuid[], ${items.map((i) => i.productId)}::uuid[], ${items.map((i) => i.onHand)}::int[]) as g(variant_id, product_id, on_hand)),
    old as materialized (
      select s.variant_id, s.on_hand, s.reserved from stock s join given g using (variant_id)
      where s.location_id = ${locationId} order by s.variant_id for update of s),
    put as (
      insert into stock (variant_id, location_id, product_id, store_id, on_hand, changed_at)
      select g.variant_id, ${locationId}::uuid, g.product_id, ${storeId}::uuid, greatest(g.on_hand, coalesce(o.reserved, 0)), ${now}::timestamptz
      from given g left join old o using (variant_id) order by g.variant_id
      on conflict (variant_id, location_id) do update set on_hand = greatest(excluded.on_hand, stock.reserved), version = stock.version + 1, changed_at = excluded.changed_at
      where stock.on_hand <> greatest(excluded.on_hand, stock.reserved)
      returning variant_id, product_id, store_id, on_hand, on_hand - reserved as available, version),
    moved as (
      select p.*, p.on_hand - coalesce(o.on_hand, 0) as diff, p.available - (p.on_hand - coalesce(o.on_hand, 0)) as before from put p left join old o using (variant_id)),
    journal as (
      insert into movement (variant_id, location_id, kind, qty, by_account, reason, at)
      select variant_id, ${locationId}::uuid, ${kind}, diff, ${by}::uuid, ${reason}, ${now}::timestamptz from moved where diff <> 0)
    select variant_id as "variantId", product_id as "productId", store_id as "storeId", available, version, before, ${sql.raw(bundled('moved.variant_id'))} as bundled from moved`.execute(
    tx,
  );
  return rows;
}

/** A store's stock row. */
export interface StockRow {
  readonly variantId: string;
  readonly productId: string;
  readonly storeId: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly changedAt: Date;
}

const stockRows = (db: Db) =>
  db
    .selectFrom('stock')
    .select([
      'variant_id as variantId',
      'product_id as productId',
      'store_id as storeId',
      'location_id as locationId',
      'on_hand as onHand',
      'reserved',
      'changed_at as changedAt',
    ]);

/** Stock of stores by variant id, after one; `below` keeps those with so few units left or fewer. */
export function listStock(
  db: Db,
  page: { storeIds: readonly string[]; after: string | undefined; below: number | undefined; limit: number },
): Promise<StockRow[]> {
  let rows = stockRows(db)
    .where('store_id', 'in', page.storeIds)
    // What is made of others has no shelf of its own.
    .where(sql<boolean>`not exists (select 1 from bundle b where b.variant_id = stock.variant_id)`)
    .orderBy('variant_id')
    .limit(page.limit);
  if (page.after !== undefined) rows = rows.where('variant_id', '>', page.after);
  if (page.below !== undefined) rows = rows.where(sql<boolean>`on_hand - reserved <= ${page.below}`);
  return rows.execute();
}

export const stockOf = (db: Db, variantId: string): Promise<StockRow | undefined> =>
  stockRows(db).where('variant_id', '=', variantId).executeTakeFirst();

/** Locks a variant's stock row. */
export const lockStock = (tx: Db, variantId: string): Promise<StockRow | undefined> =>
  stockRows(tx).where('variant_id', '=', variantId).orderBy('location_id').forUpdate().executeTakeFirst();

/** What the read model keeps of stock, by variant id after one. */
export async function stockFacts(
  db: Db,
  after: string | null,
  limit: number,
): Promise<{ variantId: string; productId: string; available: number; version: number }[]> {
  const { rows } = await sql<{ variantId: string; productId: string; available: number; version: number }>`
    (select variant_id as "variantId", product_id as "productId", on_hand - reserved as available, version from stock
     where (${after}::uuid is null or variant_id > ${after}::uuid) and not exists (select 1 from bundle b where b.variant_id = stock.variant_id)
     order by variant_id limit ${limit})
    union all
    (select b.variant_id, b.product_id, ${sql.raw(ALLOWED)}, b.version from bundle b
     where ${after}::uuid is null or b.variant_id > ${after}::uuid order by b.variant_id limit ${limit})
    order by 1 limit ${limit}`.execute(db);
  return rows;
}
