import { Inject, Injectable } from '@nestjs/common';
import { Clock, enqueue, inTx, Works, type Ctx, type Db } from '@um/kernel';
import type { z } from 'zod';
import { importFile, pickUpImports, resumeImports } from './import.job.js';
import { dropImport, stuckImports } from './imports.queries.js';
import { ImportsService } from './imports.service.js';
import { fetchPictures } from './picture.job.js';
import { PicturesService } from './pictures.service.js';
import { PriceTurns } from './price-turns.service.js';
import { sweepPrices, turnPrices } from './price.jobs.js';
import type { ProductSchema } from './product.schema.js';

/** Batches that one turn imports: some thirty thousand lines, well within the time a turn may take. */
const BATCHES_A_TURN = 60;
const MINUTE = 60_000;
const STUCK = 5 * MINUTE;
const HOPELESS = 6 * 60 * MINUTE;

@Injectable()
export class ProductJobs {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(ImportsService) private readonly imports: ImportsService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PicturesService) private readonly pictures: PicturesService,
    @Inject(PriceTurns) private readonly prices: PriceTurns,
  ) {}

  /** A sale begins or ends. */
  @Works(turnPrices)
  async turnPrices(ctx: Ctx): Promise<void> {
    await this.prices.turn(ctx);
  }

  @Works(sweepPrices)
  async sweepPrices(ctx: Ctx): Promise<void> {
    await this.prices.turn(ctx);
  }

  @Works(importFile)
  async importSome(ctx: Ctx, { importId }: z.output<typeof importFile.payload>): Promise<void> {
    for (let batch = 0; batch < BATCHES_A_TURN; batch += 1)
      if (!(await this.imports.step({ ...ctx, now: this.clock.now() }, importId))) return;
    await inTx(this.db, (tx) => enqueue(tx, ctx, importFile, { importId }));
  }

  @Works(fetchPictures)
  async fetchSome(ctx: Ctx, { storeId }: z.output<typeof fetchPictures.payload>): Promise<void> {
    await this.pictures.fetchDue(ctx, storeId);
  }

  /** Nobody may be working on the imports that are open: they are queued again. Two workers take turns and do nothing twice. */
  @Works(pickUpImports)
  async pickUp(ctx: Ctx): Promise<void> {
    await this.pictures.resume(ctx);
    for (const { id, state, by } of await stuckImports(this.db, ctx.now))
      if (state !== 'receiving') await this.#queue(ctx, id, by);
  }

  /** An import that stands still is queued again; one that never gets on is given up, one whose file never came whole forgotten. */
  @Works(resumeImports)
  async resume(ctx: Ctx): Promise<void> {
    await this.pictures.resume(ctx);
    const stuck = await stuckImports(this.db, new Date(ctx.now.getTime() - STUCK));
    for (const { id, state, startedAt, by } of stuck) {
      const hopeless = ctx.now.getTime() - startedAt.getTime() > HOPELESS;
      if (state === 'receiving') {
        if (hopeless) await dropImport(this.db, id);
      } else if (hopeless) await this.imports.giveUp(ctx, id);
      else await this.#queue(ctx, id, by);
    }
  }

  #queue(ctx: Ctx, importId: string, by: string | null): Promise<void> {
    return inTx(this.db, (tx) => enqueue(tx, { ...ctx, actor: by }, importFile, { importId }));
  }
}
