import { Inject, Injectable } from '@nestjs/common';
import { cronJob, Works, type Ctx } from '@um/kernel';
import { SandboxBank } from './sandbox/bank.service.js';

export const sandboxCallbacks = cronJob('payment.sandbox-callbacks', '* * * * *');

/** The sandbox bank tells the shop what it has not acknowledged yet. */
@Injectable()
export class PaymentJobs {
  constructor(@Inject(SandboxBank) private readonly bank: SandboxBank) {}

  @Works(sandboxCallbacks)
  deliver(ctx: Ctx): Promise<number> {
    return this.bank.deliverDue(ctx);
  }
}
