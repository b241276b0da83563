import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { InventorySchema } from './inventory.schema.js';

type Db = Tx<InventorySchema>;

/** What is available of a bundle, as a fact. */
export interface BundleStock {
  readonly variantId: string;
  readonly productId: string;
  readonly available: number;
  readonly version: number;
}

/** How many bundles `b` the free units of its parts allow: of each part whole sets, of all parts the least. */
export const ALLOWED = `(select coalesce(min(greatest(0, floor(coalesce((select sum(s.on_hand - s.reserved) from stock s where s.variant_id = p.part_id), 0) / p.qty))), 0)::int
    from bundle_part p where p.variant_id = b.variant_id)`;
/** Whether a variant is part of a bundle or one itself. */
export const bundled = (variant: string): string =>
  `exists (select 1 from bundle_part x where x.part_id = ${variant} or x.variant_id = ${variant})`;

/** Says what a variant is made of. Its facts go on where its own stock, if it had any, left off. */
export async function putBundle(
  tx: Db,
  {
    variantId,
    productId,
    parts,
  }: { variantId: string; productId: string; parts: readonly { variantId: string; qty: number }[] },
): Promise<void> {
  await sql`insert into bundle (variant_id, product_id, version)
    values (${variantId}, ${productId}, coalesce((select max(version) from stock where variant_id = ${variantId}), 0) + 1)
    on conflict (variant_id) do update set version = bundle.version + 1`.execute(tx);
  await tx.deleteFrom('bundle_part').where('variant_id', '=', variantId).execute();
  const rows = parts.map((part) => ({ variant_id: variantId, part_id: part.variantId, qty: part.qty }));
  await tx.insertInto('bundle_part').values(rows).execute();
}

/** Which variants are made of any of these, in their order. */
export async function madeOf(tx: Db, partIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('bundle_part')
    .select('variant_id')
    .distinct()
    .where('part_id', 'in', partIds)
    .orderBy('variant_id')
    .execute();
  return rows.map((row) => row.variant_id);
}

/** Which of these are bundles: their own stock says nothing. */
export async function bundlesAmong(tx: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.selectFrom('bundle').select('variant_id').where('variant_id', 'in', ids).execute();
  return new Set(rows.map((row) => row.variant_id));
}

/**
 * What is available of bundles whose parts moved. Their rows are held first, in their order, and counted by a statement of its
 * own: of two who moved different parts at the same moment the second counts what the first has done.
 */
export async function recounted(tx: Db, ids: readonly string[]): Promise<BundleStock[]> {
  await sql`select 1 from bundle where variant_id = any(${ids}::uuid[]) order by variant_id for update`.execute(tx);
  const { rows } = await sql<BundleStock>`
    update bundle b set version = b.version + 1 where b.variant_id = any(${ids}::uuid[])
    returning b.variant_id as "variantId", b.product_id as "productId", ${sql.raw(ALLOWED)} as available, b.version`.execute(
    tx,
  );
  return rows;
}
