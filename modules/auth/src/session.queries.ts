import { hotStatement, runHot, type Tx } from '@um/kernel';
import type { Insertable } from 'kysely';
import type { AttemptState } from './attempt.rules.js';
import type { AuthSchema, SessionTable } from './auth.schema.js';
import type { LiveSession } from './session.rules.js';

type Db = Tx<AuthSchema>;

const LIVE = hotStatement(
  'auth.live-session',
  `select s.id, s.account_id, s.device_id, s.created_at, s.last_seen_at, s.expires_at, s.stepped_up_at, a.roles, a.family_id
   from session s join account a on a.id = s.account_id
   where s.token_hash = $1 and s.expires_at > $2 and a.blocked_at is null`,
);

/** The session of a token, unless it ended or its account is blocked. Runs for every request whose session is not in memory. */
export async function liveSession(db: Db, hash: Buffer, now: Date): Promise<LiveSession | undefined> {
  const [row] = await runHot<LiveSession & Record<string, unknown>>(db, LIVE, [hash, now]);
  return row;
}

export const insertSession = (db: Db, session: Insertable<SessionTable>) =>
  db.insertInto('session').values(session).execute();

/** Notes that a session is used; a session that ended meanwhile stays ended. */
export const touchSession = (db: Db, id: string, now: Date, expiresAt: Date) =>
  db
    .updateTable('session')
    .set({ last_seen_at: now, expires_at: expiresAt })
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .execute();

export const markSteppedUp = (db: Db, id: string, now: Date) =>
  db.updateTable('session').set({ stepped_up_at: now }).where('id', '=', id).execute();

/** Ends one session of an account; false when there is none. */
export async function deleteSession(db: Db, accountId: string, id: string): Promise<boolean> {
  const done = await db
    .deleteFrom('session')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

/** Ends every session of an account; answers how many there were. */
export async function deleteSessions(db: Db, accountId: string): Promise<number> {
  const done = await db.deleteFrom('session').where('account_id', '=', accountId).executeTakeFirst();
  return Number(done.numDeletedRows);
}

export const sessionsOf = (db: Db, accountId: string, now: Date) =>
  db
    .selectFrom('session')
    .select(['id', 'label', 'created_at', 'last_seen_at'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .limit(100)
    .execute();

export const deleteExpiredSessions = (db: Db, now: Date) =>
  db.deleteFrom('session').where('expires_at', '<=', now).execute();

/** Writes the device unless it is known. */
export const keepDevice = (db: Db, id: string, now: Date) =>
  db
    .insertInto('device')
    .values({ id, family_id: null, created_at: now, paired_at: null })
    .onConflict((oc) => oc.doNothing())
    .execute();

/** Lets the children of the family sign in on the device. The family that used it last has it. */
export const pairDevice = (db: Db, id: string, familyId: string, now: Date) =>
  db.updateTable('device').set({ family_id: familyId, paired_at: now }).where('id', '=', id).execute();

/** Pairs the devices an account is signed in on. */
export const pairDevicesOf = (db: Db, accountId: string, familyId: string, now: Date) =>
  db
    .updateTable('device')
    .set({ family_id: familyId, paired_at: now })
    .where('id', 'in', (eb) =>
      eb.selectFrom('session').select('device_id').where('account_id', '=', accountId).where('expires_at', '>', now),
    )
    .execute();

/** The family a device is paired with. */
export async function familyOfDevice(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('device').select('family_id').where('id', '=', id).executeTakeFirst();
  return row?.family_id ?? null;
}

/** Devices that nobody has been signed in on and that belong to no family. */
export const deleteIdleDevices = (db: Db, before: Date) =>
  db
    .deleteFrom('device')
    .where('family_id', 'is', null)
    .where('created_at', '<', before)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('session').select('session.id').whereRef('session.device_id', '=', 'device.id'))),
    )
    .execute();

/** Reads the count of a scope and keeps others waiting until the transaction ends. */
export async function lockAttempts(db: Db, scope: string, now: Date): Promise<AttemptState | undefined> {
  const fresh = await db
    .insertInto('attempt')
    .values({ scope, failures: 0, last_at: now, locked_until: null })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  if (fresh.numInsertedOrUpdatedRows === 1n) return undefined;
  const row = await db.selectFrom('attempt').selectAll().where('scope', '=', scope).forUpdate().executeTakeFirst();
  return row && { failures: row.failures, lastAt: row.last_at, lockedUntil: row.locked_until };
}

export const putAttempts = (db: Db, scope: string, state: AttemptState) =>
  db
    .insertInto('attempt')
    .values({ scope, failures: state.failures, last_at: state.lastAt, locked_until: state.lockedUntil })
    .onConflict((oc) =>
      oc
        .column('scope')
        .doUpdateSet({ failures: state.failures, last_at: state.lastAt, locked_until: state.lockedUntil }),
    )
    .execute();

export const forgetAttempts = (db: Db, scope: string) => db.deleteFrom('attempt').where('scope', '=', scope).execute();

export const deleteOldAttempts = (db: Db, before: Date) =>
  db.deleteFrom('attempt').where('last_at', '<', before).execute();
