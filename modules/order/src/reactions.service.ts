import { Inject, Injectable } from '@nestjs/common';
import { inventory, inventoryErrors } from '@um/inventory';
import { AppError, Uses, type Client, type Ctx, type Db } from '@um/kernel';
import { payment } from '@um/payment';
import { GivingBack } from './giving-back.service.js';
import { OrderLife } from './life.service.js';
import { OrderPayments } from './order-payments.service.js';
import * as q from './order.queries.js';
import { isOpen, outcomeOf } from './order.rules.js';
import type { OrderSchema } from './order.schema.js';
import { forgetPlaces } from './placing.queries.js';

const SWEEP = 50;
/** Requests are remembered for a day; their places a little longer. */
const PLACES_KEPT_MS = 48 * 3_600_000;
const NOT_HELD = inventoryErrors.NOT_HELD().code;

/** What follows from facts about orders and payments in other contexts. Every reaction may run again and then changes nothing. */
@Injectable()
export class Reactions {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Inject(OrderLife) private readonly life: OrderLife,
    @Inject(OrderPayments) private readonly opening: OrderPayments,
    @Inject(GivingBack) private readonly back: GivingBack,
    @Uses(inventory) private readonly stock: Client<typeof inventory>,
    @Uses(payment) private readonly payments: Client<typeof payment>,
  ) {}

  /** Money came: the units leave the shelf and sellers start. For an order that ended meanwhile the money goes back. */
  async moneyCame(ctx: Ctx, orderId: string): Promise<void> {
    const order = await q.findOrder(this.db, orderId);
    if (order?.state === 'pending_payment' && !(await this.#commit(ctx, orderId))) return;
    if (order?.state === 'pending_payment') await this.life.paid(ctx, orderId);
    const now = await q.findOrder(this.db, orderId);
    if (!now || now.state === 'cancelled' || now.state === 'expired')
      return this.back.whole(ctx, orderId, now?.approval_id ?? null, 'cancelled');
    if (now.payment !== 'cash') await this.back.settle(ctx, now, now.total);
  }

  /** With cash an order is confirmed at once: its units leave the shelf. Its payment is open, also when the one who placed it crashed before. */
  async confirmed(ctx: Ctx, orderId: string): Promise<void> {
    const order = await q.findOrder(this.db, orderId);
    if (order?.state !== 'confirmed') return;
    if (!(await this.payments.byOrder(ctx, { orderId }))) await this.opening.again(ctx, order);
    await this.#commit(ctx, orderId);
  }

  /** An order ended without a delivery: nothing can be paid on it any more, what was paid goes back, units and limits are free. */
  async ended(ctx: Ctx, orderId: string, state: 'cancelled' | 'expired'): Promise<void> {
    const order = await q.findOrder(this.db, orderId);
    await this.back.whole(ctx, orderId, order?.approval_id ?? null, state);
  }

  /**
   * A part was delivered or cancelled. Cancelled parts are given back; when every part has ended the order has, too: cash
   * counts as handed over, and a child's spending is settled with what was really paid. All of it looks at the parts as they
   * are now, which may be further than the fact tells; the order ends only on what was seen here, after its money is right.
   */
  async partEnded(ctx: Ctx, orderId: string): Promise<void> {
    const order = await q.findOrder(this.db, orderId);
    if (!order || !isOpen(order.state)) return;
    const parts = await q.sellerOrdersOf(this.db, orderId);
    const outcome = outcomeOf(parts.map((part) => part.state));
    if (outcome !== 'cancelled') await this.back.parts(ctx, orderId, parts);
    if (outcome === 'completed' && order.payment === 'cash') await this.#collect(ctx, order);
    if (outcome !== null) await this.life.finish(ctx, orderId);
  }

  /** Ends orders that nobody paid in time, unless the money is there already. Answers how many it looked at. */
  async sweep(ctx: Ctx): Promise<number> {
    const unpaid = await q.unpaidOrders(this.db, ctx.now, SWEEP);
    for (const order of unpaid) {
      const closed = await this.payments.close(ctx, { orderId: order.id, state: 'expired' });
      if (closed.state === 'succeeded') await this.moneyCame(ctx, order.id);
      else await this.life.expire(ctx, order.id);
    }
    await forgetPlaces(this.db, new Date(ctx.now.getTime() - PLACES_KEPT_MS));
    return unpaid.length;
  }

  /** Units leave the shelf. False when they are gone: the order is cancelled, and its fact gives the money back. */
  async #commit(ctx: Ctx, orderId: string): Promise<boolean> {
    try {
      await this.stock.commit(ctx, { orderId });
      return true;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== NOT_HELD) throw error;
      await this.life.cancel(ctx, orderId, 'platform');
      return false;
    }
  }

  async #collect(ctx: Ctx, order: q.OrderRow): Promise<void> {
    const { amountTiyin } = await this.payments.collectCash(ctx, { orderId: order.id });
    await this.back.settle(ctx, order, amountTiyin);
  }
}
