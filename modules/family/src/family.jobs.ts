import { Inject, Injectable } from '@nestjs/common';
import { cronJob, Works, type Ctx } from '@um/kernel';
import { ApprovalsService } from './approvals.service.js';

export const approvalsSweep = cronJob('family.sweep-approvals', '* * * * *');

/** Ends asks that nobody decided or ordered in time. */
@Injectable()
export class FamilyJobs {
  constructor(@Inject(ApprovalsService) private readonly asks: ApprovalsService) {}

  @Works(approvalsSweep)
  sweep(ctx: Ctx): Promise<number> {
    return this.asks.sweep(ctx);
  }
}
