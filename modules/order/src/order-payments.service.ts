import { Inject, Injectable } from '@nestjs/common';
import { Uses, type Client, type Ctx, type Db } from '@um/kernel';
import { payment, type PaymentInfo } from '@um/payment';
import * as q from './order.queries.js';
import { orderPath } from './order.rules.js';
import type { OrderSchema } from './order.schema.js';
import type { NewOrder } from './placing.queries.js';

/** Payments of orders, with every seller's share as it was agreed. */
@Injectable()
export class OrderPayments {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Uses(payment) private readonly payments: Client<typeof payment>,
  ) {}

  /** Opens the payment of an order that was just written. */
  open(ctx: Ctx, order: NewOrder): Promise<PaymentInfo> {
    const { id, number, buyerId, payment: method, quote, parts, payUntil } = order;
    const shares = parts.map((part) => ({
      storeId: part.storeId,
      grossTiyin: part.goods,
      commissionTiyin: part.commission,
    }));
    return this.payments.start(ctx, {
      orderId: id,
      payerId: buyerId,
      method,
      amountTiyin: quote.total,
      shares,
      deliveryTiyin: quote.delivery,
      expiresAt: payUntil,
      ...this.#shown(ctx, id, number),
    });
  }

  /** Opens the payment of an order that waits for it: the open one, a declined one again, or one that a crash left unopened. */
  async again(ctx: Ctx, order: q.OrderRow): Promise<PaymentInfo> {
    const parts = await q.sellerOrdersOf(this.db, order.id);
    const shares = parts.map((part) => ({
      storeId: part.store_id,
      grossTiyin: part.goods,
      commissionTiyin: part.commission,
    }));
    return this.payments.start(ctx, {
      orderId: order.id,
      payerId: order.buyer_id,
      method: order.payment,
      amountTiyin: order.total,
      shares,
      deliveryTiyin: order.delivery,
      expiresAt: order.pay_until!,
      ...this.#shown(ctx, order.id, order.number),
    });
  }

  /** Where the buyer of a waiting order pays; null when there is nothing to pay. */
  async redirectUrl(ctx: Ctx, orderId: string): Promise<string | null> {
    return (await this.payments.byOrder(ctx, { orderId }))?.redirectUrl ?? null;
  }

  #shown(ctx: Ctx, orderId: string, number: string) {
    return { returnPath: orderPath(orderId, ctx.locale), description: `UltraMarket ${number}` };
  }
}
