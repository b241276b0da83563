import { Inject, Injectable } from '@nestjs/common';
import { cronJob, Works, type Ctx } from '@um/kernel';
import { Downloads } from './downloads.service.js';
import { Reactions } from './reactions.service.js';

export const unpaidSweep = cronJob('order.sweep-unpaid', '* * * * *');
export const downloadSweep = cronJob('order.sweep-downloads', '17 * * * *');

/** Ends orders that nobody paid in time, and the wait for downloads that nobody fetches. */
@Injectable()
export class OrderJobs {
  constructor(
    @Inject(Reactions) private readonly reactions: Reactions,
    @Inject(Downloads) private readonly downloads: Downloads,
  ) {}

  @Works(unpaidSweep)
  sweep(ctx: Ctx): Promise<number> {
    return this.reactions.sweep(ctx);
  }

  @Works(downloadSweep)
  sweepDownloads(ctx: Ctx): Promise<number> {
    return this.downloads.sweep(ctx);
  }
}
