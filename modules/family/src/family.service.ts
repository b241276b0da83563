import { Inject, Injectable } from '@nestjs/common';
import { inTx, type Ctx, type Db, type Handlers } from '@um/kernel';
import type { z } from 'zod';
import { gate } from './approval.rules.js';
import { ApprovalsService } from './approvals.service.js';
import * as approvals from './approvals.queries.js';
import { ageInMonths, localDate } from './calendar.rules.js';
import { consentActive, findChild, guardiansOf } from './children.queries.js';
import {
  familyErrors,
  type ApprovedAsk,
  type AskLine,
  type AskSnapshot,
  type family,
  type Viewer,
} from './contract.js';
import type { FamilySchema } from './family.schema.js';
import { PoliciesService } from './policies.service.js';
import type { Follower } from './followers.js';
import { brokenCounters, endHold, overLimit, returnSpend } from './spending.queries.js';

/** What the family context answers to others. */
@Injectable()
export class FamilyService implements Handlers<typeof family> {
  constructor(
    @Inject('family.db') private readonly db: Db<FamilySchema>,
    @Inject(ApprovalsService) private readonly asks: ApprovalsService,
    @Inject(PoliciesService) private readonly policies: PoliciesService,
  ) {}

  async viewerOf(ctx: Ctx, { childId }: { childId: string }): Promise<Viewer> {
    const child = await findChild(this.db, childId);
    if (!child || !(await consentActive(this.db, childId, 'profile'))) throw familyErrors.NO_CHILD();
    return {
      kind: 'child',
      ageMonths: ageInMonths(child.birth_date, localDate(ctx.now, child.time_zone)),
      ...child.policy,
      policyVersion: child.policy_version,
    };
  }

  async authorizeSpend(ctx: Ctx, { childId, lines }: { childId: string; lines: AskLine[]; totalTiyin: number }) {
    const viewer = await this.viewerOf(ctx, { childId });
    return gate(viewer, lines, await consentActive(this.db, childId, 'shopping'));
  }

  ask(ctx: Ctx, input: { childId: string; snapshot: AskSnapshot; note: string | null }) {
    return this.asks.ask(ctx, input);
  }

  async approved(_ctx: Ctx, { approvalId }: { approvalId: string }): Promise<z.input<typeof ApprovedAsk> | null> {
    const row = await approvals.findApproval(this.db, approvalId);
    if (!row || !row.decided_by || !row.payment) return null;
    return {
      approvalId,
      familyId: row.family_id,
      childId: row.child_id,
      approvedBy: row.decided_by,
      state: row.state,
      orderId: row.order_id,
      snapshot: row.snapshot,
      address: row.address,
      payment: row.payment,
    };
  }

  async startOrdering(ctx: Ctx, { approvalId, orderId }: { approvalId: string; orderId: string }) {
    await this.asks.startOrdering(ctx, approvalId, orderId);
    return {};
  }

  async ordered(ctx: Ctx, { approvalId, orderId }: { approvalId: string; orderId: string }) {
    await this.asks.ordered(ctx, approvalId, orderId);
    return {};
  }

  async couldNotOrder(ctx: Ctx, { approvalId, code }: { approvalId: string; code: string }) {
    await this.asks.couldNotOrder(ctx, approvalId, code);
    return {};
  }

  async settleSpend(_ctx: Ctx, { approvalId, amountTiyin }: { approvalId: string; amountTiyin: number }) {
    await inTx(this.db, (tx) => endHold(tx, approvalId, amountTiyin, 'settled'));
    return {};
  }

  /** Frees held money, or takes spent money back out of the windows it was spent in. Repeating it changes nothing. */
  async releaseSpend(_ctx: Ctx, { approvalId }: { approvalId: string }) {
    await inTx(this.db, async (tx) => {
      if (!(await endHold(tx, approvalId, 0, 'released'))) await returnSpend(tx, approvalId);
    });
    return {};
  }

  async guardians(_ctx: Ctx, { familyId }: { familyId: string }) {
    return (await guardiansOf(this.db, familyId)).map((g) => g.account_id);
  }

  async hideFollowers(ctx: Ctx, { followers }: { followers: Follower[] }) {
    return { children: await this.policies.hideFollowers(ctx, followers) };
  }

  async checkInvariants() {
    const counters = await brokenCounters(this.db);
    const beyond = await overLimit(this.db);
    const loose = await approvals.looseApprovals(this.db);
    return [
      { invariant: 'I4', checked: counters.checked, violations: [...counters.violations, ...beyond] },
      { invariant: 'I6', checked: loose.checked, violations: loose.violations },
    ];
  }
}
