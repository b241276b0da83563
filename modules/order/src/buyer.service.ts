import { Inject, Injectable } from '@nestjs/common';
import type { DownloadLink } from '@um/file';
import { money, type Ctx } from '@um/kernel';
import { orderErrors, type CheckoutAnswer, type OrderView } from './contract.js';
import { Downloads } from './downloads.service.js';
import { OrderLife } from './life.service.js';
import { OrderPayments } from './order-payments.service.js';
import { OrdersReader } from './orders.reader.js';

/** What a buyer does with an order of theirs after placing it. */
@Injectable()
export class BuyerOrders {
  constructor(
    @Inject(OrdersReader) private readonly orders: OrdersReader,
    @Inject(OrderLife) private readonly life: OrderLife,
    @Inject(OrderPayments) private readonly payments: OrderPayments,
    @Inject(Downloads) private readonly downloads: Downloads,
  ) {}

  /** Cancels an order of which nothing was shipped yet. */
  async cancel(ctx: Ctx, id: string): Promise<OrderView> {
    await this.orders.mine(ctx, id);
    await this.life.cancel(ctx, id, 'buyer');
    return this.orders.get(ctx, id);
  }

  /** An address for a line's document, which is the person's own to fetch. */
  async download(ctx: Ctx, id: string, lineId: string): Promise<DownloadLink> {
    return this.downloads.link(ctx, await this.orders.mine(ctx, id), lineId);
  }

  /** Leads to the provider again, after a decline or when the page was closed. */
  async pay(ctx: Ctx, id: string): Promise<CheckoutAnswer> {
    const order = await this.orders.mine(ctx, id);
    if (order.state !== 'pending_payment' || order.pay_until! <= ctx.now)
      throw orderErrors.BAD_MOVE({ state: order.state });
    const info = await this.payments.again(ctx, order);
    return {
      orderId: id,
      number: order.number,
      state: order.state,
      redirectUrl: info.redirectUrl,
      total: money(order.total),
    };
  }
}
