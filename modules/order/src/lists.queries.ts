import type { Tx } from '@um/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { OrderState, SellerOrderState } from './contract.js';
import type { SellerOrderRow } from './order.queries.js';
import type { OrderSchema } from './order.schema.js';
import type { PaymentMethod } from '@um/payment';
import type { Address } from '@um/user';

type Db = Tx<OrderSchema>;

/** Whose orders: a child's own, a guest's, or an adult's together with those of the family's children. */
export type Mine =
  | { readonly child: string }
  | { readonly guest: string }
  | { readonly buyer: string; readonly family: string | null };

export interface SummaryRow {
  readonly id: string;
  readonly number: string;
  readonly state: OrderState;
  readonly placed_at: Date;
  readonly total: number;
  readonly child_id: string | null;
  readonly count: number;
  readonly pictures: string[];
}

/** Ids of a person's orders, newest first. Each branch walks its own index, so the list costs the same however many orders there are. */
function idsOf(mine: Mine, after: string | null, limit: number) {
  const older = after === null ? sql`true` : sql`id < ${after}`;
  if ('child' in mine)
    return sql`select id from orders where child_id = ${mine.child} and ${older} order by id desc limit ${limit}`;
  if ('guest' in mine)
    return sql`select id from orders where guest_id = ${mine.guest} and ${older} order by id desc limit ${limit}`;
  const bought = sql`(select id from orders where buyer_id = ${mine.buyer} and ${older} order by id desc limit ${limit})`;
  if (mine.family === null) return bought;
  return sql`select id from (${bought} union (select id from orders where family_id = ${mine.family} and ${older} order by id desc limit ${limit})) as both_kinds order by id desc limit ${limit}`;
}

/** A page of a person's orders, newest first, each with its number of units and up to four pictures. */
export async function listOrders(db: Db, mine: Mine, after: string | null, limit: number): Promise<SummaryRow[]> {
  const { rows } = await sql<SummaryRow>`
    select o.id, o.number, o.state, o.placed_at, o.total, o.child_id, l.count, l.pictures
    from (${idsOf(mine, after, limit)}) as ids join orders o on o.id = ids.id
    cross join lateral (
      select sum(qty)::int as count, coalesce((array_agg(picture_id order by n) filter (where picture_id is not null))[1:4], '{}') as pictures from line where order_id = o.id) as l
    order by o.id desc`.execute(db);
  return rows;
}

export interface TaskFilter {
  readonly stores: readonly string[];
  readonly state: SellerOrderState | undefined;
  readonly after: string | null;
  readonly limit: number;
}
export type TaskRow = SellerOrderRow & {
  readonly order_number: string;
  readonly order_state: OrderState;
  readonly placed_at: Date;
  readonly payment: PaymentMethod;
  readonly address: Address | null;
};

/** The seller orders of a subquery `s`, with what a seller may know of their orders. */
const tasks = (own: RawBuilder<unknown>) => sql<TaskRow>`
    select s.*, o.number as order_number, o.state as order_state, o.placed_at, o.payment, o.address from (${own}) as s join orders o on o.id = s.order_id order by s.id desc`;

/** Seller orders of some stores that may be worked on or were, newest first. Each store walks its own index. */
export async function listTasks(db: Db, { stores, state, after, limit }: TaskFilter): Promise<TaskRow[]> {
  const inState = state === undefined ? sql`true` : sql`p.state = ${state}`;
  const older = after === null ? sql`true` : sql`p.id < ${after}`;
  const own = sql`
    select newest.* from unnest(${stores}::uuid[]) as w(store_id)
    cross join lateral (select p.* from seller_order p where p.store_id = w.store_id and p.opened_at is not null and ${inState} and ${older} order by p.id desc limit ${limit}) as newest
    order by newest.id desc limit ${limit}`;
  return (await tasks(own).execute(db)).rows;
}

/** One seller order of some stores. */
export async function findTask(db: Db, id: string, stores: readonly string[]): Promise<TaskRow | undefined> {
  const { rows } = await tasks(
    sql`select p.* from seller_order p where p.id = ${id} and p.store_id = any(${stores}::uuid[]) and p.opened_at is not null`,
  ).execute(db);
  return rows[0];
}

export interface FactRow {
  readonly orderId: string;
  readonly number: string;
  readonly state: OrderState;
  readonly totalTiyin: number;
  readonly units: number;
  readonly approvalId: string | null;
  readonly childId: string | null;
}

/** Orders after an id, with the units that were not cancelled. */
export async function listFacts(db: Db, after: string | null, limit: number): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`
    select o.id as "orderId", o.number, o.state, o.total as "totalTiyin", o.approval_id as "approvalId", o.child_id as "childId",
      (select coalesce(sum(l.qty), 0)::int from line l join seller_order s on s.id = l.seller_order_id where l.order_id = o.id and s.state <> 'cancelled') as units
    from orders o where ${after}::uuid is null or o.id > ${after}::uuid order by o.id limit ${limit}`.execute(db);
  return rows;
}
