import type { Tx } from '@um/kernel';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { ImportFormat } from './contract.js';
import type { BadLine } from './line.rules.js';
import type { ImportJobTable, ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;
export type ImportRowJob = Selectable<ImportJobTable> & { readonly waiting_pictures: number };

/** Imports with how many pictures each still waits for. */
const jobs = (db: Db) =>
  db
    .selectFrom('import_job')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('picture_wish')
        .select(eb.fn.countAll<number>().as('n'))
        .whereRef('picture_wish.import_id', '=', 'import_job.id')
        .as('waiting_pictures'),
    )
    .$narrowType<{ waiting_pictures: number }>();

/** Opens an import whose file is still being received. */
export const openImport = (
  db: Db,
  row: { id: string; storeId: string; by: string | null; dryRun: boolean; fileName: string | null; now: Date },
) =>
  db
    .insertInto('import_job')
    .values({
      id: row.id,
      store_id: row.storeId,
      state: 'receiving',
      started_by: row.by,
      started_at: row.now,
      touched_at: row.now,
      finished_at: null,
      dry_run: row.dryRun,
      file_name: row.fileName,
    })
    .execute();

export const addBatch = (db: Db, importId: string, firstLine: number, lines: readonly string[]) =>
  db
    .insertInto('import_line')
    .values({ import_id: importId, first_line: firstLine, lines: [...lines] })
    .execute();

/** The file is here as a whole: it may be imported. */
export const queueImport = (tx: Db, id: string, format: ImportFormat, total: number, now: Date) =>
  tx
    .updateTable('import_job')
    .set({ state: 'queued', format, total, touched_at: now })
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .execute();

/** Forgets an import whose file did not arrive. */
export const dropImport = (db: Db, id: string) =>
  db.deleteFrom('import_job').where('id', '=', id).where('state', '=', 'receiving').execute();

export const importById = (db: Db, id: string): Promise<ImportRowJob | undefined> =>
  jobs(db).where('id', '=', id).executeTakeFirst();

/** Imports of stores, the newest first. */
export function listImports(
  db: Db,
  page: { storeIds: readonly string[]; before: string | undefined; limit: number },
): Promise<ImportRowJob[]> {
  let rows = jobs(db).where('store_id', 'in', page.storeIds).orderBy('id', 'desc').limit(page.limit);
  if (page.before !== undefined) rows = rows.where('id', '<', page.before);
  return rows.execute();
}

/** The next lines of an import that wait, with their store. */
export const nextBatch = (db: Db, importId: string) =>
  db
    .selectFrom('import_line')
    .innerJoin('import_job', 'import_job.id', 'import_line.import_id')
    .select(['import_line.first_line as firstLine', 'import_line.lines', 'import_job.store_id as storeId'])
    .select(['import_job.format', 'import_job.dry_run as dryRun', 'import_job.started_by as by'])
    .where('import_id', '=', importId)
    .where('import_job.state', 'in', ['queued', 'running'])
    .orderBy('first_line')
    .limit(1)
    .executeTakeFirst();

/** Takes lines away in the transaction that imports them; false when another process was first. */
export async function takeBatch(tx: Db, importId: string, firstLine: number): Promise<boolean> {
  const done = await tx
    .deleteFrom('import_line')
    .where('import_id', '=', importId)
    .where('first_line', '=', firstLine)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

export interface Progress {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
}
/** Adds what a batch did. The batch was taken in this transaction, so the import cannot be cancelled before it ends. */
export const addProgress = (tx: Db, importId: string, p: Progress, now: Date) =>
  tx
    .updateTable('import_job')
    .set((eb) => ({
      state: 'running',
      done: eb('done', '+', p.created + p.updated + p.unchanged + p.failed),
      created: eb('created', '+', p.created),
      updated: eb('updated', '+', p.updated),
      unchanged: eb('unchanged', '+', p.unchanged),
      failed: eb('failed', '+', p.failed),
      touched_at: now,
    }))
    .where('id', '=', importId)
    .execute();

export async function addProblems(tx: Db, importId: string, bad: readonly BadLine[]): Promise<void> {
  if (bad.length === 0) return;
  const rows = bad.map(({ line, externalId, code, issues }) => ({
    import_id: importId,
    line,
    external_id: externalId,
    code,
    issues,
  }));
  await sql`insert into import_problem select * from json_populate_recordset(null::import_problem, ${JSON.stringify(rows)}::json)`.execute(
    tx,
  );
}

export const listProblems = (db: Db, importId: string, after: number, limit: number) =>
  db
    .selectFrom('import_problem')
    .select(['line', 'external_id as externalId', 'code', 'issues'])
    .where('import_id', '=', importId)
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
    .execute();

/** Nothing waits any more: the import is done. Answers who started it; undefined when it was over before. */
export const finishImport = (tx: Db, importId: string, now: Date) =>
  tx
    .updateTable('import_job')
    .set({ state: 'done', finished_at: now, touched_at: now })
    .where('id', '=', importId)
    .where('state', 'in', ['queued', 'running'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('import_line').select('first_line').whereRef('import_line.import_id', '=', 'import_job.id'),
        ),
      ),
    )
    .returning('started_by as by')
    .executeTakeFirst();

/** Imports that made no step since a moment. */
export async function stuckImports(
  db: Db,
  since: Date,
): Promise<{ id: string; state: ImportRowJob['state']; startedAt: Date; by: string | null }[]> {
  return db
    .selectFrom('import_job')
    .select(['id', 'state', 'started_at as startedAt', 'started_by as by'])
    .where('state', 'in', ['receiving', 'queued', 'running'])
    .where('touched_at', '<', since)
    .orderBy('touched_at')
    .limit(100)
    .execute();
}

/** Ends an import before its end; what was imported stays. False when it was over before. */
export async function endImport(tx: Db, importId: string, state: 'failed' | 'cancelled', now: Date): Promise<boolean> {
  await tx.deleteFrom('import_line').where('import_id', '=', importId).execute();
  const ended = await tx
    .updateTable('import_job')
    .set({ state, finished_at: now, touched_at: now })
    .where('id', '=', importId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}
