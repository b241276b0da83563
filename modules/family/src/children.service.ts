import { Inject, Injectable } from '@nestjs/common';
import { auth } from '@um/auth';
import { auditEntry, auditRecorded } from '@um/audit';
import { inTx, isUniqueViolation, money, newId, record, Uses, type Client, type Ctx, type Db } from '@um/kernel';
import type { z } from 'zod';
import { ageInMonths, bandOf, localDate, windowKeys, windowKinds, type WindowKind } from './calendar.rules.js';
import * as q from './children.queries.js';
import { withFollowers } from './followers.js';
import { followersAmong } from './followers.queries.js';
import {
  CONSENT_VERSION,
  consentChanged,
  familyErrors,
  policyChanged,
  type ChildView,
  type ConsentView,
  type LimitsBody,
  type NewChild,
  type PatchChild,
  type Policy,
  type PolicyBody,
  type SpendingWindow,
  type WatchView,
} from './contract.js';
import type { FamilySchema } from './family.schema.js';
import { countersOf } from './spending.queries.js';

const OPEN_POLICY: Omit<z.infer<typeof Policy>, 'version'> = {
  hiddenCategories: [],
  hiddenStores: [],
  hiddenHazards: [],
  maxPriceTiyin: null,
};

/** Children's profiles: opening, policy, limits, consent. Everything is done by a guardian of the child's own family. */
@Injectable()
export class ChildrenService {
  constructor(
    @Inject('family.db') private readonly db: Db<FamilySchema>,
    @Uses(auth) private readonly accounts: Client<typeof auth>,
  ) {}

  /** Opens a profile with its consent, PIN and limits; the first child opens the family. */
  async open(ctx: Ctx, input: z.infer<typeof NewChild>): Promise<ChildView> {
    const familyId = await this.#familyFor(ctx);
    const age = ageInMonths(input.birthDate, localDate(ctx.now, 'Asia/Tashkent'));
    if (age < 0 || age >= 18 * 12) throw familyErrors.NOT_A_CHILD_AGE();
    const childId = newId(ctx.now);
    const limits = input.limits ?? { dayTiyin: null, weekTiyin: null, monthTiyin: null };
    await inTx(this.db, async (tx) => {
      await q.insertChild(tx, {
        id: childId,
        family_id: familyId,
        nickname: input.nickname,
        birth_date: input.birthDate,
        avatar: input.avatar,
        policy: JSON.stringify(OPEN_POLICY),
        day_limit: limits.dayTiyin,
        week_limit: limits.weekTiyin,
        month_limit: limits.monthTiyin,
        created_at: ctx.now,
      });
      const consent = {
        child_id: childId,
        version: CONSENT_VERSION,
        state: 'active' as const,
        method: 'signed_in_guardian',
        given_by: ctx.actor!,
        at: ctx.now,
      };
      await q.insertConsents(
        tx,
        input.consent.purposes.map((purpose) => ({ ...consent, id: newId(ctx.now), purpose })),
      );
      await q.addActivity(tx, ctx, childId, 'profile', { step: 'opened' });
      for (const purpose of input.consent.purposes)
        await record(tx, ctx, consentChanged, { childId, familyId, purpose, state: 'active' });
      await this.#audit(tx, ctx, 'child.opened', childId, {
        purposes: input.consent.purposes.length,
        version: CONSENT_VERSION,
      });
    });
    await this.accounts.openChild(ctx, {
      childId,
      familyId,
      nickname: input.nickname,
      avatar: input.avatar,
      pin: input.pin,
    });
    return this.get(ctx, childId, familyId);
  }

  async list(ctx: Ctx): Promise<ChildView[]> {
    const family = await q.familyOf(this.db, ctx.actor!);
    if (!family) return [];
    const rows = await q.childrenOf(this.db, family.id);
    return Promise.all(rows.map((row) => this.#view(ctx, row)));
  }

  /** A child of the actor's family; anybody else's is not found. */
  async get(ctx: Ctx, childId: string, familyId?: string): Promise<ChildView> {
    return this.#view(ctx, await this.#own(ctx, childId, familyId));
  }

  async patch(ctx: Ctx, childId: string, input: z.infer<typeof PatchChild>): Promise<ChildView> {
    const child = await this.#own(ctx, childId);
    await inTx(this.db, async (tx) => {
      if (input.nickname !== undefined || input.avatar !== undefined) await q.patchChild(tx, childId, input);
      await q.addActivity(tx, ctx, childId, 'profile', { step: 'changed' });
      await this.#audit(tx, ctx, 'child.changed', childId, { pin: input.pin !== undefined });
    });
    await this.accounts.describe(ctx, {
      accountId: childId,
      name: input.nickname ?? child.nickname,
      avatar: input.avatar ?? child.avatar,
    });
    if (input.pin !== undefined) await this.accounts.setChildPin(ctx, { childId, pin: input.pin });
    return this.get(ctx, childId);
  }

  /**
   * Raises `family.POLICY_CHANGED` for a policy that is not the one to be replaced any more. Who does not say which one it is
   * cannot have seen what followed hidden categories meanwhile: that stays hidden, as long as what it followed does.
   */
  async putPolicy(
    ctx: Ctx,
    childId: string,
    { version: replaced, ...policy }: z.infer<typeof PolicyBody>,
  ): Promise<ChildView> {
    const child = await this.#own(ctx, childId);
    await inTx(this.db, async (tx) => {
      const hidden = policy.hiddenCategories;
      const before = replaced === undefined ? await q.lockHidden(tx, childId) : [];
      const hiddenCategories = withFollowers(hidden, await followersAmong(tx, before)) ?? hidden;
      const version = await q.putPolicy(tx, childId, { ...policy, hiddenCategories }, replaced);
      if (version === undefined) throw familyErrors.POLICY_CHANGED();
      await q.addActivity(tx, ctx, childId, 'policy', { version });
      await record(tx, ctx, policyChanged, { childId, familyId: child.family_id, version });
      await this.#audit(tx, ctx, 'child.policy-changed', childId, { version });
    });
    return this.get(ctx, childId);
  }

  /** Sets the limits of new spending; nothing that was held or spent is touched (LIM-08). */
  async putLimits(ctx: Ctx, childId: string, limits: z.infer<typeof LimitsBody>): Promise<ChildView> {
    await this.#own(ctx, childId);
    await inTx(this.db, async (tx) => {
      await q.putLimits(tx, childId, { day: limits.dayTiyin, week: limits.weekTiyin, month: limits.monthTiyin });
      await q.addActivity(tx, ctx, childId, 'limits', { ...limits });
      await this.#audit(tx, ctx, 'child.limits-changed', childId, { ...limits });
    });
    return this.get(ctx, childId);
  }

  async consents(ctx: Ctx): Promise<z.infer<typeof ConsentView>[]> {
    const family = await q.familyOf(this.db, ctx.actor!);
    if (!family) return [];
    const rows = await q.consentsOf(this.db, family.id);
    return rows.map((r) => ({
      id: r.id,
      childId: r.child_id,
      purpose: r.purpose,
      version: r.version,
      state: r.state,
      method: r.method,
      at: r.at.toISOString(),
    }));
  }

  /** Withdraws a consent; from now on nothing that needs it is possible. */
  async withdraw(ctx: Ctx, childId: string, purpose: z.infer<typeof ConsentView>['purpose']): Promise<void> {
    const child = await this.#own(ctx, childId);
    await inTx(this.db, async (tx) => {
      await q.insertConsents(tx, [
        {
          id: newId(ctx.now),
          child_id: childId,
          purpose,
          version: CONSENT_VERSION,
          state: 'withdrawn',
          method: 'signed_in_guardian',
          given_by: ctx.actor!,
          at: ctx.now,
        },
      ]);
      await record(tx, ctx, consentChanged, { childId, familyId: child.family_id, purpose, state: 'withdrawn' });
      await this.#audit(tx, ctx, 'consent.withdrawn', childId, { purpose });
    });
  }

  async activity(ctx: Ctx, childId: string) {
    await this.#own(ctx, childId);
    const rows = await q.activityOf(this.db, childId, 100);
    return rows.map((r) => ({ kind: r.kind as 'asked', detail: r.detail, at: r.at.toISOString() }));
  }

  /** What the child itself may know about being looked after (UXP, F08). */
  async watching(ctx: Ctx): Promise<z.infer<typeof WatchView>> {
    const child = await q.findChild(this.db, ctx.child!.id);
    if (!child) throw familyErrors.NO_CHILD();
    const guardians = await q.guardiansOf(this.db, child.family_id);
    const max = child.policy.maxPriceTiyin;
    return {
      nickname: child.nickname,
      avatar: child.avatar,
      guardians: guardians.map((g) => g.name),
      seen: ['asks', 'orders', 'limits', 'sign_ins'],
      spending: await this.spending(ctx, child),
      maxPrice: max === null ? null : money(max),
    };
  }

  /** What is held, spent and left in each present window. */
  async spending(ctx: Ctx, child: q.ChildRow): Promise<z.infer<typeof SpendingWindow>[]> {
    const counters = await countersOf(this.db, child.id, windowKeys(ctx.now, child.time_zone));
    const limits = { day: child.day_limit, week: child.week_limit, month: child.month_limit };
    return windowKinds.map((window: WindowKind) => {
      const { reserved, settled } = counters[window];
      const limit = limits[window];
      return {
        window,
        limit: limit === null ? null : money(limit),
        held: money(reserved),
        settled: money(settled),
        left: limit === null ? null : money(Math.max(0, limit - reserved - settled)),
      };
    });
  }

  async #own(ctx: Ctx, childId: string, familyId?: string): Promise<q.ChildRow> {
    const mine = familyId ?? (await q.familyOf(this.db, ctx.actor!))?.id;
    const child = await q.findChild(this.db, childId);
    if (!child || child.family_id !== mine) throw familyErrors.NO_CHILD();
    return child;
  }

  async #familyFor(ctx: Ctx): Promise<string> {
    const known = await q.familyOf(this.db, ctx.actor!);
    const familyId = known?.id ?? (await this.#openFamily(ctx));
    await this.accounts.joinFamily(ctx, { accountId: ctx.actor!, familyId });
    return familyId;
  }

  async #openFamily(ctx: Ctx): Promise<string> {
    const account = await this.accounts.account(ctx, { id: ctx.actor! });
    const familyId = newId(ctx.now);
    try {
      await inTx(this.db, async (tx) => {
        if (!(await q.insertFamily(tx, ctx, { familyId, accountId: ctx.actor!, name: account?.name ?? '' })))
          throw familyErrors.BAD_STATE();
        await this.#audit(tx, ctx, 'family.opened', familyId, {});
      });
      return familyId;
    } catch (error) {
      const other = await q.familyOf(this.db, ctx.actor!); // two first children at once: the other request opened it
      if (other) return other.id;
      throw isUniqueViolation(error) ? familyErrors.BAD_STATE() : error;
    }
  }

  async #view(ctx: Ctx, row: q.ChildRow): Promise<ChildView> {
    const ageMonths = ageInMonths(row.birth_date, localDate(ctx.now, row.time_zone));
    return {
      id: row.id,
      nickname: row.nickname,
      avatar: row.avatar,
      birthDate: row.birth_date,
      ageMonths,
      band: bandOf(ageMonths),
      limits: { dayTiyin: row.day_limit, weekTiyin: row.week_limit, monthTiyin: row.month_limit },
      spending: await this.spending(ctx, row),
      policy: { ...row.policy, version: row.policy_version },
      createdAt: row.created_at.toISOString(),
    };
  }

  #audit(
    tx: Parameters<Parameters<typeof inTx<FamilySchema, void>>[1]>[0],
    ctx: Ctx,
    action: string,
    childId: string,
    detail: Record<string, string | number | boolean | null>,
  ): Promise<void> {
    return record(tx, ctx, auditRecorded, auditEntry(ctx, { action, subject: `child:${childId}`, detail }));
  }
}
