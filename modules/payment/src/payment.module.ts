import { Module } from '@nestjs/common';
import { serves } from '@um/kernel';
import { Callbacks } from './callbacks.service.js';
import { payment } from './contract.js';
import { PaymentService } from './payment.service.js';
import { SandboxBank } from './sandbox/bank.service.js';
import { SandboxController } from './sandbox/sandbox.controller.js';

@Module({
  controllers: [SandboxController],
  providers: [PaymentService, Callbacks, SandboxBank, serves(payment, PaymentService)],
})
export class PaymentModule {}
