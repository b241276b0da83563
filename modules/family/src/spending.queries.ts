import type { Ctx, Tx } from '@um/kernel';
import { sql } from 'kysely';
import { windowKinds, type WindowKeys, type WindowKind } from './calendar.rules.js';
import type { FamilySchema } from './family.schema.js';

export type LimitsInForce = Readonly<Record<WindowKind, number | null>>;

/** Counters of a child's present windows; a window nobody spent in yet is zero. */
export async function countersOf(
  db: Tx<FamilySchema>,
  childId: string,
  keys: WindowKeys,
): Promise<Record<WindowKind, { reserved: number; settled: number }>> {
  const rows = await db
    .selectFrom('limit_counter')
    .select(['window_kind', 'reserved', 'settled'])
    .where('child_id', '=', childId)
    .where((eb) => eb.or(windowKinds.map((kind) => eb.and({ window_kind: kind, window_key: keys[kind] }))))
    .execute();
  const of = (kind: WindowKind) => rows.find((row) => row.window_kind === kind) ?? { reserved: 0, settled: 0 };
  return { day: of('day'), week: of('week'), month: of('month') };
}

/**
 * Adds `amount` to the reserved part of every window in one fixed order, each only when reserved + settled stays within
 * the limit in force (LIM-01, LIM-02; sorted order: no deadlocks). Answers the window that refused, or null. The caller rolls back on refusal.
 */
export async function reserveSpend(
  tx: Tx<FamilySchema>,
  childId: string,
  keys: WindowKeys,
  limits: LimitsInForce,
  amount: number,
): Promise<WindowKind | null> {
  for (const kind of windowKinds) {
    await tx
      .insertInto('limit_counter')
      .values({ child_id: childId, window_kind: kind, window_key: keys[kind] })
      .onConflict((oc) => oc.columns(['child_id', 'window_kind', 'window_key']).doNothing())
      .execute();
    const updated = await tx
      .updateTable('limit_counter')
      .set((eb) => ({ reserved: eb('reserved', '+', amount) }))
      .where('child_id', '=', childId)
      .where('window_kind', '=', kind)
      .where('window_key', '=', keys[kind])
      .where(
        sql<boolean>`(${limits[kind]}::bigint is null or reserved + settled + ${amount} <= ${limits[kind]}::bigint)`,
      )
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return kind;
  }
  return null;
}

export const insertHold = (
  tx: Tx<FamilySchema>,
  ctx: Ctx,
  hold: { approvalId: string; childId: string; amount: number; keys: WindowKeys; limits: LimitsInForce },
) =>
  tx
    .insertInto('spend_hold')
    .values({
      approval_id: hold.approvalId,
      child_id: hold.childId,
      amount: hold.amount,
      state: 'held',
      at: ctx.now,
      day_key: hold.keys.day,
      week_key: hold.keys.week,
      month_key: hold.keys.month,
      day_limit: hold.limits.day,
      week_limit: hold.limits.week,
      month_limit: hold.limits.month,
    })
    .execute();

/** Ends a hold; the counters of its own windows follow (LIM-04, LIM-05). False when it was ended before. */
export async function endHold(
  tx: Tx<FamilySchema>,
  approvalId: string,
  settled: number,
  state: 'settled' | 'released',
): Promise<boolean> {
  const hold = await tx
    .updateTable('spend_hold')
    .set({ state, settled_amount: settled })
    .where('approval_id', '=', approvalId)
    .where('state', '=', 'held')
    .returningAll()
    .executeTakeFirst();
  if (!hold) return false;
  const keys: WindowKeys = { day: hold.day_key, week: hold.week_key, month: hold.month_key };
  for (const kind of windowKinds) {
    await tx
      .updateTable('limit_counter')
      .set((eb) => ({
        reserved: eb('reserved', '-', hold.amount),
        settled: eb('settled', '+', Math.min(settled, hold.amount)),
      }))
      .where('child_id', '=', hold.child_id)
      .where('window_kind', '=', kind)
      .where('window_key', '=', keys[kind])
      .execute();
  }
  return true;
}

/** Takes spent money back out of the windows it was spent in: the order was cancelled and refunded. False when nothing was settled. */
export async function returnSpend(tx: Tx<FamilySchema>, approvalId: string): Promise<boolean> {
  const hold = await tx
    .updateTable('spend_hold')
    .set({ state: 'released' })
    .where('approval_id', '=', approvalId)
    .where('state', '=', 'settled')
    .returningAll()
    .executeTakeFirst();
  if (!hold) return false;
  const keys: WindowKeys = { day: hold.day_key, week: hold.week_key, month: hold.month_key };
  for (const kind of windowKinds) {
    await tx
      .updateTable('limit_counter')
      .set((eb) => ({ settled: eb('settled', '-', hold.settled_amount) }))
      .where('child_id', '=', hold.child_id)
      .where('window_kind', '=', kind)
      .where('window_key', '=', keys[kind])
      .execute();
  }
  return true;
}

/** Counters that differ from the sum of their holds, and holds beyond the limit that was in force (I4, LIM-03). */
export async function brokenCounters(db: Tx<FamilySchema>): Promise<{ checked: number; violations: string[] }> {
  const { rows } = await sql<{ child_id: string; window_kind: string; window_key: string; bad: boolean }>`
    with spent as (
      select h.child_id, w.kind, w.key,
        coalesce(sum(h.amount) filter (where h.state = 'held'), 0) as reserved,
        coalesce(sum(h.settled_amount) filter (where h.state = 'settled'), 0) as settled
      from spend_hold h cross join lateral (values ('day', h.day_key), ('week', h.week_key), ('month', h.month_key)) as w(kind, key)
      group by 1, 2, 3)
    select c.child_id, c.window_kind, c.window_key,
      (c.reserved <> coalesce(s.reserved, 0) or c.settled <> coalesce(s.settled, 0)) as bad
    from limit_counter c left join spent s on s.child_id = c.child_id and s.kind = c.window_kind and s.key = c.window_key`.execute(
    db,
  );
  return {
    checked: rows.length,
    violations: rows.filter((r) => r.bad).map((r) => `${r.child_id} ${r.window_kind} ${r.window_key}`),
  };
}

/** Holds that took a window beyond the limit that was in force when they were made (I4). */
export async function overLimit(db: Tx<FamilySchema>): Promise<string[]> {
  const { rows } = await sql<{ approval_id: string }>`
    select h.approval_id from spend_hold h
    cross join lateral (values ('day', h.day_key, h.day_limit), ('week', h.week_key, h.week_limit), ('month', h.month_key, h.month_limit)) as w(kind, key, allowed)
    where w.allowed is not null and h.state <> 'released' and w.allowed < (
      select coalesce(sum(case when e.state = 'held' then e.amount else e.settled_amount end), 0) from spend_hold e
      where e.child_id = h.child_id and e.state <> 'released' and e.at <= h.at
        and case w.kind when 'day' then e.day_key when 'week' then e.week_key else e.month_key end = w.key)`.execute(
    db,
  );
  return [...new Set(rows.map((r) => r.approval_id))];
}
