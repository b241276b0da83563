import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { InventorySchema } from './inventory.schema.js';

type Db = Tx<InventorySchema>;

export interface Check {
  readonly invariant: string;
  readonly checked: number;
  readonly violations: string[];
}
const SHOWN = 100;

/** I1: of each stock row, `on_hand >= reserved >= 0`, and `reserved` is the sum of what is held. */
export async function checkHeld(db: Db): Promise<Check> {
  const { rows } = await sql<{ checked: number; violations: string[] }>`
    with held as (
      select l.variant_id, l.location_id, sum(l.qty) as qty from reservation_line l join reservation r using (order_id) where r.state = 'held' group by 1, 2),
    bad as (
      select s.variant_id, s.on_hand, s.reserved, coalesce(h.qty, 0) as held from stock s left join held h using (variant_id, location_id)
      where s.reserved <> coalesce(h.qty, 0) or s.on_hand < s.reserved or s.reserved < 0)
    select (select count(*) from stock) as checked,
      coalesce((select array_agg(format('variant %s: on hand %s, reserved %s, held by orders %s', variant_id, on_hand, reserved, held)) from (select * from bad limit ${SHOWN}) b), '{}') as violations`.execute(
    db,
  );
  return { invariant: 'I1', ...rows[0]! };
}

/** I2: of each stock row, what was received less what was sold is what is left; each sale is in the journal once. */
export async function checkJournal(db: Db): Promise<Check> {
  const { rows } = await sql<{ checked: number; violations: string[] }>`
    with journal as (select variant_id, location_id, sum(qty) as qty from movement group by 1, 2),
    left_over as (
      select format('variant %s: on hand %s, the journal says %s', s.variant_id, s.on_hand, coalesce(j.qty, 0)) as text
      from stock s left join journal j using (variant_id, location_id) where s.on_hand <> coalesce(j.qty, 0)),
    sales as (
      select r.order_id, r.state, l.variant_id, l.qty, coalesce(sum(m.qty), 0) as journal
      from reservation r join reservation_line l using (order_id)
      left join movement m on m.order_id = l.order_id and m.variant_id = l.variant_id and m.location_id = l.location_id group by 1, 2, 3, 4, l.location_id),
    unsold as (
      select format('order %s, variant %s: %s with %s units, the journal says %s', order_id, variant_id, state, qty, -journal) as text
      from sales where journal <> case state when 'committed' then -qty else 0 end)
    select (select count(*) from stock) + (select count(*) from sales) as checked,
      coalesce((select array_agg(text) from (select text from left_over union all select text from unsold limit ${SHOWN}) b), '{}') as violations`.execute(
    db,
  );
  return { invariant: 'I2', ...rows[0]! };
}
