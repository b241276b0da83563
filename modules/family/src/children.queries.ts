import { newId, type Ctx, type Tx } from '@um/kernel';
import type { FamilySchema, ChildTable, ConsentTable } from './family.schema.js';
import { sql, type Insertable, type Selectable } from 'kysely';

export type ChildRow = Selectable<ChildTable> & { readonly time_zone: string };

/** The family of a guardian, or undefined when the account has none yet. */
export const familyOf = (db: Tx<FamilySchema>, accountId: string) =>
  db
    .selectFrom('guardian')
    .innerJoin('family', 'family.id', 'guardian.family_id')
    .select(['family.id', 'family.time_zone'])
    .where('guardian.account_id', '=', accountId)
    .executeTakeFirst();

/** Opens a family with its owner; false when the account already has one (two requests at once). */
export async function insertFamily(
  tx: Tx<FamilySchema>,
  ctx: Ctx,
  owner: { familyId: string; accountId: string; name: string },
): Promise<boolean> {
  await tx.insertInto('family').values({ id: owner.familyId, created_at: ctx.now }).execute();
  const inserted = await tx
    .insertInto('guardian')
    .values({
      account_id: owner.accountId,
      family_id: owner.familyId,
      role: 'owner',
      name: owner.name,
      created_at: ctx.now,
    })
    .onConflict((oc) => oc.column('account_id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export const guardiansOf = (db: Tx<FamilySchema>, familyId: string) =>
  db
    .selectFrom('guardian')
    .select(['account_id', 'name'])
    .where('family_id', '=', familyId)
    .orderBy('created_at')
    .execute();

export const insertChild = (tx: Tx<FamilySchema>, child: Insertable<ChildTable>) =>
  tx.insertInto('child').values(child).execute();

const childRows = (db: Tx<FamilySchema>) =>
  db
    .selectFrom('child')
    .innerJoin('family', 'family.id', 'child.family_id')
    .selectAll('child')
    .select('family.time_zone');

export const findChild = (db: Tx<FamilySchema>, childId: string): Promise<ChildRow | undefined> =>
  childRows(db).where('child.id', '=', childId).executeTakeFirst();

export const childrenOf = (db: Tx<FamilySchema>, familyId: string): Promise<ChildRow[]> =>
  childRows(db).where('child.family_id', '=', familyId).orderBy('child.created_at').execute();

export const patchChild = (
  tx: Tx<FamilySchema>,
  childId: string,
  patch: { nickname?: string | undefined; avatar?: ChildTable['avatar'] | undefined },
) =>
  tx
    .updateTable('child')
    .set({
      ...(patch.nickname === undefined ? {} : { nickname: patch.nickname }),
      ...(patch.avatar === undefined ? {} : { avatar: patch.avatar }),
    })
    .where('id', '=', childId)
    .execute();

/** Replaces the policy; its version grows by one and is answered. Undefined when it is not the given one any more. */
export async function putPolicy(
  tx: Tx<FamilySchema>,
  childId: string,
  policy: object,
  version?: number,
): Promise<number | undefined> {
  const row = await tx
    .updateTable('child')
    .set((eb) => ({ policy: JSON.stringify(policy), policy_version: eb('policy_version', '+', 1) }))
    .where('id', '=', childId)
    .$if(version !== undefined, (q) => q.where('policy_version', '=', version!))
    .returning('policy_version')
    .executeTakeFirst();
  return row?.policy_version;
}

/** The categories that a policy hides, locked together with it. */
export async function lockHidden(tx: Tx<FamilySchema>, childId: string): Promise<readonly string[]> {
  const row = await tx.selectFrom('child').select('policy').where('id', '=', childId).forUpdate().executeTakeFirst();
  return row?.policy.hiddenCategories ?? [];
}

export type HidingRow = Pick<Selectable<ChildTable>, 'id' | 'family_id' | 'policy'>;

/** The next children from whom one of the categories is hidden, locked, in the order of ids. */
export const lockHiding = (
  tx: Tx<FamilySchema>,
  { categories, after, limit }: { categories: readonly string[]; after: string | null; limit: number },
): Promise<HidingRow[]> =>
  tx
    .selectFrom('child')
    .select(['id', 'family_id', 'policy'])
    .where(sql<boolean>`policy->'hiddenCategories' ?| ${categories}::text[]`)
    .$if(after !== null, (q) => q.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute();

export const putLimits = (
  tx: Tx<FamilySchema>,
  childId: string,
  limits: { day: number | null; week: number | null; month: number | null },
) =>
  tx
    .updateTable('child')
    .set({ day_limit: limits.day, week_limit: limits.week, month_limit: limits.month })
    .where('id', '=', childId)
    .execute();

export const insertConsents = (tx: Tx<FamilySchema>, rows: readonly Insertable<ConsentTable>[]) =>
  tx
    .insertInto('consent')
    .values([...rows])
    .execute();

export const consentsOf = (db: Tx<FamilySchema>, familyId: string) =>
  db
    .selectFrom('consent')
    .innerJoin('child', 'child.id', 'consent.child_id')
    .selectAll('consent')
    .where('child.family_id', '=', familyId)
    .orderBy('consent.at', 'desc')
    .execute();

/** The newest word on a purpose: true when it is an active consent. */
export async function consentActive(
  db: Tx<FamilySchema>,
  childId: string,
  purpose: ConsentTable['purpose'],
): Promise<boolean> {
  const row = await db
    .selectFrom('consent')
    .select('state')
    .where('child_id', '=', childId)
    .where('purpose', '=', purpose)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.state === 'active';
}

export const addActivity = (
  tx: Tx<FamilySchema>,
  ctx: Ctx,
  childId: string,
  kind: string,
  detail: Record<string, string | number | null>,
) =>
  tx
    .insertInto('activity')
    .values({ id: newId(ctx.now), child_id: childId, kind, detail: JSON.stringify(detail), at: ctx.now })
    .execute();

export const activityOf = (db: Tx<FamilySchema>, childId: string, limit: number) =>
  db
    .selectFrom('activity')
    .select(['kind', 'detail', 'at'])
    .where('child_id', '=', childId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
