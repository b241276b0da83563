import { hotStatement, runHot, type Db as Database, type Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { FileInfo } from './contract.js';
import type { FileSchema, FileTable } from './file.schema.js';
import type { Selectable } from 'kysely';

type Db = Tx<FileSchema>;

/** A file as it is written, with its sizes. */
export interface NewFile {
  readonly info: FileInfo;
  readonly libraryKey: string | null;
  readonly owner: string | null;
}

/** Writes files that are not there yet. */
export async function putFiles(tx: Db, files: readonly NewFile[], now: Date): Promise<void> {
  if (files.length === 0) return;
  const rows: Selectable<FileTable>[] = files.map(({ info, libraryKey, owner }) => ({
    id: info.id,
    kind: info.kind,
    visibility: info.visibility,
    library_key: libraryKey,
    owner,
    width: info.width,
    height: info.height,
    color: info.color,
    created_at: now,
    name: null,
  }));
  const variants = files.flatMap(({ info }) =>
    info.variants.map((v) => ({
      file_id: info.id,
      name: v.name,
      width: v.width,
      bytes: v.bytes,
      content_type: v.contentType,
    })),
  );
  await sql`insert into file select * from json_populate_recordset(null::file, ${JSON.stringify(rows)}::json) order by id on conflict do nothing`.execute(
    tx,
  );
  await sql`insert into variant select * from json_populate_recordset(null::variant, ${JSON.stringify(variants)}::json) order by file_id, name on conflict do nothing`.execute(
    tx,
  );
}

/** Which of these ids are there. */
export async function knownIds(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('file').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map((row) => row.id));
}

/** Files with their sizes; unknown ids are left out. */
export async function filesById(db: Db, ids: readonly string[]): Promise<FileInfo[]> {
  const { rows } = await sql<FileInfo>`
    select f.id, f.kind, f.visibility, f.width, f.height, f.color,
      (select coalesce(json_agg(json_build_object('name', v.name, 'width', v.width, 'bytes', v.bytes, 'contentType', v.content_type) order by v.name), '[]')
       from variant v where v.file_id = f.id) as variants
    from file f where f.id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

/** Where the bytes of a public file's variant lie. */
export interface Shown {
  readonly libraryKey: string | null;
  readonly contentType: string;
}
const shownStatement = hotStatement(
  'file.shown',
  `select f.library_key as "libraryKey", v.content_type as "contentType" from file f join variant v on v.file_id = f.id
   where f.id = $1 and v.name = $2 and f.visibility = 'public'`,
);
export const shownVariant = async (db: Database<FileSchema>, id: string, variant: string): Promise<Shown | undefined> =>
  (await runHot<Shown & Record<string, unknown>>(db, shownStatement, [id, variant]))[0];
