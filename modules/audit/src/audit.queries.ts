import type { Tx } from '@um/kernel';
import type { Selectable } from 'kysely';
import type { AuditSchema, EntryTable } from './audit.schema.js';
import type { End, Link } from './chain.rules.js';

type Db = Tx<AuditSchema>;

const asLink = (row: Selectable<EntryTable>): Link => ({
  seq: row.seq,
  action: row.action,
  actor: row.actor,
  subject: row.subject,
  detail: row.detail,
  requestId: row.request_id,
  at: row.at,
  prevHash: row.prev_hash,
  hash: row.hash,
});

/** The end of the chain; whoever else wants to append waits until the transaction ends. */
export const lockHead = (db: Db): Promise<End> =>
  db.selectFrom('head').select(['seq', 'hash']).forUpdate().executeTakeFirstOrThrow();

export const readHead = (db: Db): Promise<End> =>
  db.selectFrom('head').select(['seq', 'hash']).executeTakeFirstOrThrow();

/** Writes the row and moves the end of the chain onto it. The caller holds the head. */
export async function append(db: Db, link: Link): Promise<void> {
  await db
    .insertInto('entry')
    .values({
      seq: link.seq,
      action: link.action,
      actor: link.actor,
      subject: link.subject,
      detail: JSON.stringify(link.detail),
      request_id: link.requestId,
      at: link.at,
      prev_hash: link.prevHash,
      hash: link.hash,
    })
    .execute();
  await db.updateTable('head').set({ seq: link.seq, hash: link.hash }).execute();
}

/** Rows after `seq` in the order of the chain. */
export async function linksAfter(db: Db, seq: number, limit: number): Promise<Link[]> {
  const rows = await db.selectFrom('entry').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute();
  return rows.map(asLink);
}

export interface EntryPage {
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
}

/** The newest rows first; an action finds everything under it. */
export async function listEntries(db: Db, page: EntryPage): Promise<Link[]> {
  let rows = db.selectFrom('entry').selectAll().orderBy('seq', 'desc').limit(page.limit);
  if (page.before !== undefined) rows = rows.where('seq', '<', page.before);
  if (page.subject !== undefined) rows = rows.where('subject', '=', page.subject);
  const { action } = page;
  if (action !== undefined)
    rows = rows.where((eb) => eb.or([eb('action', '=', action), eb('action', 'like', `${action}.%`)]));
  return (await rows.execute()).map(asLink);
}
