import { newId, type Ctx, type Tx } from '@um/kernel';
import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { ApprovalState } from './approval.js';
import type { ApprovalTable, FamilySchema } from './family.schema.js';

export type ApprovalRow = Selectable<ApprovalTable>;

/** Files an ask with its first history row. */
export async function insertApproval(tx: Tx<FamilySchema>, ctx: Ctx, row: Insertable<ApprovalTable>): Promise<void> {
  await tx.insertInto('approval').values(row).execute();
  await addHistory(tx, ctx, row.id, null, 'pending');
}

export const equalPending = (db: Tx<FamilySchema>, childId: string, hash: string) =>
  db
    .selectFrom('approval')
    .select(['id', 'state'])
    .where('child_id', '=', childId)
    .where('snapshot_hash', '=', hash)
    .where('state', '=', 'pending')
    .executeTakeFirst();

/** How many asks are open, and how many were made since a moment (APP-10). */
export async function askCounts(
  db: Tx<FamilySchema>,
  childId: string,
  since: Date,
): Promise<{ pending: number; recent: number }> {
  const { rows } = await sql<{ pending: number; recent: number }>`
    select count(*) filter (where state = 'pending') as pending, count(*) filter (where asked_at >= ${since}) as recent
    from approval where child_id = ${childId} and (state = 'pending' or asked_at >= ${since})`.execute(db);
  return rows[0]!;
}

/** Locks a child for the length of the transaction, so that its asks are counted and filed one after the other. */
export const lockChild = (tx: Tx<FamilySchema>, childId: string) =>
  tx.selectFrom('child').select('id').where('id', '=', childId).forUpdate().executeTakeFirst();

export const findApproval = (db: Tx<FamilySchema>, id: string): Promise<ApprovalRow | undefined> =>
  db.selectFrom('approval').selectAll().where('id', '=', id).executeTakeFirst();

export interface ListInput {
  readonly familyId: string;
  readonly childId: string | undefined;
  readonly state: ApprovalState | undefined;
  readonly after: { readonly at: string; readonly id: string } | null;
  readonly limit: number;
}

/** Asks of a family, or of one child, newest first. */
export const listApprovals = (db: Tx<FamilySchema>, input: ListInput): Promise<ApprovalRow[]> =>
  db
    .selectFrom('approval')
    .selectAll()
    .where('family_id', '=', input.familyId)
    .$if(input.childId !== undefined, (q) => q.where('child_id', '=', input.childId!))
    .$if(input.state !== undefined, (q) => q.where('state', '=', input.state!))
    .$if(input.after !== null, (q) =>
      q.where(sql<boolean>`(asked_at, id) < (${input.after?.at}::timestamptz, ${input.after?.id}::uuid)`),
    )
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit)
    .execute();

/** One conditional move with its history row; false when the ask was not in that state any more. */
export async function moveApproval(
  tx: Tx<FamilySchema>,
  ctx: Ctx,
  id: string,
  from: ApprovalState,
  to: ApprovalState,
  set: Updateable<ApprovalTable> = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable('approval')
    .set((eb) => ({ ...set, state: to, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) return false;
  await addHistory(tx, ctx, id, from, to);
  return true;
}

const addHistory = (
  tx: Tx<FamilySchema>,
  ctx: Ctx,
  approvalId: string,
  from: ApprovalState | null,
  to: ApprovalState,
) =>
  tx
    .insertInto('approval_history')
    .values({
      id: newId(ctx.now),
      approval_id: approvalId,
      from_state: from,
      to_state: to,
      by_account: ctx.actor,
      at: ctx.now,
    })
    .execute();

/** Asks whose time is over: pending past their expiry, approved ones nobody turned into an order since `lapsedBefore`. */
export const overdue = (db: Tx<FamilySchema>, now: Date, lapsedBefore: Date) =>
  db
    .selectFrom('approval')
    .select(['id', 'state', 'family_id', 'child_id'])
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'pending'), eb('expires_at', '<=', now)]),
        eb.and([eb('state', '=', 'approved'), eb('decided_at', '<=', lapsedBefore)]),
      ]),
    )
    .limit(200)
    .execute();

/** Asks that are ordered without a matching hold, or approved without one (I6 as far as this context knows). */
export async function looseApprovals(db: Tx<FamilySchema>): Promise<{ checked: number; violations: string[] }> {
  const { rows } = await sql<{ id: string; bad: boolean }>`
    select a.id, (h.approval_id is null or (a.state in ('approved', 'ordering') and h.state <> 'held') or a.snapshot->>'hash' <> a.snapshot_hash) as bad
    from approval a left join spend_hold h on h.approval_id = a.id where a.state in ('approved', 'ordering', 'ordered')`.execute(
    db,
  );
  return { checked: rows.length, violations: rows.filter((r) => r.bad).map((r) => r.id) };
}
