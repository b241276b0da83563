import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { DigitalFile } from './contract.js';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** Which of these documents a store sells already, whoever uploaded them. */
export async function soldBy(db: Db, storeId: string, fileIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct d.file_id as id from digital d join variant v on v.id = d.variant_id join product p on p.id = v.product_id
    where d.file_id = any(${fileIds}::uuid[]) and p.store_id = ${storeId}`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Gives variants the documents that their buyers download from now on. */
export async function putDigital(
  tx: Db,
  given: readonly (DigitalFile & { readonly variantId: string })[],
  now: Date,
): Promise<void> {
  if (given.length === 0) return;
  await sql`insert into digital (variant_id, file_id, name, bytes, content_type, since)
    select g."variantId", g."fileId", g.name, g.bytes, g."contentType", ${now}
    from json_to_recordset(${JSON.stringify(given)}::json) as g("variantId" uuid, "fileId" uuid, name text, bytes bigint, "contentType" text) order by 1
    on conflict (variant_id) do update set file_id = excluded.file_id, name = excluded.name, bytes = excluded.bytes,
      content_type = excluded.content_type, since = excluded.since where digital.file_id <> excluded.file_id`.execute(
    tx,
  );
}

/** Makes a variant a thing again. */
export const dropDigital = (tx: Db, variantId: string) =>
  tx.deleteFrom('digital').where('variant_id', '=', variantId).execute();

/** A variant that did not leave its store, with its product's state and its document. */
export interface OwnVariant {
  readonly productId: string;
  readonly storeId: string;
  readonly state: ProductSchema['product']['state'];
  readonly file: DigitalFile | null;
}

export async function ownVariant(db: Db, variantId: string): Promise<OwnVariant | undefined> {
  const { rows } = await sql<OwnVariant>`
    select v.product_id as "productId", p.store_id as "storeId", p.state,
      (select json_build_object('fileId', d.file_id, 'name', d.name, 'bytes', d.bytes, 'contentType', d.content_type) from digital d where d.variant_id = v.id) as file
    from variant v join product p on p.id = v.product_id where v.id = ${variantId} and v.retired_at is null`.execute(
    db,
  );
  return rows[0];
}

/** Makes the version of a product grow, so that it is told anew. */
export const touchProduct = (tx: Db, id: string, now: Date) =>
  tx
    .updateTable('product')
    .set((eb) => ({ version: eb('version', '+', 1), changed_at: now }))
    .where('id', '=', id)
    .execute();
