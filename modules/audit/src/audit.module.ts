import { Module } from '@nestjs/common';
import { listens, serves } from '@um/kernel';
import { AuditController } from './audit.controller.js';
import { AuditListeners } from './audit.listeners.js';
import { AuditService } from './audit.service.js';
import { audit } from './contract.js';

@Module({
  controllers: [AuditController],
  providers: [AuditService, serves(audit, AuditService), AuditListeners, listens('audit', AuditListeners)],
})
export class AuditModule {}
