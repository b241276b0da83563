import { Inject, Injectable } from '@nestjs/common';
import { approvalDecided } from '@um/family';
import { Clock, On, type Ctx, type PayloadOf } from '@um/kernel';
import { paymentSucceeded } from '@um/payment';
import { productRecalled } from '@um/product';
import { Asks } from './asks.service.js';
import { orderCancelled, orderPaid, sellerOrderMoved } from './contract.js';
import { Downloads } from './downloads.service.js';
import { Reactions } from './reactions.service.js';

/** Facts that make orders move. Each may arrive more than once and late: every reaction looks at the present state first. */
@Injectable()
export class OrderListeners {
  constructor(
    @Inject(Asks) private readonly asks: Asks,
    @Inject(Reactions) private readonly reactions: Reactions,
    @Inject(Downloads) private readonly downloads: Downloads,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @On(approvalDecided, { own: true })
  async orderApproved(ctx: Ctx, { approvalId, state }: PayloadOf<typeof approvalDecided>): Promise<void> {
    if (state === 'approved') await this.asks.orderApproved(this.#now(ctx), approvalId);
  }

  @On(paymentSucceeded, { own: true })
  async takeMoney(ctx: Ctx, { orderId }: PayloadOf<typeof paymentSucceeded>): Promise<void> {
    await this.reactions.moneyCame(this.#now(ctx), orderId);
  }

  @On(orderPaid, { own: true })
  async commitCashOrder(ctx: Ctx, { orderId, confirmedOnly }: PayloadOf<typeof orderPaid>): Promise<void> {
    if (confirmedOnly) await this.reactions.confirmed(this.#now(ctx), orderId);
  }

  @On(orderCancelled, { own: true })
  async undoEnded(ctx: Ctx, { orderId, state }: PayloadOf<typeof orderCancelled>): Promise<void> {
    await this.reactions.ended(this.#now(ctx), orderId, state);
  }

  @On(sellerOrderMoved, { own: true })
  async followPart(ctx: Ctx, { orderId, state }: PayloadOf<typeof sellerOrderMoved>): Promise<void> {
    if (state === 'delivered' || state === 'cancelled') await this.reactions.partEnded(this.#now(ctx), orderId);
  }

  @On(productRecalled, { own: true })
  async stopDownloads(ctx: Ctx, { productIds }: PayloadOf<typeof productRecalled>): Promise<void> {
    await this.downloads.recall(this.#now(ctx), productIds);
  }

  /** A fact carries the time it was made at; what follows from it happens now. */
  #now(ctx: Ctx): Ctx {
    return { ...ctx, now: this.clock.now() };
  }
}
