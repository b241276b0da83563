import type { Tx } from '@um/kernel';
import { sql, type Insertable, type Selectable } from 'kysely';
import type { NotificationSchema, NotificationTable } from './notification.schema.js';

export type NoticeRow = Selectable<NotificationTable>;

/** Writes a notice; false when the person was told of this step already. */
export async function insertNotice(tx: Tx<NotificationSchema>, row: Insertable<NotificationTable>): Promise<boolean> {
  const written = await tx
    .insertInto('notification')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return written.numInsertedOrUpdatedRows === 1n;
}

/** Notices of an account, newest first. */
export const listNotices = (
  db: Tx<NotificationSchema>,
  accountId: string,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<NoticeRow[]> =>
  db
    .selectFrom('notification')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(after !== null, (q) => q.where(sql<boolean>`(at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

/** How many notices the account has not read; counted up to 100. */
export async function countUnread(db: Tx<NotificationSchema>, accountId: string): Promise<number> {
  const rows = await db
    .selectFrom('notification')
    .select('id')
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
    .limit(100)
    .execute();
  return rows.length;
}

/** Marks notices as read: the given ones, or all. */
export const markRead = (
  db: Tx<NotificationSchema>,
  accountId: string,
  ids: readonly string[] | undefined,
  now: Date,
) =>
  db
    .updateTable('notification')
    .set({ read_at: now })
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
    .$if(ids !== undefined, (q) => q.where('id', 'in', [...(ids ?? [])]))
    .execute();
