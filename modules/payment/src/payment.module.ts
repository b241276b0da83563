import { Module } from '@nestjs/common';
import { serves, works } from '@um/kernel';
import { Callbacks } from './callbacks.service.js';
import { payment } from './contract.js';
import { PaymentJobs } from './payment.jobs.js';
import { PaymentService } from './payment.service.js';
import { SandboxBank } from './sandbox/bank.service.js';
import { SandboxController } from './sandbox/sandbox.controller.js';

@Module({
  controllers: [SandboxController],
  providers: [
    PaymentService,
    Callbacks,
    SandboxBank,
    serves(payment, PaymentService),
    PaymentJobs,
    works('payment', PaymentJobs),
  ],
})
export class PaymentModule {}
