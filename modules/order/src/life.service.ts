import { Inject, Injectable } from '@nestjs/common';
import { inTx, record, type Ctx, type Db, type Tx } from '@um/kernel';
import { orderCancelled, orderErrors, orderPaid, sellerOrderMoved, type SellerOrderState } from './contract.js';
import { givenOut, giveOut } from './download.queries.js';
import { isGivenOut } from './download.rules.js';
import { audited, factOf } from './order.facts.js';
import * as q from './order.queries.js';
import { cancellable, isOpen, outcomeOf, sellerMayMove, sellerOrderMoves, type By } from './order.rules.js';
import type { OrderSchema } from './order.schema.js';

/** The moves of orders and their parts: each one transaction under the order's lock, with its history rows and facts. */
@Injectable()
export class OrderLife {
  constructor(@Inject('order.db') private readonly db: Db<OrderSchema>) {}

  /** PENDING_PAYMENT -> PAID; sellers may start. False when the order is not waiting any more. */
  paid(ctx: Ctx, orderId: string): Promise<boolean> {
    return inTx(this.db, async (tx) => {
      const order = await q.lockOrder(tx, orderId);
      if (order?.state !== 'pending_payment') return false;
      await q.moveOrder(tx, ctx, { id: orderId, from: 'pending_payment', to: 'paid', by: 'buyer' });
      await q.openParts(tx, ctx, orderId);
      await record(tx, ctx, orderPaid, { ...factOf(order, await q.sellerOrdersOf(tx, orderId)), confirmedOnly: false });
      await audited(tx, ctx, 'paid', orderId, { totalTiyin: order.total });
      return true;
    });
  }

  /** Cancels an order of which nothing was shipped yet; what follows from it (refund, stock, limits) follows from the fact. */
  async cancel(ctx: Ctx, orderId: string, by: By): Promise<void> {
    await inTx(this.db, async (tx) => {
      const order = await q.lockOrder(tx, orderId);
      if (!order) throw orderErrors.NOT_FOUND();
      const parts = await q.sellerOrdersOf(tx, orderId);
      // Who has downloaded something has it.
      if (by === 'buyer' && (await givenOut(tx, orderId)).size > 0) throw orderErrors.BAD_MOVE({ state: order.state });
      if (
        !cancellable(
          order.state,
          parts.map((part) => part.state),
        )
      )
        throw orderErrors.BAD_MOVE({ state: order.state });
      await this.#end(tx, ctx, order, parts, 'cancelled', by);
    });
  }

  /** PENDING_PAYMENT -> EXPIRED. False when the order is not waiting any more. */
  expire(ctx: Ctx, orderId: string): Promise<boolean> {
    return inTx(this.db, async (tx) => {
      const order = await q.lockOrder(tx, orderId);
      if (order?.state !== 'pending_payment') return false;
      await this.#end(tx, ctx, order, await q.sellerOrdersOf(tx, orderId), 'expired', 'platform');
      return true;
    });
  }

  /** Moves one seller's part. Raises `order.NOT_PAID` while the order waits for money and `order.BAD_MOVE` for a move that is not allowed. */
  async movePart(ctx: Ctx, sellerOrderId: string, to: SellerOrderState): Promise<void> {
    await inTx(this.db, async (tx) => {
      const order = await q.lockOrderOf(tx, sellerOrderId);
      const parts = order ? await q.sellerOrdersOf(tx, order.id) : [];
      const part = parts.find((p) => p.id === sellerOrderId);
      if (!order || !part) throw orderErrors.NOT_FOUND();
      if (order.state === 'pending_payment') throw orderErrors.NOT_PAID();
      if (!isOpen(order.state) || !sellerMayMove(part.state, part.digital).includes(to))
        throw orderErrors.BAD_MOVE({ state: part.state, to });
      if (!(await q.movePart(tx, ctx, { id: part.id, from: part.state, to, by: 'seller' })))
        throw orderErrors.BAD_MOVE({ state: part.state, to });
      await record(tx, ctx, sellerOrderMoved, {
        ...factOf(order, parts),
        sellerOrderId,
        storeId: part.store_id,
        state: to,
      });
      await audited(tx, ctx, 'part-moved', order.id, { sellerOrderId, from: part.state, to });
    });
  }

  /**
   * Gives a downloaded line out: noted once, under the order's lock, so that it is not cancelled at the same moment. With it a part
   * of downloads alone is delivered. Raises `order.NOT_PAID` and `order.BAD_MOVE`.
   */
  async giveOut(ctx: Ctx, orderId: string, line: { id: string; seller_order_id: string }): Promise<void> {
    await inTx(this.db, async (tx) => {
      const order = (await q.lockOrder(tx, orderId))!;
      const parts = await q.sellerOrdersOf(tx, orderId);
      const part = parts.find((p) => p.id === line.seller_order_id)!;
      if (order.state === 'pending_payment') throw orderErrors.NOT_PAID();
      if (!isGivenOut(order.state, part.state)) throw orderErrors.BAD_MOVE({ state: part.state });
      await giveOut(tx, ctx, line.id, orderId);
      await this.#deliver(tx, ctx, order, parts, part, ctx.child ? 'child' : 'buyer');
    });
  }

  /** A part of downloads alone that nobody fetched for a long time counts as delivered. */
  async letRest(ctx: Ctx, orderId: string, partId: string): Promise<void> {
    await inTx(this.db, async (tx) => {
      const order = (await q.lockOrder(tx, orderId))!;
      const parts = await q.sellerOrdersOf(tx, orderId);
      if (isOpen(order.state))
        await this.#deliver(
          tx,
          ctx,
          order,
          parts,
          parts.find((p) => p.id === partId)!,
          'platform',
        );
    });
  }

  async #deliver(
    tx: Tx<OrderSchema>,
    ctx: Ctx,
    order: q.OrderRow,
    parts: readonly q.SellerOrderRow[],
    part: q.SellerOrderRow,
    by: By,
  ): Promise<void> {
    if (!part.digital || part.state !== 'new') return;
    await q.movePart(tx, ctx, { id: part.id, from: 'new', to: 'delivered', by });
    const moved = { sellerOrderId: part.id, storeId: part.store_id, state: 'delivered' } as const;
    await record(tx, ctx, sellerOrderMoved, { ...factOf(order, parts), ...moved });
    await audited(tx, ctx, 'part-moved', order.id, { sellerOrderId: part.id, from: 'new', to: 'delivered' });
  }

  /** Ends an order whose parts have all ended: completed, or cancelled when every seller cancelled. False when nothing was to be done. */
  finish(ctx: Ctx, orderId: string): Promise<boolean> {
    return inTx(this.db, async (tx) => {
      const order = await q.lockOrder(tx, orderId);
      if (!order || !isOpen(order.state)) return false;
      const parts = await q.sellerOrdersOf(tx, orderId);
      const outcome = outcomeOf(parts.map((part) => part.state));
      if (outcome === 'cancelled') await this.#end(tx, ctx, order, parts, 'cancelled', 'seller');
      if (outcome !== 'completed') return outcome !== null;
      await q.moveOrder(tx, ctx, { id: orderId, from: order.state, to: 'completed', by: 'platform' });
      await audited(tx, ctx, 'completed', orderId, { totalTiyin: order.total });
      return true;
    });
  }

  async #end(
    tx: Tx<OrderSchema>,
    ctx: Ctx,
    order: q.OrderRow,
    parts: readonly q.SellerOrderRow[],
    to: 'cancelled' | 'expired',
    by: By,
  ): Promise<void> {
    for (const part of parts.filter((p) => sellerOrderMoves[p.state].includes('cancelled')))
      await q.movePart(tx, ctx, { id: part.id, from: part.state, to: 'cancelled', by });
    await q.moveOrder(tx, ctx, { id: order.id, from: order.state, to, by });
    await record(tx, ctx, orderCancelled, { ...factOf(order, parts), state: to });
    await audited(tx, ctx, to, order.id, { by, totalTiyin: order.total });
  }
}
