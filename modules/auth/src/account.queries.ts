import type { Tx } from '@um/kernel';
import { sql, type Insertable, type Selectable } from 'kysely';
import type { AccountTable, AuthSchema } from './auth.schema.js';
import type { AccountRole } from './contract.js';

type Db = Tx<AuthSchema>;
export type AccountRow = Selectable<AccountTable>;

/** Writes an account; false when its e-mail or id is taken. */
export async function insertAccount(db: Db, account: Insertable<AccountTable>): Promise<boolean> {
  const done = await db
    .insertInto('account')
    .values(account)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export const accountById = (db: Db, id: string): Promise<AccountRow | undefined> =>
  db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();

export const accountByEmail = (db: Db, email: string): Promise<AccountRow | undefined> =>
  db.selectFrom('account').selectAll().where('email', '=', email).executeTakeFirst();

/** Reads an account and keeps others from changing it until the transaction ends. */
export const lockAccount = (db: Db, id: string): Promise<AccountRow | undefined> =>
  db.selectFrom('account').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Changes columns of an account; false when there is none. */
export async function updateAccount(
  db: Db,
  id: string,
  change: Partial<Pick<AccountRow, 'name' | 'avatar' | 'secret_hash' | 'roles' | 'family_id' | 'blocked_at'>>,
): Promise<boolean> {
  const done = await db.updateTable('account').set(change).where('id', '=', id).executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export const childrenOfFamily = (db: Db, familyId: string) =>
  db
    .selectFrom('account')
    .select(['id', 'name', 'avatar'])
    .where('family_id', '=', familyId)
    .where('kind', '=', 'child')
    .where('blocked_at', 'is', null)
    .orderBy('created_at')
    .execute();

/** Ids of admins who can act, locked in one order: two who remove each other at once wait for one another. */
export async function lockAdmins(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('account')
    .select('id')
    .where(sql<boolean>`roles @> array['admin']`)
    .where('blocked_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

export interface AccountPage {
  /** Beginning of the e-mail or the name. */
  readonly q?: string | undefined;
  readonly role?: AccountRole | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

const prefix = (text: string): string => `${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

/** Newest accounts first; ids are made in the order of time. */
export function listAccounts(db: Db, page: AccountPage): Promise<AccountRow[]> {
  let rows = db.selectFrom('account').selectAll().orderBy('id', 'desc').limit(page.limit);
  if (page.before) rows = rows.where('id', '<', page.before);
  if (page.role) rows = rows.where(sql<boolean>`roles @> array[${page.role}]`);
  if (page.q) {
    const like = prefix(page.q);
    rows = rows.where((eb) => eb.or([eb('email', 'like', like), eb(sql`lower(name)`, 'like', like)]));
  }
  return rows.execute();
}
