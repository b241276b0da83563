import { Inject, Injectable } from '@nestjs/common';
import { cronJob, inTx, record, Works, type Ctx, type Db } from '@um/kernel';
import { forgetOld, markAbandoned } from './cart.queries.js';
import type { CartSchema } from './cart.schema.js';
import { cartAbandoned } from './contract.js';
import { GUEST_SECONDS } from './guest-token.js';

export const cartSweep = cronJob('cart.sweep', '*/15 * * * *');

/** A filled cart that nobody touched for this long was left behind, in ms. */
const ABANDONED_MS = 24 * 3_600_000;
const BATCH = 500;

/** Tells of carts that were left behind, once each, and removes guests' carts whose token has ended. */
@Injectable()
export class CartJobs {
  constructor(@Inject('cart.db') private readonly db: Db<CartSchema>) {}

  @Works(cartSweep)
  async sweep(ctx: Ctx): Promise<number> {
    const left = await inTx(this.db, async (tx) => {
      const carts = await markAbandoned(tx, new Date(ctx.now.getTime() - ABANDONED_MS), ctx.now, BATCH);
      for (const cart of carts)
        await record(tx, ctx, cartAbandoned, { cartId: cart.id, accountId: cart.guest ? null : cart.owner });
      return carts.length;
    });
    return left + (await forgetOld(this.db, new Date(ctx.now.getTime() - GUEST_SECONDS * 1_000)));
  }
}
