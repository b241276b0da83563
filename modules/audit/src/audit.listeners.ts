import { Inject, Injectable } from '@nestjs/common';
import { On, type Ctx, type PayloadOf, type Tx } from '@um/kernel';
import type { AuditSchema } from './audit.schema.js';
import { AuditService } from './audit.service.js';
import { auditRecorded } from './contract.js';

/** Takes what every context records into the log, each action once. */
@Injectable()
export class AuditListeners {
  constructor(@Inject(AuditService) private readonly log: AuditService) {}

  @On(auditRecorded)
  async append(_ctx: Ctx, entry: PayloadOf<typeof auditRecorded>, tx: Tx<AuditSchema>): Promise<void> {
    await this.log.append(tx, entry);
  }
}
