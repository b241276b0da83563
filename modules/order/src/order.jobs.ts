import { Inject, Injectable } from '@nestjs/common';
import { cronJob, Works, type Ctx } from '@um/kernel';
import { Reactions } from './reactions.service.js';

export const unpaidSweep = cronJob('order.sweep-unpaid', '* * * * *');

/** Ends orders that nobody paid in time. */
@Injectable()
export class OrderJobs {
  constructor(@Inject(Reactions) private readonly reactions: Reactions) {}

  @Works(unpaidSweep)
  sweep(ctx: Ctx): Promise<number> {
    return this.reactions.sweep(ctx);
  }
}
