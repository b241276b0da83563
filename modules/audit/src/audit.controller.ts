import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import type { z } from 'zod';
import { AuditService } from './audit.service.js';
import { AuditFilter, AuditPage } from './contract.js';

@Controller('api/v1/admin/audit')
export class AuditController {
  constructor(@Inject(AuditService) private readonly log: AuditService) {}

  @Get()
  @Allow('admin')
  @Answers(AuditPage)
  @Summary('Rows of the audit log, the newest first')
  list(@Actor() ctx: Ctx, @Query({ schema: AuditFilter }) filter: z.output<typeof AuditFilter>) {
    return this.log.list(ctx, filter);
  }
}
