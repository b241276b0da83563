import { Inject, Injectable } from '@nestjs/common';
import { cronJob, Works, type Ctx, type Db } from '@um/kernel';
import type { AuthSchema } from './auth.schema.js';
import { deleteExpiredSessions, deleteIdleDevices, deleteOldAttempts } from './session.queries.js';

const DAY = 24 * 3_600_000;
/** Longer than any policy remembers a try. */
const ATTEMPTS_KEPT = 30 * DAY;
/** A device without a family is kept as long as somebody may come back to it signed in. */
const DEVICES_KEPT = 90 * DAY;

/** Every hour, at a minute when little else runs. */
export const sweep = cronJob('auth.sweep', '17 * * * *');

/** Throws away what has served its time. */
@Injectable()
export class AuthJobs {
  constructor(@Inject('auth.db') private readonly db: Db<AuthSchema>) {}

  @Works(sweep)
  async sweep(ctx: Ctx): Promise<void> {
    const ago = (ms: number): Date => new Date(ctx.now.getTime() - ms);
    await deleteExpiredSessions(this.db, ctx.now);
    await deleteOldAttempts(this.db, ago(ATTEMPTS_KEPT));
    await deleteIdleDevices(this.db, ago(DEVICES_KEPT));
  }
}
