import { Inject, Injectable } from '@nestjs/common';
import { cart } from '@um/cart';
import { inventory } from '@um/inventory';
import {
  AppError,
  inTx,
  isDatabaseGone,
  money,
  record,
  Uses,
  WIRE_BUG,
  type Client,
  type Ctx,
  type Db,
} from '@um/kernel';
import type { PaymentMethod } from '@um/payment';
import type { Address } from '@um/user';
import { unitsOf } from './bundle.rules.js';
import { orderPaid, orderPlaced, type CheckoutAnswer } from './contract.js';
import { audited, factOf } from './order.facts.js';
import * as q from './order.queries.js';
import { orderNumber, type By } from './order.rules.js';
import type { OrderSchema } from './order.schema.js';
import { OrderLife } from './life.service.js';
import { OrderPayments } from './order-payments.service.js';
import { freePlace, insertOrder, isPlacedAlready, isWritten, type NewOrder, type Place } from './placing.queries.js';
import { partsOf, type Quote } from './quote.rules.js';

/** Stock is held this much longer than the buyer may pay, so that a payment in the last second finds it. */
const GRACE_MS = 10 * 60_000;

/** An order as its buyer wants it, priced and agreed. */
export interface Draft {
  readonly place: Place;
  readonly quote: Quote;
  /** How long it waits for its payment, in ms. */
  readonly payMs: number;
  readonly buyerId: string | null;
  readonly guestId: string | null;
  readonly child: NewOrder['child'];
  readonly payment: PaymentMethod;
  readonly address: Address | null;
  readonly email: string | null;
  readonly by: By;
  readonly cartId: string | null;
}

/** The second half of placing an order: stock, the order itself, its payment. */
@Injectable()
export class Placing {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Inject(WIRE_BUG) private readonly onBug: (where: string, error: unknown) => void,
    @Uses(inventory) private readonly stock: Client<typeof inventory>,
    @Uses(cart) private readonly carts: Client<typeof cart>,
    @Inject(OrderPayments) private readonly payments: OrderPayments,
    @Inject(OrderLife) private readonly life: OrderLife,
  ) {}

  /**
   * Reserves, writes and opens the payment; what was done is undone when a step fails. What a crash leaves behind
   * ends by its own deadline. Doing it again for the same place goes on with the same order.
   */
  async place(ctx: Ctx, draft: Draft): Promise<CheckoutAnswer> {
    const { orderId } = draft.place;
    const order = newOrder(ctx, draft);
    const lines = draft.quote.lines.map((line) => ({ variantId: line.variantId, qty: line.qty }));
    let redirectUrl: string | null;
    let inserted = false;
    try {
      await this.stock.reserve(ctx, {
        orderId,
        lines: unitsOf(draft.quote.lines),
        expiresAt: new Date(order.payUntil.getTime() + GRACE_MS),
      });
      await this.#insert(ctx, order);
      inserted = true;
      redirectUrl = (await this.payments.open(ctx, order)).redirectUrl;
    } catch (error) {
      // What a parent approved is tried again by its fact, with the same order and what it already holds.
      if (draft.child === null || !isOutage(error)) await this.#undo(ctx, draft, inserted);
      throw error;
    }
    await this.#takeUnits(ctx, orderId, draft.cartId, lines);
    return { orderId, number: order.number, state: order.state, redirectUrl, total: money(order.quote.total) };
  }

  /** The answer of an order that was placed by an earlier attempt; finishes what that attempt left open. */
  async resume(ctx: Ctx, { orderId, cartId }: Place): Promise<CheckoutAnswer> {
    const order = (await q.findOrder(this.db, orderId))!;
    const lines = await q.linesOf(this.db, [orderId]);
    const waits = order.state === 'pending_payment' || order.state === 'confirmed';
    const redirectUrl = waits ? (await this.payments.again(ctx, order)).redirectUrl : null;
    await this.#takeUnits(
      ctx,
      orderId,
      cartId,
      lines.map((line) => ({ variantId: line.variant_id, qty: line.qty })),
    );
    return { orderId, number: order.number, state: order.state, redirectUrl, total: money(order.total) };
  }

  /** What was ordered leaves the cart, once. */
  async #takeUnits(
    ctx: Ctx,
    orderId: string,
    cartId: string | null,
    lines: { variantId: string; qty: number }[],
  ): Promise<void> {
    if (cartId !== null) await this.carts.take(ctx, { key: `order:${orderId}`, cartId, lines });
  }

  /** One transaction: the order with its parts, and the facts about it. Another attempt that was first is as good, and so is an answer that was lost. */
  async #insert(ctx: Ctx, order: NewOrder): Promise<void> {
    const about = {
      id: order.id,
      number: order.number,
      buyer_id: order.buyerId,
      child_id: order.child?.childId ?? null,
      family_id: order.child?.familyId ?? null,
    };
    const fact = factOf(
      about,
      order.parts.map((part) => ({ store_id: part.storeId })),
    );
    const lines = order.quote.lines.map(({ productId, variantId, qty }) => ({ productId, variantId, qty }));
    try {
      await inTx(this.db, async (tx) => {
        await insertOrder(tx, ctx, order);
        await record(tx, ctx, orderPlaced, { ...fact, totalTiyin: order.quote.total, payment: order.payment, lines });
        if (order.state === 'confirmed') await record(tx, ctx, orderPaid, { ...fact, confirmedOnly: true });
        await audited(tx, ctx, 'placed', order.id, {
          totalTiyin: order.quote.total,
          payment: order.payment,
          approvalId: order.child?.approvalId ?? null,
        });
      });
    } catch (error) {
      if (!isPlacedAlready(error) && !(isDatabaseGone(error) && (await this.#isWritten(order.id)))) throw error;
    }
  }

  #isWritten(orderId: string): Promise<boolean> {
    return inTx(this.db, (tx) => isWritten(tx, orderId));
  }

  /**
   * Takes back what a failed attempt got done. An order that was written although the attempt never heard so (its connection broke)
   * stands: the next try with the same key is answered with it. What cannot be undone now ends by its deadline; the buyer hears
   * the first failure. An ask keeps its place: a parent approved it for one order.
   */
  async #undo(ctx: Ctx, { place, child }: Draft, inserted: boolean): Promise<void> {
    const { orderId } = place;
    try {
      if (inserted) await this.life.cancel(ctx, orderId, 'platform'); // frees the stock, too
      const stands = await inTx(this.db, async (tx) => {
        const written = !inserted && (await isWritten(tx, orderId));
        if (!written && !child) await freePlace(tx, orderId);
        return written;
      });
      if (!stands && !inserted) await this.stock.release(ctx, { orderId, reason: 'failed' });
    } catch (error) {
      this.onBug('order undo', error);
    }
  }
}

/** True for a failure that nobody decided: trying again may succeed. */
export const isOutage = (error: unknown): boolean => !(error instanceof AppError) || error.status >= 500;

function newOrder(ctx: Ctx, draft: Draft): NewOrder {
  const { place, payMs, ...rest } = draft;
  const payUntil = new Date(ctx.now.getTime() + payMs);
  return {
    ...rest,
    id: place.orderId,
    number: orderNumber(place.n),
    parts: partsOf(draft.quote.lines),
    payUntil,
    state: draft.payment === 'cash' ? 'confirmed' : 'pending_payment',
  };
}
