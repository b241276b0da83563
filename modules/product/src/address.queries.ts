import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;
type Kind = 'product' | 'category';

/** What an address that leads nowhere any more led to; undefined when it never led anywhere. */
export const formerly = async (db: Db, kind: Kind, slug: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom('old_slug')
      .select('now_id')
      .where('kind', '=', kind)
      .where('slug', '=', slug)
      .executeTakeFirst()
  )?.now_id;

/** Addresses that products had before. */
export async function formerAddresses(db: Db, productIds: readonly string[]): Promise<string[]> {
  if (productIds.length === 0) return [];
  const rows = await db
    .selectFrom('old_slug')
    .select('slug')
    .where('kind', '=', 'product')
    .where('now_id', 'in', productIds)
    .execute();
  return rows.map((row) => row.slug);
}

/** Remembers an address for what it led to. */
async function rememberAddress(tx: Db, kind: Kind, slug: string, nowId: string, now: Date): Promise<void> {
  await tx
    .insertInto('old_slug')
    .values({ kind, slug, now_id: nowId, since: now })
    .onConflict((oc) => oc.columns(['kind', 'slug']).doUpdateSet({ now_id: nowId, since: now }))
    .execute();
}

/** A category was merged: its address, and those that led to it, lead to the other one. */
export async function rememberMerge(tx: Db, id: string, into: string, now: Date): Promise<void> {
  await tx
    .updateTable('old_slug')
    .set({ now_id: into })
    .where('kind', '=', 'category')
    .where('now_id', '=', id)
    .execute();
  await rememberAddress(tx, 'category', id, into, now);
}

/** Gives a product another address and remembers the old one; undefined when it is not this store's or has that address already. */
export async function readdress(
  tx: Db,
  { id, storeId, slug, now }: { id: string; storeId: string; slug: string; now: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ before: string }>`
    with old as (select id, slug from product where id = ${id} and store_id = ${storeId} and slug <> ${slug})
    update product p set slug = ${slug}, version = p.version + 1, changed_at = ${now} from old where p.id = old.id
    returning old.slug as before`.execute(tx);
  const before = rows[0]?.before;
  if (before === undefined) return undefined;
  await tx.deleteFrom('old_slug').where('kind', '=', 'product').where('slug', '=', slug).execute();
  await rememberAddress(tx, 'product', before, id, now);
  return before;
}

/** True for an address that leads, or led, to a product other than this one. */
export async function takenByOthers(tx: Db, slug: string, id: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select exists (select 1 from product where slug = ${slug} and id <> ${id})
      or exists (select 1 from old_slug where kind = 'product' and slug = ${slug} and now_id <> ${id}) as taken`.execute(
    tx,
  );
  return rows[0]!.taken;
}
