import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { inTx, newId, record, type Ctx, type Db, type Tx } from '@um/kernel';
import type { z } from 'zod';
import { LAPSE_MS, MAX_A_DAY, MAX_PENDING, needsAddress, waysToPay } from './approval.rules.js';
import * as q from './approvals.queries.js';
import { windowKeys } from './calendar.rules.js';
import { addActivity, findChild, guardiansOf } from './children.queries.js';
import {
  approvalAsked,
  approvalDecided,
  familyErrors,
  type ApprovalState,
  type AskSnapshot,
  type DecisionBody,
} from './contract.js';
import type { FamilySchema } from './family.schema.js';
import { endHold, insertHold, reserveSpend } from './spending.queries.js';

const DAY_MS = 86_400_000;
/** How long a parent has to decide (APP-04), in ms. */
const TTL_MS = 48 * 60 * 60_000;

type Approve = Extract<z.infer<typeof DecisionBody>, { decision: 'approve' }>;

/** The life of an ask (child-safety 3.2): asked, decided, ordered or ended. Money is held exactly while it may still be ordered. */
@Injectable()
export class ApprovalsService {
  constructor(@Inject('family.db') private readonly db: Db<FamilySchema>) {}

  /** Files an ask. An equal one that is still open is answered instead, its time is not extended (APP-10). */
  async ask(
    ctx: Ctx,
    input: { childId: string; snapshot: AskSnapshot; note: string | null },
  ): Promise<{ approvalId: string; state: ApprovalState }> {
    const child = await findChild(this.db, input.childId);
    if (!child) throw familyErrors.NO_CHILD();
    const id = newId(ctx.now);
    return inTx(this.db, async (tx) => {
      await q.lockChild(tx, child.id);
      const equal = await q.equalPending(tx, child.id, input.snapshot.hash);
      if (equal) return { approvalId: equal.id, state: equal.state };
      const counts = await q.askCounts(tx, child.id, new Date(ctx.now.getTime() - DAY_MS));
      if (counts.pending >= MAX_PENDING || counts.recent >= MAX_A_DAY) throw familyErrors.TOO_MANY_ASKS();
      await q.insertApproval(tx, ctx, {
        id,
        family_id: child.family_id,
        child_id: child.id,
        state: 'pending',
        snapshot: JSON.stringify(input.snapshot),
        snapshot_hash: input.snapshot.hash,
        total: input.snapshot.totalTiyin,
        note: input.note,
        reason: null,
        address: null,
        payment: null,
        decided_by: null,
        decided_at: null,
        order_id: null,
        asked_at: ctx.now,
        expires_at: new Date(ctx.now.getTime() + TTL_MS),
      });
      await addActivity(tx, ctx, child.id, 'asked', { approvalId: id, totalTiyin: input.snapshot.totalTiyin });
      await this.#tell(tx, ctx, approvalAsked, { id, family_id: child.family_id, child_id: child.id }, 'pending');
      return { approvalId: id, state: 'pending' as const };
    });
  }

  /** A guardian's answer. Approving holds the money in every window in the same transaction, so limits are never passed. */
  async decide(ctx: Ctx, approvalId: string, body: z.infer<typeof DecisionBody>): Promise<void> {
    const approval = await this.#guarded(ctx, approvalId);
    if (approval.state !== 'pending' || approval.expires_at <= ctx.now)
      throw familyErrors.BAD_STATE({ state: approval.state });
    if (body.decision === 'deny')
      return this.#end(ctx, approval, 'pending', 'denied', {
        reason: body.reason,
        decided_by: ctx.actor,
        decided_at: ctx.now,
      });
    if (body.snapshotHash !== approval.snapshot_hash) throw familyErrors.SEEN_DIFFERENT();
    const { lines } = approval.snapshot;
    if (!waysToPay(lines).includes(body.payment)) throw familyErrors.PAY_ONLINE();
    if (needsAddress(lines) && !body.address) throw familyErrors.ADDRESS_NEEDED();
    return this.#approve(ctx, approval, body);
  }

  async #approve(ctx: Ctx, approval: q.ApprovalRow, body: Approve): Promise<void> {
    await inTx(this.db, async (tx) => {
      const set = {
        address: body.address && needsAddress(approval.snapshot.lines) ? JSON.stringify(body.address) : null,
        payment: body.payment,
        decided_by: ctx.actor,
        decided_at: ctx.now,
      };
      if (!(await q.moveApproval(tx, ctx, approval.id, 'pending', 'approved', set))) throw familyErrors.BAD_STATE();
      await q.lockChild(tx, approval.child_id); // limits cannot change between reading and holding
      const child = await findChild(tx, approval.child_id);
      if (!child) throw familyErrors.NO_CHILD();
      const keys = windowKeys(ctx.now, child.time_zone);
      const limits = { day: child.day_limit, week: child.week_limit, month: child.month_limit };
      const refused = await reserveSpend(tx, child.id, keys, limits, approval.total);
      if (refused) throw familyErrors.LIMIT_REACHED({ window: refused });
      await insertHold(tx, ctx, { approvalId: approval.id, childId: child.id, amount: approval.total, keys, limits });
      await this.#decided(tx, ctx, approval, 'approved');
    });
  }

  /** A child takes its own ask back. */
  async cancel(ctx: Ctx, approvalId: string): Promise<void> {
    const approval = await q.findApproval(this.db, approvalId);
    if (!approval || approval.child_id !== ctx.child?.id) throw familyErrors.NO_APPROVAL();
    await this.#end(ctx, approval, 'pending', 'cancelled', {});
  }

  /** A guardian takes an approval back before it became an order (APP-18). */
  async revoke(ctx: Ctx, approvalId: string): Promise<void> {
    const approval = await this.#guarded(ctx, approvalId);
    await this.#end(ctx, approval, 'approved', 'revoked', {});
  }

  /** APPROVED -> ORDERING for exactly this order; again for the same order is fine (APP-05). */
  async startOrdering(ctx: Ctx, approvalId: string, orderId: string): Promise<void> {
    const moved = await inTx(this.db, (tx) =>
      q.moveApproval(tx, ctx, approvalId, 'approved', 'ordering', { order_id: orderId }),
    );
    if (moved) return;
    const approval = await q.findApproval(this.db, approvalId);
    if (!approval || approval.order_id !== orderId) throw familyErrors.BAD_STATE({ state: approval?.state ?? null });
  }

  async ordered(ctx: Ctx, approvalId: string, orderId: string): Promise<void> {
    const approval = await q.findApproval(this.db, approvalId);
    if (!approval || approval.order_id !== orderId) throw familyErrors.BAD_STATE();
    await inTx(this.db, async (tx) => {
      if (await q.moveApproval(tx, ctx, approvalId, 'ordering', 'ordered'))
        await this.#decided(tx, ctx, approval, 'ordered');
    });
  }

  /** What was approved cannot be ordered any more: CHANGED, the held money is free. Repeating it changes nothing. */
  async couldNotOrder(ctx: Ctx, approvalId: string, code: string): Promise<void> {
    const approval = await q.findApproval(this.db, approvalId);
    if (!approval || (approval.state !== 'approved' && approval.state !== 'ordering')) return;
    await this.#end(ctx, approval, approval.state, 'changed', { reason: code });
  }

  /** Ends what nobody decided or ordered in time. Run by a job; answers how many it ended. */
  async sweep(ctx: Ctx): Promise<number> {
    const rows = await q.overdue(this.db, ctx.now, new Date(ctx.now.getTime() - LAPSE_MS));
    for (const row of rows) {
      await inTx(this.db, async (tx) => {
        const to = row.state === 'pending' ? 'expired' : 'lapsed';
        if (!(await q.moveApproval(tx, ctx, row.id, row.state, to))) return;
        await endHold(tx, row.id, 0, 'released');
        await this.#decided(tx, ctx, row, to);
      });
    }
    return rows.length;
  }

  async #end(
    ctx: Ctx,
    approval: q.ApprovalRow,
    from: ApprovalState,
    to: ApprovalState,
    set: Parameters<typeof q.moveApproval>[5],
  ): Promise<void> {
    await inTx(this.db, async (tx) => {
      if (!(await q.moveApproval(tx, ctx, approval.id, from, to, set))) throw familyErrors.BAD_STATE();
      await endHold(tx, approval.id, 0, 'released');
      await this.#decided(tx, ctx, approval, to);
    });
  }

  async #guarded(ctx: Ctx, approvalId: string): Promise<q.ApprovalRow> {
    const approval = await q.findApproval(this.db, approvalId);
    const guardians = approval ? await guardiansOf(this.db, approval.family_id) : [];
    if (!approval || !guardians.some((g) => g.account_id === ctx.actor)) throw familyErrors.NO_APPROVAL();
    return approval;
  }

  async #decided(
    tx: Tx<FamilySchema>,
    ctx: Ctx,
    approval: { id: string; family_id: string; child_id: string },
    state: ApprovalState,
  ): Promise<void> {
    await addActivity(tx, ctx, approval.child_id, state, { approvalId: approval.id });
    await this.#tell(tx, ctx, approvalDecided, approval, state);
  }

  async #tell(
    tx: Tx<FamilySchema>,
    ctx: Ctx,
    def: typeof approvalAsked | typeof approvalDecided,
    approval: { id: string; family_id: string; child_id: string },
    state: ApprovalState,
  ): Promise<void> {
    const guardians = (await guardiansOf(tx, approval.family_id)).map((g) => g.account_id);
    await record(tx, ctx, def, {
      approvalId: approval.id,
      familyId: approval.family_id,
      childId: approval.child_id,
      guardians,
      state,
    });
    await record(
      tx,
      ctx,
      auditRecorded,
      auditEntry(ctx, { action: `approval.${state.replace('_', '-')}`, subject: `approval:${approval.id}` }),
    );
  }
}
