import type { Db, StandardTables } from '@um/kernel';

/** True when a recorded fact waits to be delivered by this time. */
export const somethingDue = async (db: Db<StandardTables>, now: Date): Promise<boolean> =>
  (await db
    .selectFrom('outbox')
    .select('id')
    .where('state', '=', 'pending')
    .where('next_at', '<=', now)
    .limit(1)
    .executeTakeFirst()) !== undefined;
