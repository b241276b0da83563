import type { Ctx, Tx } from '@um/kernel';
import type { OrderSchema } from './order.schema.js';

type Db = Tx<OrderSchema>;

/** Notes that a line was given out, once. */
export const giveOut = (tx: Db, ctx: Ctx, lineId: string, orderId: string) =>
  tx
    .insertInto('given_out')
    .values({ line_id: lineId, order_id: orderId, by: ctx.child ? 'child' : 'buyer', actor: ctx.actor, at: ctx.now })
    .onConflict((oc) => oc.column('line_id').doNothing())
    .execute();

/** Lines of an order that were given out. */
export async function givenOut(db: Db, orderId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('given_out').select('line_id').where('order_id', '=', orderId).execute();
  return new Set(rows.map((row) => row.line_id));
}

/** Lines of an order that are downloaded, with their parts. */
export const downloadsOf = (db: Db, orderId: string) =>
  db
    .selectFrom('line')
    .select(['id', 'seller_order_id'])
    .where('order_id', '=', orderId)
    .where('digital', 'is not', null)
    .execute();

/** Every line of products that is downloaded, whoever bought it, after one. */
export const soldDownloads = (db: Db, productIds: readonly string[], after: string | null, limit: number) =>
  db
    .selectFrom('line')
    .select('id')
    .where('product_id', 'in', productIds)
    .where('digital', 'is not', null)
    .$if(after !== null, (q) => q.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .execute();

/** Parts of downloads alone that nobody has downloaded for a long time. */
export const unopenedParts = (db: Db, before: Date, limit: number) =>
  db
    .selectFrom('seller_order')
    .select(['id', 'order_id'])
    .where('digital', '=', true)
    .where('state', '=', 'new')
    .where('opened_at', '<=', before)
    .orderBy('opened_at')
    .limit(limit)
    .execute();
