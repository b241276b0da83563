import { Injectable } from '@nestjs/common';
import { accountCreated } from '@um/auth';
import { On, type Ctx, type PayloadOf, type Tx } from '@um/kernel';
import { keepProfile } from './user.queries.js';
import type { UserSchema } from './user.schema.js';

/** Opens a profile for every new account. */
@Injectable()
export class UserListeners {
  @On(accountCreated)
  async openProfile(ctx: Ctx, { accountId }: PayloadOf<typeof accountCreated>, tx: Tx<UserSchema>): Promise<void> {
    await keepProfile(tx, accountId, ctx.now);
  }
}
