import { newId, type Ctx, type Tx } from '@um/kernel';
import type { Insertable, Selectable } from 'kysely';
import type { CommissionTerm, Store } from './contract.js';
import type { CommissionTermTable, StoreSchema, StoreTable } from './store.schema.js';

type Db = Tx<StoreSchema>;
export type StoreRow = Selectable<StoreTable> & { readonly commission_bp: number };

/** Stores with the commission in force at a time. */
const storesAt = (db: Db, at: Date) =>
  db.selectFrom('store').innerJoinLateral(
    (eb) =>
      eb
        .selectFrom('commission_term')
        .select(['basis_points as commission_bp', 'valid_from'])
        .whereRef('commission_term.store_id', '=', 'store.id')
        .where('valid_from', '<=', at)
        .orderBy('valid_from', 'desc')
        .orderBy('commission_term.id', 'desc')
        .limit(1)
        .as('term'),
    (join) => join.onTrue(),
  );

const COLUMNS = ['id', 'slug', 'name', 'description', 'city', 'state', 'created_at'] as const;

const storeRows = (db: Db, at: Date) =>
  storesAt(db, at)
    .select(COLUMNS.map((column) => `store.${column}` as const))
    .select('term.commission_bp');

export const storesById = (db: Db, ids: readonly string[], at: Date): Promise<StoreRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : storeRows(db, at).where('store.id', 'in', ids).execute();

export const storeById = (db: Db, id: string, at: Date): Promise<StoreRow | undefined> =>
  storeRows(db, at).where('store.id', '=', id).executeTakeFirst();

export const storeBySlug = (db: Db, slug: string, at: Date): Promise<StoreRow | undefined> =>
  storeRows(db, at).where('store.slug', '=', slug).executeTakeFirst();

/** The stores an account works for, with what it is there, the longest first. */
export const storesOfAccount = (db: Db, accountId: string, at: Date) =>
  storeRows(db, at)
    .innerJoin('member', 'member.store_id', 'store.id')
    .select('member.role')
    .where('member.account_id', '=', accountId)
    .orderBy('member.created_at')
    .orderBy('store.id')
    .execute();

/** The newest stores first. */
export function listStores(
  db: Db,
  at: Date,
  page: { state?: Store['state'] | undefined; before?: string | undefined; limit: number },
): Promise<StoreRow[]> {
  let rows = storeRows(db, at).orderBy('store.id', 'desc').limit(page.limit);
  if (page.before) rows = rows.where('store.id', '<', page.before);
  if (page.state) rows = rows.where('store.state', '=', page.state);
  return rows.execute();
}

/** Writes the store unless its slug is taken. */
export async function insertStore(db: Db, row: Insertable<StoreTable>): Promise<boolean> {
  const done = await db
    .insertInto('store')
    .values(row)
    .onConflict((oc) => oc.column('slug').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Moves a store from one state to another; false when it is no longer in the first. */
export async function moveStore(
  db: Db,
  ctx: Ctx,
  move: { id: string; from: Store['state']; to: Store['state']; reason: string },
): Promise<boolean> {
  const done = await db
    .updateTable('store')
    .set({ state: move.to })
    .where('id', '=', move.id)
    .where('state', '=', move.from)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) return false;
  await addHistory(db, ctx, { storeId: move.id, from: move.from, to: move.to, reason: move.reason });
  return true;
}

export const addHistory = (
  db: Db,
  ctx: Ctx,
  h: { storeId: string; from: Store['state'] | null; to: Store['state']; reason: string | null },
) =>
  db
    .insertInto('store_history')
    .values({
      id: newId(ctx.now),
      store_id: h.storeId,
      from_state: h.from,
      to_state: h.to,
      by_account: ctx.actor,
      reason: h.reason,
      at: ctx.now,
    })
    .execute();

export const addMember = (db: Db, storeId: string, accountId: string, role: 'owner' | 'staff', now: Date) =>
  db
    .insertInto('member')
    .values({ store_id: storeId, account_id: accountId, role, created_at: now })
    .onConflict((oc) => oc.doNothing())
    .execute();

export const membersOf = (db: Db, storeId: string) =>
  db
    .selectFrom('member')
    .select(['account_id', 'role'])
    .where('store_id', '=', storeId)
    .orderBy('created_at')
    .orderBy('account_id')
    .execute();

export const addTerm = (db: Db, row: Insertable<CommissionTermTable>) =>
  db.insertInto('commission_term').values(row).execute();

/** Every term a store ever had or will have, the latest first. */
export async function termsOf(db: Db, storeId: string): Promise<CommissionTerm[]> {
  const rows = await db
    .selectFrom('commission_term')
    .selectAll()
    .where('store_id', '=', storeId)
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    storeId: row.store_id,
    commissionBp: row.basis_points,
    validFrom: row.valid_from.toISOString(),
  }));
}

/** The terms of each store in force at a time. */
export async function termsInForce(db: Db, storeIds: readonly string[], at: Date): Promise<CommissionTerm[]> {
  if (storeIds.length === 0) return [];
  const rows = await storesAt(db, at)
    .select(['store.id', 'term.commission_bp', 'term.valid_from'])
    .where('store.id', 'in', storeIds)
    .execute();
  return rows.map((row) => ({
    storeId: row.id,
    commissionBp: row.commission_bp,
    validFrom: row.valid_from.toISOString(),
  }));
}
