import { Injectable, Inject } from '@nestjs/common';
import { family } from '@um/family';
import { inventory } from '@um/inventory';
import { Uses, type Client, type Ctx } from '@um/kernel';
import { payment } from '@um/payment';
import { Downloads } from './downloads.service.js';
import type { OrderRow, SellerOrderRow } from './order.queries.js';

/** What an order took, and what is given back of it: money, units, limits, downloads. Everything may run again and then changes nothing. */
@Injectable()
export class GivingBack {
  constructor(
    @Inject(Downloads) private readonly downloads: Downloads,
    @Uses(inventory) private readonly stock: Client<typeof inventory>,
    @Uses(payment) private readonly payments: Client<typeof payment>,
    @Uses(family) private readonly families: Client<typeof family>,
  ) {}

  /** An order ended without a delivery. What can be downloaded goes first: who gets the money back must not have the goods a moment longer. */
  async whole(ctx: Ctx, orderId: string, approvalId: string | null, state: 'cancelled' | 'expired'): Promise<void> {
    await this.downloads.withdraw(ctx, orderId);
    const closed = await this.payments.close(ctx, { orderId, state });
    if (closed.state === 'succeeded') await this.payments.refundAll(ctx, { orderId, reason: state });
    await this.stock.release(ctx, { orderId, reason: state });
    if (approvalId) await this.families.releaseSpend(ctx, { approvalId });
  }

  /** Parts that their sellers cancelled. */
  async parts(ctx: Ctx, orderId: string, parts: readonly SellerOrderRow[]): Promise<void> {
    const cancelled = parts.filter((part) => part.state === 'cancelled');
    if (cancelled.length === 0) return;
    const ids = cancelled.map((part) => part.id);
    await this.downloads.withdraw(ctx, orderId, ids);
    for (const part of cancelled)
      await this.payments.cancelShare(ctx, { orderId, storeId: part.store_id, reason: 'seller' });
  }

  /** A child's spending is what was really paid. */
  async settle(ctx: Ctx, order: Pick<OrderRow, 'approval_id'>, amountTiyin: number): Promise<void> {
    if (order.approval_id) await this.families.settleSpend(ctx, { approvalId: order.approval_id, amountTiyin });
  }
}
