import type { Tx } from '@um/kernel';
import type { Insertable, Selectable } from 'kysely';
import type { FileSchema, FileTable } from './file.schema.js';

export type FileRow = Selectable<FileTable>;

/** Registers files; those that are known already are left as they are. */
export async function insertFiles(tx: Tx<FileSchema>, rows: readonly Insertable<FileTable>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('file')
    .values([...rows])
    .onConflict((oc) => oc.columns(['storage', 'key', 'visibility']).doNothing())
    .execute();
}

/** Public files of a storage by their keys. */
export const publicByKeys = (db: Tx<FileSchema>, storage: FileRow['storage'], keys: readonly string[]): Promise<FileRow[]> =>
  keys.length === 0 ? Promise.resolve([]) : db.selectFrom('file').selectAll().where('storage', '=', storage).where('visibility', '=', 'public').where('key', 'in', [...keys]).execute();

export const byIds = (db: Tx<FileSchema>, ids: readonly string[]): Promise<FileRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : db.selectFrom('file').selectAll().where('id', 'in', [...ids]).execute();
