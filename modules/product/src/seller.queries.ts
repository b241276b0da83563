import type { Tx } from '@um/kernel';
import { sql, type Selectable } from 'kysely';
import type { ProductSchema, ProductTable, State } from './product.schema.js';

type Db = Tx<ProductSchema>;
type Row = Selectable<ProductTable>;

/** A product as its sellers and moderators list it. */
export interface ListedProduct extends Row {
  readonly store_name: { uz: string; ru: string; en: string };
  readonly path: string[];
  readonly variants: number;
  readonly reason: string | null;
}

const listed = (db: Db) =>
  db
    .selectFrom('product')
    .innerJoin('shop', 'shop.store_id', 'product.store_id')
    .innerJoin('category', 'category.id', 'product.category_id')
    .selectAll('product')
    .select(['shop.name as store_name', 'category.path'])
    .select((eb) => [
      eb
        .selectFrom('variant')
        .select(eb.fn.countAll<number>().as('n'))
        .whereRef('variant.product_id', '=', 'product.id')
        .where('retired_at', 'is', null)
        .as('variants'),
      eb
        .selectFrom('product_history')
        .select('reason')
        .whereRef('product_history.product_id', '=', 'product.id')
        .whereRef('to_state', '=', 'product.state')
        .orderBy('at', 'desc')
        .limit(1)
        .as('reason'),
    ]);

/** Products of stores, the newest first. `q` is looked for in titles and the seller's own keys. */
export function listOwn(
  db: Db,
  page: {
    storeIds: readonly string[];
    state?: State | undefined;
    q?: string | undefined;
    before: string | undefined;
    limit: number;
  },
): Promise<ListedProduct[]> {
  let rows = listed(db).where('product.store_id', 'in', page.storeIds).orderBy('product.id', 'desc').limit(page.limit);
  if (page.before !== undefined) rows = rows.where('product.id', '<', page.before);
  if (page.state !== undefined) rows = rows.where('product.state', '=', page.state);
  if (page.q !== undefined) {
    const like = `%${page.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    rows = rows.where(
      sql<boolean>`(external_id ilike ${like} or title->>'uz' ilike ${like} or title->>'ru' ilike ${like} or title->>'en' ilike ${like})`,
    );
  }
  return rows.execute() as Promise<ListedProduct[]>;
}

/** Products in a state, the longest waiting first. */
export function listByState(
  db: Db,
  page: { state: State; after: string | undefined; limit: number },
): Promise<ListedProduct[]> {
  let rows = listed(db).where('product.state', '=', page.state).orderBy('product.id').limit(page.limit);
  if (page.after !== undefined) rows = rows.where('product.id', '>', page.after);
  return rows.execute() as Promise<ListedProduct[]>;
}

export const listedById = (db: Db, id: string): Promise<ListedProduct | undefined> =>
  listed(db).where('product.id', '=', id).executeTakeFirst() as Promise<ListedProduct | undefined>;

/** Moves a product from one state to another and remembers it; false when it is no longer in the first. */
export async function moveProduct(
  tx: Db,
  move: { historyId: string; id: string; from: State; to: State; by: string | null; reason: string | null; now: Date },
): Promise<boolean> {
  const done = await tx
    .updateTable('product')
    .set((eb) => ({ state: move.to, version: eb('version', '+', 1), changed_at: move.now }))
    .where('id', '=', move.id)
    .where('state', '=', move.from)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) return false;
  await tx
    .insertInto('product_history')
    .values({
      id: move.historyId,
      product_id: move.id,
      from_state: move.from,
      to_state: move.to,
      by_account: move.by,
      reason: move.reason,
      at: move.now,
    })
    .execute();
  return true;
}
