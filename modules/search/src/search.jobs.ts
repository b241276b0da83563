import { Inject, Injectable } from '@nestjs/common';
import { inTx, job, Works, type Ctx, type Db } from '@um/kernel';
import { z } from 'zod';
import { RebuildService } from './rebuild.service.js';
import type { SearchSchema } from './search.schema.js';
import { dropStaleBaskets } from './pair.queries.js';
import { ShelvesService } from './shelves.service.js';
import { takeSold } from './sold.queries.js';
import { isWorded, WORDING, worded } from './wording.queries.js';

/** Longer than making the words of millions of products. */
const HOURS = 4 * 3_600;
export const reword = job('search.reword', z.object({}), {
  cron: '* * * * *',
  retryLimit: 0,
  policy: 'singleton',
  expireInSeconds: HOURS,
});

export const countSold = job('search.count-sold', z.object({}), { cron: '* * * * *', policy: 'singleton' });
/** Notes that one transaction counts. */
const COUNTED_AT_ONCE = 5_000;

/** What the read model does by the clock: words made anew after their rules have changed, sold units counted. */
@Injectable()
export class SearchJobs {
  constructor(
    @Inject('search.db') private readonly db: Db<SearchSchema>,
    @Inject(RebuildService) private readonly builder: RebuildService,
    @Inject(ShelvesService) private readonly shelves: ShelvesService,
  ) {}

  @Works(reword)
  async reword(ctx: Ctx): Promise<number> {
    if (await isWorded(this.db)) return 0;
    const rows = await this.builder.rebuild(ctx);
    await worded(this.db, WORDING);
    return rows;
  }

  /** Lets sold units count for popularity, and forgets baskets of which nothing was heard. Answers how many products it moved. */
  @Works(countSold)
  async countSold(ctx: Ctx): Promise<number> {
    await dropStaleBaskets(this.db, ctx.now);
    for (let moved = 0; ;) {
      const sold = await inTx(this.db, async (tx) => {
        const taken = await takeSold(tx, COUNTED_AT_ONCE);
        if (taken.length > 0) await this.shelves.addSold(tx, taken);
        return taken.length;
      });
      if (sold === 0) return moved;
      moved += sold;
    }
  }
}
