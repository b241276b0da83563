import { newId, type Ctx, type Tx } from '@um/kernel';
import { sql, type Selectable } from 'kysely';
import type { OrderState, SellerOrderState } from './contract.js';
import type { By } from './order.rules.js';
import type { HistoryTable, LineTable, OrderSchema, OrderTable, SellerOrderTable } from './order.schema.js';

type Db = Tx<OrderSchema>;
export type OrderRow = Selectable<OrderTable>;
export type SellerOrderRow = Selectable<SellerOrderTable>;
export type LineRow = Selectable<LineTable>;
export type HistoryRow = Selectable<HistoryTable>;

/** Named, not all of them: what asks for every column is planned each time (`EVERY_COLUMN` of the kernel). */
const ORDER = [
  'id',
  'number',
  'buyer_id',
  'guest_id',
  'child_id',
  'family_id',
  'approval_id',
  'snapshot_hash',
  'state',
  'payment',
  'goods',
  'discount',
  'delivery',
  'vat',
  'total',
  'address',
  'email',
  'pay_until',
  'placed_at',
  'changed_at',
] as const;

export const findOrder = (db: Db, id: string): Promise<OrderRow | undefined> =>
  db.selectFrom('orders').select(ORDER).where('id', '=', id).executeTakeFirst();

/** Locks an order: it and its parts move one after the other. */
export const lockOrder = (tx: Db, id: string): Promise<OrderRow | undefined> =>
  tx.selectFrom('orders').select(ORDER).where('id', '=', id).forUpdate().executeTakeFirst();

/** The order a seller order belongs to, locked. */
export const lockOrderOf = (tx: Db, sellerOrderId: string): Promise<OrderRow | undefined> =>
  tx
    .selectFrom('orders')
    .select(ORDER)
    .where('id', '=', (eb) =>
      eb.selectFrom('seller_order').select('order_id').where('seller_order.id', '=', sellerOrderId),
    )
    .forUpdate()
    .executeTakeFirst();

export const sellerOrdersOf = (db: Db, orderId: string): Promise<SellerOrderRow[]> =>
  db.selectFrom('seller_order').selectAll().where('order_id', '=', orderId).orderBy('n').execute();

export const linesOf = (db: Db, orderIds: readonly string[]): Promise<LineRow[]> =>
  db.selectFrom('line').selectAll().where('order_id', 'in', orderIds).orderBy('order_id').orderBy('n').execute();

export const historyOf = (db: Db, orderIds: readonly string[]): Promise<HistoryRow[]> =>
  db.selectFrom('history').selectAll().where('order_id', 'in', orderIds).orderBy('at').orderBy('id').execute();

export interface OrderMove {
  readonly id: string;
  readonly from: OrderState;
  readonly to: OrderState;
  readonly by: By;
}

/** Moves an order with its history row: one statement. False when it is not in `from` any more. */
export async function moveOrder(tx: Db, ctx: Ctx, move: OrderMove): Promise<boolean> {
  const { rows } = await sql`
    with moved as (update orders set state = ${move.to}, changed_at = ${ctx.now} where id = ${move.id} and state = ${move.from} returning id),
    h as (insert into history (id, order_id, from_state, to_state, by, actor, at) select ${newId(ctx.now)}, id, ${move.from}, ${move.to}, ${move.by}, ${ctx.actor}::uuid, ${ctx.now} from moved)
    select id from moved`.execute(tx);
  return rows.length === 1;
}

export interface PartMove {
  readonly id: string;
  readonly from: SellerOrderState;
  readonly to: SellerOrderState;
  readonly by: By;
}

/** Moves a seller order with its history row: one statement. False when it is not in `from` any more. */
export async function movePart(tx: Db, ctx: Ctx, move: PartMove): Promise<boolean> {
  const { rows } = await sql`
    with moved as (update seller_order set state = ${move.to}, changed_at = ${ctx.now} where id = ${move.id} and state = ${move.from} returning id, order_id),
    h as (
      insert into history (id, order_id, seller_order_id, from_state, to_state, by, actor, at)
      select ${newId(ctx.now)}, order_id, id, ${move.from}, ${move.to}, ${move.by}, ${ctx.actor}::uuid, ${ctx.now} from moved)
    select id from moved`.execute(tx);
  return rows.length === 1;
}

/** Shows an order's parts to their sellers. */
export const openParts = (tx: Db, ctx: Ctx, orderId: string) =>
  tx
    .updateTable('seller_order')
    .set({ opened_at: ctx.now, changed_at: ctx.now })
    .where('order_id', '=', orderId)
    .where('opened_at', 'is', null)
    .execute();

/** Orders whose time to pay is over. */
export const unpaidOrders = (db: Db, now: Date, limit: number): Promise<OrderRow[]> =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('state', '=', 'pending_payment')
    .where('pay_until', '<=', now)
    .orderBy('pay_until')
    .limit(limit)
    .execute();

/** True when something of a product was delivered to an account, or to a child. */
export async function hasBought(db: Db, accountId: string, productId: string): Promise<boolean> {
  const row = await db
    .selectFrom('line')
    .innerJoin('orders', 'orders.id', 'line.order_id')
    .innerJoin('seller_order', 'seller_order.id', 'line.seller_order_id')
    .select('line.id')
    .where('line.product_id', '=', productId)
    .where('seller_order.state', '=', 'delivered')
    .where((eb) => eb.or([eb('orders.buyer_id', '=', accountId), eb('orders.child_id', '=', accountId)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
