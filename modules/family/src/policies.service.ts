import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { inTx, record, type Ctx, type Db } from '@um/kernel';
import * as q from './children.queries.js';
import { policyChanged } from './contract.js';
import type { FamilySchema } from './family.schema.js';
import { withFollowers, type Follower } from './followers.js';
import { rememberFollowers } from './followers.queries.js';

const BATCH = 500;

/** Policies of many children at once: what the shop changes must never show a child what its parents hid. */
@Injectable()
export class PoliciesService {
  constructor(@Inject('family.db') private readonly db: Db<FamilySchema>) {}

  /** Hides what follows hidden categories; answers how many policies grew. Each parent sees it in the policy and in what happened lately. */
  async hideFollowers(ctx: Ctx, followers: readonly Follower[]): Promise<number> {
    const left = [...new Set(followers.flatMap(({ of }) => of))];
    if (left.length === 0) return 0;
    await inTx(this.db, (tx) => rememberFollowers(tx, followers));
    let changed = 0;
    for (let after: string | null = null; ;) {
      const rows: q.HidingRow[] = await inTx(this.db, async (tx) => {
        const found = await q.lockHiding(tx, { categories: left, after, limit: BATCH });
        for (const { id, family_id: familyId, policy } of found) {
          const hiddenCategories = withFollowers(policy.hiddenCategories, followers);
          if (!hiddenCategories) continue;
          const version = await q.putPolicy(tx, id, { ...policy, hiddenCategories });
          await q.addActivity(tx, ctx, id, 'policy', { version: version! });
          await record(tx, ctx, policyChanged, { childId: id, familyId, version: version! });
          const detail = { version: version!, followed: hiddenCategories.length - policy.hiddenCategories.length };
          await record(
            tx,
            ctx,
            auditRecorded,
            auditEntry(ctx, { action: 'child.policy-followed', subject: `child:${id}`, detail }),
          );
          changed += 1;
        }
        return found;
      });
      if (rows.length < BATCH) return changed;
      after = rows.at(-1)!.id;
    }
  }
}
