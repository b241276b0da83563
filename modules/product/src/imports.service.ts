import { Inject, Injectable } from '@nestjs/common';
import {
  decodeCursor,
  encodeCursor,
  enqueue,
  HTTP_SECRET,
  inTx,
  newId,
  type Ctx,
  type Db,
  type Page,
} from '@um/kernel';
import type { z } from 'zod';
import { productErrors, type ImportProblem, type ImportReport } from './contract.js';
import { importFile } from './import.job.js';
import { Importer } from './importer.js';
import * as q from './imports.queries.js';
import { isBlank, lineBatches } from './lines.js';
import { OwnStores } from './own-stores.js';
import { problemOf } from './problem.rules.js';
import type { ProductSchema } from './product.schema.js';

type Report = z.output<typeof ImportReport>;
type Problem = z.input<typeof ImportProblem>;

const BATCH = 500;

const reportOf = (job: q.ImportRowJob): Report => ({
  importId: job.id,
  state: job.state === 'receiving' ? 'queued' : job.state,
  total: job.total,
  done: job.done,
  created: job.created,
  updated: job.updated,
  unchanged: job.unchanged,
  failed: job.failed,
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

  /** Keeps a file and puts it in the queue. A file that breaks off leaves nothing behind. */
  async receive(ctx: Ctx, storeId: string, source: AsyncIterable<Uint8Array | string>): Promise<Report> {
    await this.own.require(ctx, storeId);
    const id = newId(ctx.now);
    await q.openImport(this.db, { id, storeId, by: ctx.actor, now: ctx.now });
    try {
      const total = await this.#keep(id, source);
      if (total === 0) throw productErrors.EMPTY_FILE();
      await inTx(this.db, async (tx) => {
        await q.queueImport(tx, id, total, ctx.now);
        await enqueue(tx, ctx, importFile, { importId: id });
      });
    } catch (error) {
      await q.dropImport(this.db, id);
      throw error;
    }
    return reportOf((await q.importById(this.db, id))!);
  }

  async #keep(id: string, source: AsyncIterable<Uint8Array | string>): Promise<number> {
    let total = 0;
    for await (const { firstLine, lines } of lineBatches(source, BATCH)) {
      await q.addBatch(this.db, id, firstLine, lines);
      total += lines.filter((line) => !isBlank(line)).length;
    }
    return total;
  }

  /** Imports the next batch; false when the import is through. A batch that was interrupted is done again from its start. */
  async step(ctx: Ctx, importId: string): Promise<boolean> {
    const batch = await q.nextBatch(this.db, importId);
    if (!batch) {
      await q.finishImport(this.db, importId, ctx.now);
      return false;
    }
    const read = await this.importer.read(ctx, batch.storeId, batch.lines, batch.firstLine);
    await this.importer.transacted(async (tx) => {
      if (!(await q.takeBatch(tx, importId, batch.firstLine))) return;
      const outcome = await this.importer.writeIn(tx, ctx, read);
      await q.addProblems(tx, importId, read.bad);
      await q.addProgress(tx, importId, { ...outcome, failed: read.bad.length }, ctx.now);
    });
    return true;
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

  async #find(ctx: Ctx, importId: string): Promise<q.ImportRowJob> {
    const job = await q.importById(this.db, importId);
    const stores = job && (await this.own.among(ctx, job.store_id));
    if (!job || !stores || stores.length === 0) throw productErrors.NO_IMPORT();
    return job;
  }
}
