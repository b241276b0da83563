import { Inject, Injectable } from '@nestjs/common';
import { On, type Ctx, type PayloadOf } from '@um/kernel';
import { sessionsChanged } from './contract.js';
import { SessionCache } from './session.cache.js';

/** Keeps what several processes of auth know of sessions in step. */
@Injectable()
export class AuthListeners {
  constructor(@Inject(SessionCache) private readonly cache: SessionCache) {}

  @On(sessionsChanged, { everyProcess: true })
  async forgetSessions(_ctx: Ctx, { accountId }: PayloadOf<typeof sessionsChanged>): Promise<void> {
    this.cache.forgetAccount(accountId);
  }
}
