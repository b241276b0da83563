import type { LocalText, Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { PriceStory } from './price.rules.js';
import { FULL_STORY } from './product.queries.js';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** A variant on sale or not, with everything its price follows from. */
export interface PricedVariant {
  readonly id: string;
  readonly productId: string;
  readonly storeId: string;
  readonly title: LocalText;
  readonly sku: string;
  readonly options: string[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly pictureId: string | null;
  readonly price: number;
  readonly story: PriceStory;
}

const PRICED = `v.id, v.product_id as "productId", p.store_id as "storeId", p.title, v.sku, p.options, v.options as chosen, p.pictures[1] as "pictureId",
  v.price_tiyin as price, ${FULL_STORY} as story`;

/** The variants of a store among these that did not leave it. */
export async function pricedVariants(db: Db, storeId: string, ids: readonly string[]): Promise<PricedVariant[]> {
  const { rows } = await sql<PricedVariant>`
    select ${sql.raw(PRICED)} from variant v join product p on p.id = v.product_id
    where v.id = any(${ids}::uuid[]) and p.store_id = ${storeId} and v.retired_at is null order by v.id`.execute(db);
  return rows;
}

/** The variants of a product that did not leave it, in their order. */
export async function pricedProduct(db: Db, productId: string): Promise<PricedVariant[]> {
  const { rows } = await sql<PricedVariant>`
    select ${sql.raw(PRICED)} from variant v join product p on p.id = v.product_id
    where p.id = ${productId} and v.retired_at is null order by v.position`.execute(db);
  return rows;
}

export const storeOfVariant = (db: Db, id: string): Promise<{ store_id: string; product_id: string } | undefined> =>
  db
    .selectFrom('variant')
    .innerJoin('product', 'product.id', 'variant.product_id')
    .select(['product.store_id', 'variant.product_id'])
    .where('variant.id', '=', id)
    .executeTakeFirst();

/** Variants that have a sale in some part of a time. */
export async function onSaleBetween(db: Db, ids: readonly string[], from: Date, until: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('sale')
    .select('variant_id')
    .distinct()
    .where('variant_id', 'in', ids)
    .where('starts_at', '<', until)
    .where('ends_at', '>', from)
    .execute();
  return rows.map((row) => row.variant_id);
}

export interface SaleRow {
  readonly id: string;
  readonly variantId: string;
  readonly storeId: string;
  readonly price: number;
  readonly from: Date;
  readonly until: Date;
}

export const insertSales = (tx: Db, sales: readonly SaleRow[], by: string | null, now: Date) =>
  tx
    .insertInto('sale')
    .values(
      sales.map((sale) => ({
        id: sale.id,
        variant_id: sale.variantId,
        store_id: sale.storeId,
        price_tiyin: sale.price,
        starts_at: sale.from,
        ends_at: sale.until,
        planned_by: by,
        planned_at: now,
      })),
    )
    .execute();

/** A sale with its variant. */
export interface ListedSale extends PricedVariant {
  readonly saleId: string;
  readonly salePrice: number;
  readonly from: Date;
  readonly until: Date;
}
const SALE = `select s.id as "saleId", s.price_tiyin as "salePrice", s.starts_at as "from", s.ends_at as until, ${PRICED}
  from sale s join variant v on v.id = s.variant_id join product p on p.id = v.product_id`;

/** Sales of stores, the last planned first. */
export async function listSales(
  db: Db,
  page: {
    storeIds: readonly string[];
    state: 'planned' | 'running' | 'ended' | undefined;
    before: string | undefined;
    limit: number;
    now: Date;
  },
): Promise<ListedSale[]> {
  const { rows } = await sql<ListedSale>`${sql.raw(SALE)}
    where s.store_id = any(${page.storeIds}::uuid[]) and (${page.before ?? null}::uuid is null or s.id < ${page.before ?? null}::uuid)
      and (${page.state ?? null}::text is null or ${page.state ?? null}::text = case when s.starts_at > ${page.now} then 'planned' when s.ends_at > ${page.now} then 'running' else 'ended' end)
    order by s.id desc limit ${page.limit}`.execute(db);
  return rows;
}

export async function salesByIds(db: Db, ids: readonly string[]): Promise<ListedSale[]> {
  const { rows } = await sql<ListedSale>`${sql.raw(SALE)} where s.id = any(${ids}::uuid[]) order by s.id`.execute(db);
  return rows;
}

export const dropSale = (tx: Db, id: string) => tx.deleteFrom('sale').where('id', '=', id).execute();

export const endSale = (tx: Db, id: string, now: Date) =>
  tx.updateTable('sale').set({ ends_at: now }).where('id', '=', id).execute();

/** Sets what a variant costs without a sale, and what its product is listed at; the claim of an import goes. */
export async function setBasePrice(tx: Db, variantId: string, price: number, now: Date): Promise<void> {
  await sql`update product set changed_at = ${now} where id = (select product_id from variant where id = ${variantId})`.execute(
    tx,
  );
  await sql`update variant set price_tiyin = ${price}, compare_at_tiyin = null where id = ${variantId}`.execute(tx);
  await sql`update product p set price_tiyin = m.least, compare_at_tiyin = null
    from (select product_id, min(price_tiyin) as least from variant where retired_at is null group by product_id) m
    where m.product_id = p.id and p.id = (select product_id from variant where id = ${variantId})`.execute(tx);
}

/** Notes moments at which products cost something else. */
export const addMoments = (tx: Db, productIds: readonly string[], moments: readonly Date[]) =>
  sql`insert into price_moment (product_id, at) select p, m from unnest(${productIds}::uuid[]) p, unnest(${moments}::timestamptz[]) m
    on conflict do nothing`.execute(tx);

/** Stores with products whose moment has come. */
export async function storesDue(db: Db, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ store_id: string }>`
    select distinct p.store_id from (select product_id from price_moment where at <= ${now} order by at limit ${limit}) m join product p on p.id = m.product_id`.execute(
    db,
  );
  return rows.map((row) => row.store_id);
}

/** Takes moments of a store's products that have come; answers the products. */
export async function takeMoments(tx: Db, storeId: string, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ product_id: string }>`
    delete from price_moment m using (
      select d.product_id, d.at from price_moment d join product p on p.id = d.product_id
      where p.store_id = ${storeId} and d.at <= ${now} limit ${limit}) due
    where m.product_id = due.product_id and m.at = due.at returning m.product_id`.execute(tx);
  return [...new Set(rows.map((row) => row.product_id))].toSorted();
}

/** Makes the version of products grow. */
export const growVersions = (tx: Db, ids: readonly string[]) =>
  tx
    .updateTable('product')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', 'in', ids)
    .execute();
