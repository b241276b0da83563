import type { Tx } from '@um/kernel';
import { sql, type Selectable } from 'kysely';
import type { Condition } from './offer-view.js';
import type { ProductSchema, ProductTable } from './product.schema.js';

type Db = Tx<ProductSchema>;

export const productRow = (db: Db, id: string): Promise<Selectable<ProductTable> | undefined> =>
  db.selectFrom('product').selectAll().where('id', '=', id).executeTakeFirst();

/** Ids of the listings that offer a product, the oldest offer first. */
export async function listingsOf(db: Db, masterId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('offer')
    .innerJoin('product', (join) =>
      join.onRef('product.store_id', '=', 'offer.store_id').onRef('product.external_id', '=', 'offer.external_id'),
    )
    .select('product.id')
    .where('offer.master_id', '=', masterId)
    .orderBy('product.id')
    .execute();
  return rows.map((row) => row.id);
}

/** Listings that offer any of these products, store by store. */
export async function listingsByStore(db: Db, masterIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ store_id: string; ids: string[] }>`
    select p.store_id, array_agg(p.id order by p.id) as ids from offer o join product p on p.store_id = o.store_id and p.external_id = o.external_id
    where o.master_id = any(${masterIds}::uuid[]) group by p.store_id order by p.store_id`.execute(db);
  return new Map(rows.map((row) => [row.store_id, row.ids]));
}

/**
 * Locks both ends of an offer in their order and says whether they may be tied: what is offered is no offer itself and no bundle, and nobody
 * offers what would become one. Otherwise a recall would reach the nearer of two offers and not the farther.
 */
export async function mayTie(
  tx: Db,
  { storeId, externalId, masterId }: { storeId: string; externalId: string; masterId: string },
): Promise<boolean> {
  const listing = sql`(p.store_id, p.external_id) = (${storeId}::uuid, ${externalId}::text)`;
  await sql`select 1 from product p where p.id = ${masterId} or ${listing} order by p.id for no key update`.execute(tx);
  const { rows } = await sql<{ free: boolean }>`
    select not exists (select 1 from product p join offer o on o.store_id = p.store_id and o.external_id = p.external_id where p.id = ${masterId})
      and not exists (select 1 from variant v join bundle_part b on b.variant_id = v.id where v.product_id = ${masterId})
      and not exists (select 1 from product p join offer o on o.master_id = p.id where ${listing}) as free`.execute(tx);
  return rows[0]!.free;
}

/** Puts the terms of an offer; saying them again changes nothing. */
export const putOffer = (
  tx: Db,
  offer: {
    storeId: string;
    externalId: string;
    masterId: string;
    condition: Condition;
    deliveryDays: number;
    now: Date;
  },
) =>
  tx
    .insertInto('offer')
    .values({
      store_id: offer.storeId,
      external_id: offer.externalId,
      master_id: offer.masterId,
      condition: offer.condition,
      delivery_days: offer.deliveryDays,
      created_at: offer.now,
    })
    .onConflict((oc) =>
      oc
        .columns(['store_id', 'external_id'])
        .doUpdateSet((eb) => ({ delivery_days: eb.ref('excluded.delivery_days') })),
    )
    .execute();

export const listingId = async (db: Db, storeId: string, externalId: string): Promise<string> =>
  (
    await db
      .selectFrom('product')
      .select('id')
      .where('store_id', '=', storeId)
      .where('external_id', '=', externalId)
      .executeTakeFirstOrThrow()
  ).id;
