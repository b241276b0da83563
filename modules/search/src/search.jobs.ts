import { Inject, Injectable } from '@nestjs/common';
import { job, Works, type Ctx, type Db } from '@um/kernel';
import { z } from 'zod';
import { RebuildService } from './rebuild.service.js';
import type { SearchSchema } from './search.schema.js';
import { isWorded, WORDING, worded } from './wording.queries.js';

/** Longer than making the words of millions of products. */
const HOURS = 4 * 3_600;
export const reword = job('search.reword', z.object({}), {
  cron: '* * * * *',
  retryLimit: 0,
  policy: 'singleton',
  expireInSeconds: HOURS,
});

/** Makes the words of the catalog anew after the rules for words have changed. */
@Injectable()
export class SearchJobs {
  constructor(
    @Inject('search.db') private readonly db: Db<SearchSchema>,
    @Inject(RebuildService) private readonly builder: RebuildService,
  ) {}

  @Works(reword)
  async reword(ctx: Ctx): Promise<number> {
    if (await isWorded(this.db)) return 0;
    const rows = await this.builder.rebuild(ctx);
    await worded(this.db, WORDING);
    return rows;
  }
}
