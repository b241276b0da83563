import type { Tx } from '@um/kernel';
import type { Insertable, Selectable } from 'kysely';
import type { Address } from './contract.js';
import type { AddressTable, ProfileTable, UserSchema } from './user.schema.js';

type Db = Tx<UserSchema>;
export type AddressRow = Selectable<AddressTable>;

export const profileOf = (db: Db, accountId: string) =>
  db.selectFrom('profile').selectAll().where('account_id', '=', accountId).executeTakeFirst();

/** Opens the profile unless it is there: a person may write before the fact of the new account has arrived. */
export const keepProfile = (db: Db, accountId: string, now: Date) =>
  db
    .insertInto('profile')
    .values({ account_id: accountId, locale: null, theme: 'system', created_at: now, changed_at: now })
    .onConflict((oc) => oc.doNothing())
    .execute();

export const updateProfile = (
  db: Db,
  accountId: string,
  change: Partial<Pick<ProfileTable, 'locale' | 'theme'>>,
  now: Date,
) =>
  db
    .updateTable('profile')
    .set({ ...change, changed_at: now })
    .where('account_id', '=', accountId)
    .execute();

/** Keeps other changes of the person's addresses waiting until the transaction ends. */
export const lockProfile = (db: Db, accountId: string) =>
  db.selectFrom('profile').select('account_id').where('account_id', '=', accountId).forUpdate().execute();

/** The addresses of a person, the default one first, then the newest. */
export const addressesOf = (db: Db, accountId: string): Promise<AddressRow[]> =>
  db
    .selectFrom('address')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('is_default', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();

export const addressById = (db: Db, accountId: string, id: string): Promise<AddressRow | undefined> =>
  db.selectFrom('address').selectAll().where('id', '=', id).where('account_id', '=', accountId).executeTakeFirst();

export const defaultAddressOf = (db: Db, accountId: string): Promise<AddressRow | undefined> =>
  db
    .selectFrom('address')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('is_default', '=', true)
    .executeTakeFirst();

export const insertAddress = (db: Db, row: Insertable<AddressTable>) => db.insertInto('address').values(row).execute();

export const updateAddress = (
  db: Db,
  accountId: string,
  id: string,
  change: Omit<Address, 'note'> & { note: string | null },
) => db.updateTable('address').set(change).where('id', '=', id).where('account_id', '=', accountId).execute();

/** Makes the address the only default one of the person. */
export async function makeDefault(db: Db, accountId: string, id: string): Promise<void> {
  await db
    .updateTable('address')
    .set({ is_default: false })
    .where('account_id', '=', accountId)
    .where('is_default', '=', true)
    .where('id', '<>', id)
    .execute();
  await db
    .updateTable('address')
    .set({ is_default: true })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute();
}

/** False when the person has no such address. */
export async function deleteAddress(db: Db, accountId: string, id: string): Promise<boolean> {
  const done = await db
    .deleteFrom('address')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}
