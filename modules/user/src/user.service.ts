import { Inject, Injectable } from '@nestjs/common';
import { auth } from '@um/auth';
import { httpErrors, inTx, record, Uses, type Client, type Ctx, type Db } from '@um/kernel';
import type { z } from 'zod';
import { profileChanged, userErrors, type Me, type PatchMe } from './contract.js';
import { keepProfile, profileOf, updateProfile } from './user.queries.js';
import { meOf } from './user.rules.js';
import type { UserSchema } from './user.schema.js';

/** What a person knows and chooses about themselves. */
@Injectable()
export class UserService {
  constructor(
    @Inject('user.db') private readonly db: Db<UserSchema>,
    @Uses(auth) private readonly accounts: Client<typeof auth>,
  ) {}

  /** The signed-in person. Name, e-mail and roles are the account's; language and colours are kept here. */
  async me(ctx: Ctx): Promise<Me> {
    const [account, choices] = await Promise.all([
      this.accounts.account(ctx, { id: ctx.actor! }),
      profileOf(this.db, ctx.actor!),
    ]);
    if (!account) throw httpErrors.SIGN_IN();
    return meOf(ctx, account, choices);
  }

  /** Changes what is given. A child's name is its parents' affair. */
  async change(ctx: Ctx, { name, ...choices }: z.output<typeof PatchMe>): Promise<Me> {
    if (name !== undefined && ctx.child) throw userErrors.NAME_BY_PARENT();
    if (name !== undefined) await this.accounts.describe(ctx, { accountId: ctx.actor!, name });
    await inTx(this.db, async (tx) => {
      await keepProfile(tx, ctx.actor!, ctx.now);
      await updateProfile(
        tx,
        ctx.actor!,
        { ...(choices.locale ? { locale: choices.locale } : {}), ...(choices.theme ? { theme: choices.theme } : {}) },
        ctx.now,
      );
      await record(tx, ctx, profileChanged, { accountId: ctx.actor! });
    });
    return this.me(ctx);
  }
}
