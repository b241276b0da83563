import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { inTx, record, type Ctx, type Db } from '@um/kernel';
import { admit, type AttemptPolicy } from './attempt.rules.js';
import type { AuthSchema } from './auth.schema.js';
import { authErrors } from './contract.js';
import { forgetAttempts, lockAttempts, putAttempts } from './session.queries.js';

/** Counts tries to prove who one is. Counts are rows, so neither a restart nor another process starts them anew. */
@Injectable()
export class Attempts {
  constructor(@Inject('auth.db') private readonly db: Db<AuthSchema>) {}

  /** Counts a try as failed before it is looked at, or raises `auth.LOCKED` with the seconds left. */
  async count(ctx: Ctx, scope: string, policy: AttemptPolicy): Promise<void> {
    await inTx(this.db, async (tx) => {
      const admission = admit(await lockAttempts(tx, scope, ctx.now), ctx.now, policy);
      if (!admission.admitted) throw authErrors.LOCKED({ retryAfter: admission.retryAfter });
      await putAttempts(tx, scope, admission.next);
    });
  }

  /** The try was right: the count starts anew. */
  async forget(scope: string): Promise<void> {
    await forgetAttempts(this.db, scope);
  }

  /** Somebody failed to prove that they are this account. */
  async failed(ctx: Ctx, accountId: string): Promise<void> {
    await inTx(this.db, (tx) =>
      record(
        tx,
        ctx,
        auditRecorded,
        auditEntry(ctx, { action: 'auth.sign-in-failed', subject: `account:${accountId}` }),
      ),
    );
  }
}
