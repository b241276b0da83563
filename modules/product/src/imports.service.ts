import { Inject, Injectable } from '@nestjs/common';
import {
  decodeCursor,
  encodeCursor,
  enqueue,
  HTTP_SECRET,
  inTx,
  newId,
  record,
  type Ctx,
  type Db,
  type Page,
  type Tx,
} from '@um/kernel';
import type { z } from 'zod';
import { importErrors, importMoved, type ImportProblem, type ImportReport } from './contract.js';
import { importFile } from './import.job.js';
import { Importer } from './importer.js';
import * as q from './imports.queries.js';
import { openFile, type KeptBatch } from './import-file.js';
import { dropTrial } from './import-trial.queries.js';
import { keptEntries } from './kept-lines.rules.js';
import { isBlank } from './lines.js';
import { OwnStores } from './own-stores.js';
import { problemLines } from './problem-table.js';
import { problemOf } from './problem.rules.js';
import type { Download } from './exports.service.js';
import type { ProductSchema } from './product.schema.js';

type Report = z.output<typeof ImportReport>;
type Problem = z.input<typeof ImportProblem>;

const PROBLEMS_AT_ONCE = 1_000;

/** A file as it arrives, with what its sender says of it. */
export interface ReceivedFile {
  readonly source: AsyncIterable<Uint8Array>;
  /** The content type. */
  readonly type: string | undefined;
  readonly name: string | undefined;
  readonly dryRun: boolean;
}

const reportOf = (job: q.ImportRowJob): Report => ({
  importId: job.id,
  state: job.state === 'receiving' ? 'queued' : job.state,
  format: job.format,
  dryRun: job.dry_run,
  fileName: job.file_name,
  total: job.total,
  done: job.done,
  created: job.created,
  updated: job.updated,
  unchanged: job.unchanged,
  failed: job.failed,
  waitingPictures: job.waiting_pictures,
  startedAt: job.started_at.toISOString(),
  finishedAt: job.finished_at?.toISOString() ?? null,
});

/** Files that sellers send: kept first, imported in the background, a batch and its report in one transaction. */
@Injectable()
export class ImportsService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(Importer) private readonly importer: Importer,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Keeps a file and puts it in the queue. A file that breaks off, or is none at all, leaves nothing behind. */
  async receive(ctx: Ctx, storeId: string, file: ReceivedFile): Promise<Report> {
    await this.own.require(ctx, storeId);
    const id = newId(ctx.now);
    const { dryRun, name } = file;
    await q.openImport(this.db, { id, storeId, by: ctx.actor, dryRun, fileName: name ?? null, now: ctx.now });
    try {
      const { format, batches } = await openFile(file.source, file.type);
      const total = await this.#keep(id, batches);
      if (total === 0) throw importErrors.EMPTY_FILE();
      await inTx(this.db, async (tx) => {
        await q.queueImport(tx, id, format, total, ctx.now);
        await enqueue(tx, ctx, importFile, { importId: id });
      });
    } catch (error) {
      await q.dropImport(this.db, id);
      throw error;
    }
    return reportOf((await q.importById(this.db, id))!);
  }

  async #keep(id: string, batches: AsyncIterable<KeptBatch>): Promise<number> {
    let total = 0;
    for await (const { firstLine, lines } of batches) {
      await q.addBatch(this.db, id, firstLine, lines);
      total += lines.filter((line) => !isBlank(line)).length;
    }
    return total;
  }

  /** Imports the next batch; false when the import is through. A batch that was interrupted is done again from its start. */
  async step(ctx: Ctx, importId: string): Promise<boolean> {
    const batch = await q.nextBatch(this.db, importId);
    if (!batch) {
      await this.#finish(ctx, importId);
      return false;
    }
    const read = await this.importer.read(ctx, batch.storeId, keptEntries(batch));
    await this.importer.transacted(async (tx) => {
      if (!(await q.takeBatch(tx, importId, batch.firstLine))) return;
      const outcome = await (batch.dryRun
        ? this.importer.tryIn(tx, ctx, read, importId)
        : this.importer.writeIn(tx, ctx, read, { importId, by: batch.by }));
      await q.addProblems(tx, importId, read.bad);
      await q.addProgress(tx, importId, { ...outcome, failed: read.bad.length }, ctx.now);
      await this.#tell(tx, ctx, importId, batch.by, 'running');
    });
    return true;
  }

  async #finish(ctx: Ctx, importId: string): Promise<void> {
    await inTx(this.db, async (tx) => {
      const finished = await q.finishImport(tx, importId, ctx.now);
      await dropTrial(tx, importId);
      if (finished) await this.#tell(tx, ctx, importId, finished.by, 'done');
    });
  }

  /** Ends an import that waits or runs; what it imported so far stays. Raises `product.NO_IMPORT` and `product.IMPORT_OVER`. */
  async cancel(ctx: Ctx, importId: string): Promise<Report> {
    const { started_by: by } = await this.#find(ctx, importId);
    if (!(await this.#end(ctx, importId, 'cancelled', by))) throw importErrors.IMPORT_OVER();
    return this.report(ctx, importId);
  }

  /** Gives an import up that never gets on. */
  async giveUp(ctx: Ctx, importId: string): Promise<void> {
    const job = await q.importById(this.db, importId);
    await this.#end(ctx, importId, 'failed', job?.started_by ?? null);
  }

  #end(ctx: Ctx, importId: string, state: 'failed' | 'cancelled', by: string | null): Promise<boolean> {
    return inTx(this.db, async (tx) => {
      const ended = await q.endImport(tx, importId, state, ctx.now);
      await dropTrial(tx, importId);
      if (ended) await this.#tell(tx, ctx, importId, by, state);
      return ended;
    });
  }

  async #tell(
    tx: Tx<ProductSchema>,
    ctx: Ctx,
    importId: string,
    accountId: string | null,
    state: Report['state'],
  ): Promise<void> {
    if (accountId !== null) await record(tx, ctx, importMoved, { importId, accountId, state });
  }

  /** Imports of the person's stores, the newest first. */
  async list(
    ctx: Ctx,
    { storeId, cursor, limit }: { storeId?: string | undefined; cursor?: string | undefined; limit: number },
  ): Promise<Page<Report>> {
    const storeIds = await this.own.among(ctx, storeId);
    if (storeIds.length === 0) return { items: [], nextCursor: null };
    const scope = `imports:${storeIds.join()}`;
    const before = decodeCursor(this.secret, scope, cursor)?.[0]?.toString();
    const rows = await q.listImports(this.db, { storeIds, before, limit: limit + 1 });
    const items = rows.slice(0, limit).map(reportOf);
    return {
      items,
      nextCursor: rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.importId]) : null,
    };
  }

  /** How far an import is. Raises `product.NO_IMPORT`, also for somebody else's. */
  async report(ctx: Ctx, importId: string): Promise<Report> {
    return reportOf(await this.#find(ctx, importId));
  }

  /** The lines that were refused, in the order of the file. */
  async problems(
    ctx: Ctx,
    importId: string,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<Page<Problem>> {
    await this.#find(ctx, importId);
    const scope = `import-problems:${importId}`;
    const after = Number(decodeCursor(this.secret, scope, cursor)?.[0] ?? 0);
    const rows = await q.listProblems(this.db, importId, after, limit + 1);
    const items = rows.slice(0, limit).map((row) => problemOf(row, ctx.locale));
    return { items, nextCursor: rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.line]) : null };
  }

  /** The refused lines as a table that spreadsheets open: with a byte order mark, and semicolons. */
  async problemTable(ctx: Ctx, importId: string): Promise<Download> {
    await this.#find(ctx, importId);
    return {
      name: `import-${importId}.csv`,
      type: 'text/csv; charset=utf-8',
      body: problemLines((after) => q.listProblems(this.db, importId, after, PROBLEMS_AT_ONCE), ctx.locale),
    };
  }

  async #find(ctx: Ctx, importId: string): Promise<q.ImportRowJob> {
    const job = await q.importById(this.db, importId);
    const stores = job && (await this.own.among(ctx, job.store_id));
    if (!job || !stores || stores.length === 0) throw importErrors.NO_IMPORT();
    return job;
  }
}
