import type { Db } from '@um/kernel';
import { sql } from 'kysely';
import type { OrderSchema } from './order.schema.js';

export interface Check {
  readonly invariant: string;
  readonly checked: number;
  readonly violations: string[];
}

/** I10: every figure of an order follows from the frozen price, rate and terms of its lines. */
export async function figuresAgree(db: Db<OrderSchema>): Promise<Check> {
  const { rows } = await sql<{ checked: number; violations: string[] }>`
    with lines as (
      select l.order_id, l.seller_order_id, sum(l.line_total) as goods, sum(l.vat) as vat, sum(l.commission) as commission,
        bool_or((l.vat <> case when l.parts is null then floor((l.line_total * l.vat_rate * 2 + 100 + l.vat_rate)::numeric / (2 * (100 + l.vat_rate)))
            else (select case when sum(p.share) = l.line_total then sum(floor((p.share * p."vatRate" * 2 + 100 + p."vatRate")::numeric / (2 * (100 + p."vatRate")))) end
              from jsonb_to_recordset(l.parts) as p(share bigint, "vatRate" int)) end) is not false
          or l.commission <> floor((l.line_total * s.commission_bp + 5000)::numeric / 10000)) as bad
      from line l join seller_order s on s.id = l.seller_order_id group by l.order_id, l.seller_order_id),
    parts as (
      select s.order_id, sum(s.goods) as goods, sum(l.vat) as vat, bool_or(l.bad is not false or s.goods <> l.goods or s.commission <> l.commission) as bad
      from seller_order s left join lines l on l.seller_order_id = s.id group by s.order_id)
    select count(*) as checked, coalesce(array_agg('order ' || o.number) filter (
      where p.bad is not false or o.goods <> p.goods or o.vat <> p.vat or o.total <> o.goods - o.discount + o.delivery), '{}') as violations
    from orders o left join parts p on p.order_id = o.id`.execute(db);
  return { invariant: 'I10', ...rows[0]! };
}

/** Orders and their parts tell the same story: a finished order has finished parts, an unpaid one is hidden from sellers. */
export async function statesAgree(db: Db<OrderSchema>): Promise<Check> {
  const { rows } = await sql<{ checked: number; violations: string[] }>`
    select count(*) as checked, coalesce(array_agg('seller order ' || s.number || ' is ' || s.state || ' in an order that is ' || o.state) filter (
      where (o.state in ('cancelled', 'expired') and s.state <> 'cancelled')
        or (o.state = 'completed' and s.state not in ('delivered', 'cancelled', 'returned'))
        or (o.state in ('paid', 'confirmed') and s.opened_at is null)
        or (o.state = 'pending_payment' and (s.state <> 'new' or s.opened_at is not null))), '{}') as violations
    from seller_order s join orders o on o.id = s.order_id`.execute(db);
  return { invariant: 'order-states', ...rows[0]! };
}

/** Children's orders after an id, for comparing with what was approved (I6). */
export const childrensOrders = (db: Db<OrderSchema>, after: string | null, limit: number) =>
  db
    .selectFrom('orders')
    .select(['id as orderId', 'number', 'child_id', 'approval_id', 'snapshot_hash', 'total'])
    .where('child_id', 'is not', null)
    .$if(after !== null, (q) => q.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .execute();

/** Orders after an id that have not moved since a moment, so that what follows from their last move is done. */
export const restingOrders = (db: Db<OrderSchema>, before: Date, after: string | null, limit: number) =>
  db
    .selectFrom('orders')
    .select(['id as orderId', 'number', 'state'])
    .where('changed_at', '<=', before)
    .$if(after !== null, (q) => q.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .execute();
