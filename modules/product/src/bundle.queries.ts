import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { NewBundle } from './contract.js';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** Products that are made of variants of these, by store. */
export async function bundlesWith(db: Db, productIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ storeId: string; ids: string[] }>`
    select p.store_id as "storeId", array_agg(distinct p.id order by p.id) as ids
    from variant part join bundle_part b on b.part_id = part.id join variant v on v.id = b.variant_id join product p on p.id = v.product_id
    where part.product_id = any(${productIds}::uuid[]) group by p.store_id order by p.store_id`.execute(db);
  return new Map(rows.map(({ storeId, ids }) => [storeId, ids]));
}

/**
 * True when a variant may be made of these: it is the only one of its product, no download, no part of another, no offer and without
 * offers; the parts are variants of the same store that are no offers. Locks its product, as whoever ties an offer does.
 */
export async function mayBeMadeOf(tx: Db, variantId: string, partIds: readonly string[]): Promise<boolean> {
  await sql`select 1 from product where id = (select product_id from variant where id = ${variantId}) for no key update`.execute(
    tx,
  );
  const { rows } = await sql<{ fits: boolean }>`
    select not exists (select 1 from variant x where x.product_id = p.id and x.id <> v.id and x.retired_at is null)
      and not exists (select 1 from digital d where d.variant_id = v.id)
      and not exists (select 1 from bundle_part b where b.part_id = v.id)
      and not exists (select 1 from offer o where o.master_id = p.id or (o.store_id = p.store_id and o.external_id = p.external_id))
      and (select count(*) from variant x join product q on q.id = x.product_id
        where x.id = any(${partIds}::uuid[]) and x.id <> v.id and q.store_id = p.store_id
          and not exists (select 1 from offer o where o.store_id = q.store_id and o.external_id = q.external_id)) = ${partIds.length} as fits
    from variant v join product p on p.id = v.product_id where v.id = ${variantId}`.execute(tx);
  return rows[0]?.fits ?? false;
}

/** Says what a variant is made of from now on. */
export async function putParts(tx: Db, variantId: string, parts: NewBundle['parts']): Promise<void> {
  await tx.deleteFrom('bundle_part').where('variant_id', '=', variantId).execute();
  const rows = parts.map((part, position) => ({
    variant_id: variantId,
    part_id: part.variantId,
    qty: part.qty,
    position,
  }));
  await tx.insertInto('bundle_part').values(rows).execute();
}
