import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { DocumentInfo, DownloadState, NewDownload } from './contract.js';
import type { FileSchema } from './file.schema.js';

type Db = Tx<FileSchema>;

/** A document as it is written. */
export interface NewDocument extends DocumentInfo {
  readonly variant: string;
}

/** Writes a document; one that is there keeps its name. */
export async function putDocument(
  tx: Db,
  { id, ownerId, name, bytes, contentType, variant }: NewDocument,
  now: Date,
): Promise<void> {
  await sql`
    with f as (
      insert into file (id, kind, visibility, owner, created_at, name) values (${id}, 'document', 'private', ${ownerId}, ${now}, ${name}) on conflict do nothing)
    insert into variant (file_id, name, bytes, content_type) values (${id}, ${variant}, ${bytes}, ${contentType}) on conflict do nothing`.execute(
    tx,
  );
}

/** Documents by id; what is none is left out. */
export async function documentsById(db: Db, ids: readonly string[]): Promise<DocumentInfo[]> {
  const { rows } = await sql<DocumentInfo>`
    select f.id, f.owner as "ownerId", f.name, v.bytes, v.content_type as "contentType" from file f join variant v on v.file_id = f.id
    where f.id = any(${ids}::uuid[]) and f.kind = 'document' order by f.id`.execute(db);
  return rows;
}

/** A right as it stands, with the document it is for. */
export interface Right {
  readonly fileId: string | null;
  readonly until: Date | null;
  readonly most: number;
  readonly used: number;
  readonly withdrawn: boolean;
  readonly name: string | null;
  readonly variant: string | null;
  readonly contentType: string | null;
}

const RIGHT = sql`d.file_id as "fileId", d.until, d.most, d.used, d.withdrawn_at is not null as withdrawn, f.name, v.name as variant, v.content_type as "contentType"`;

export async function rightById(db: Db, id: string): Promise<Right | undefined> {
  const { rows } = await sql<Right>`
    select ${RIGHT} from download d left join file f on f.id = d.file_id left join variant v on v.file_id = f.id where d.id = ${id}`.execute(
    db,
  );
  return rows[0];
}

/** Gives a right; one that is there keeps what it says. */
export const putRight = (tx: Db, { id, fileId, until, most }: NewDownload) =>
  tx
    .insertInto('download')
    .values({ id, file_id: fileId, until, most, used: 0, withdrawn_at: null })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute();

/** Uses a right once, while it may be used. Of many at the same moment no more than are allowed succeed. */
export async function useRight(db: Db, id: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('download')
    .set((eb) => ({ used: eb('used', '+', 1) }))
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where('until', '>', now)
    .whereRef('used', '<', 'most')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes rights away, in the order of their ids; what was not given yet never will be. */
export const dropRights = (tx: Db, ids: readonly string[], now: Date) =>
  sql`insert into download (id, most, withdrawn_at) select id, 0, ${now} from unnest(${ids}::uuid[]) as given(id) order by id
    on conflict (id) do update set withdrawn_at = coalesce(download.withdrawn_at, excluded.withdrawn_at)`.execute(tx);

export async function rightStates(db: Db, ids: readonly string[]): Promise<DownloadState[]> {
  const { rows } = await sql<DownloadState>`
    select id, used, withdrawn_at is not null as withdrawn from download where id = any(${ids}::uuid[]) order by id`.execute(
    db,
  );
  return rows;
}
