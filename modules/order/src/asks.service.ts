import { Inject, Injectable } from '@nestjs/common';
import { cart } from '@um/cart';
import { family, familyErrors, type ApprovedAsk, type AskSnapshot } from '@um/family';
import { Uses, type AppError, type Client, type Ctx, type Db } from '@um/kernel';
import { product } from '@um/product';
import { Address } from '@um/user';
import type { AskAnswer } from './contract.js';
import type { z } from 'zod';
import { needsDelivery, waysToPay } from './download.rules.js';
import * as q from './order.queries.js';
import type { OrderSchema } from './order.schema.js';
import { claimPlace, noteAsk, type Place } from './placing.queries.js';
import { isOutage, Placing } from './placing.service.js';
import type { Quote } from './quote.rules.js';
import { Quotes } from './quotes.service.js';
import { covers, snapshotOf } from './snapshot.rules.js';

interface Live {
  readonly quote: Quote;
  readonly snapshot: AskSnapshot;
}

/** A child asks; once a parent has approved, exactly what was asked for is ordered, once (child-safety 3.2). */
@Injectable()
export class Asks {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Uses(cart) private readonly carts: Client<typeof cart>,
    @Uses(product) private readonly products: Client<typeof product>,
    @Uses(family) private readonly families: Client<typeof family>,
    @Inject(Quotes) private readonly quotes: Quotes,
    @Inject(Placing) private readonly placing: Placing,
  ) {}

  /** Asks the parents for what is in the child's cart and empties it. Raises `family.BLOCKED` for what cannot even be asked for. */
  async ask(ctx: Ctx, key: string, note: string | null): Promise<z.infer<typeof AskAnswer>> {
    const child = ctx.child!;
    const place = await claimPlace(this.db, ctx, `ask:${child.id}`, key);
    if (place.approvalId) return { approvalId: place.approvalId, state: 'pending' };
    const cart = await this.carts.snapshot(ctx, {});
    const quote = await this.quotes.of(ctx, cart.lines);
    const variants = new Map(cart.lines.map((line) => [line.variant.variantId, line.variant]));
    const { policyVersion } = await this.families.viewerOf(ctx, { childId: child.id });
    const snapshot = snapshotOf(quote, variants, policyVersion);
    const gate = await this.families.authorizeSpend(ctx, {
      childId: child.id,
      lines: snapshot.lines,
      totalTiyin: snapshot.totalTiyin,
    });
    if (gate.outcome === 'block') throw familyErrors.BLOCKED({ reasons: gate.reasons });
    const asked = await this.families.ask(ctx, { childId: child.id, snapshot, note });
    await noteAsk(this.db, place.orderId, asked.approvalId);
    await this.carts.take(ctx, {
      key: `ask:${place.orderId}`,
      cartId: cart.cartId,
      lines: quote.lines.map(({ variantId, qty }) => ({ variantId, qty })),
    });
    return asked;
  }

  /** Orders what a parent approved, unless it is not true any more or cannot be had. Running it again changes nothing. */
  async orderApproved(ctx: Ctx, approvalId: string): Promise<void> {
    const ask = await this.families.approved(ctx, { approvalId });
    if (ask?.state !== 'approved' && ask?.state !== 'ordering') return;
    try {
      await this.#order(ctx, ask);
    } catch (error) {
      if (isOutage(error)) throw error; // the fact is delivered again
      await this.#giveUp(ctx, approvalId, (error as AppError).code);
    }
  }

  async #order(ctx: Ctx, ask: ApprovedAsk): Promise<void> {
    const { approvalId, childId, familyId, approvedBy } = ask;
    const place = await claimPlace(this.db, ctx, 'approval', approvalId);
    if (place.placed) return this.#finish(ctx, ask, place);
    const live = await this.#live(ctx, ask);
    if (!live || !covers(ask.snapshot, live.snapshot)) return this.#giveUp(ctx, approvalId, 'CHANGED');
    const { lines } = live.quote;
    const address = needsDelivery(lines) ? ask.address : null;
    if (!waysToPay(lines).includes(ask.payment) || (needsDelivery(lines) && !address))
      return this.#giveUp(ctx, approvalId, 'CHANGED');
    const gate = await this.families.authorizeSpend(ctx, {
      childId,
      lines: live.snapshot.lines,
      totalTiyin: live.snapshot.totalTiyin,
    });
    if (gate.outcome === 'block') return this.#giveUp(ctx, approvalId, 'BLOCKED');
    await this.families.startOrdering(ctx, { approvalId, orderId: place.orderId });
    await this.placing.place(ctx, {
      place,
      quote: live.quote,
      payMs: await this.quotes.payMs(ctx),
      buyerId: approvedBy,
      guestId: null,
      child: { childId, familyId, approvalId, snapshotHash: ask.snapshot.hash },
      payment: ask.payment,
      address: address && Address.parse(address),
      email: null,
      by: 'buyer',
      cartId: null,
    });
    await this.families.ordered(ctx, { approvalId, orderId: place.orderId });
  }

  /** An earlier delivery got as far as writing the order. */
  async #finish(ctx: Ctx, ask: ApprovedAsk, place: Place): Promise<void> {
    const order = (await q.findOrder(this.db, place.orderId))!;
    if (order.state === 'cancelled' || order.state === 'expired') return this.#giveUp(ctx, ask.approvalId, 'FAILED');
    await this.placing.resume(ctx, place);
    await this.families.ordered(ctx, { approvalId: ask.approvalId, orderId: order.id });
  }

  /** The same units at today's prices and under today's policy; null when something of it is not sold any more. */
  async #live(ctx: Ctx, ask: ApprovedAsk): Promise<Live | null> {
    // At what everybody pays, as it was asked: what a parent's groups are granted is not the child's.
    const found = await this.products.variants(
      { ...ctx, actor: null },
      { ids: ask.snapshot.lines.map((line) => line.variantId) },
    );
    const variants = new Map(
      found.filter((variant) => variant.state === 'published').map((variant) => [variant.variantId, variant]),
    );
    if (ask.snapshot.lines.some((line) => !variants.has(line.variantId))) return null;
    const quote = await this.quotes.of(
      ctx,
      ask.snapshot.lines.map((line) => ({ qty: line.qty, variant: variants.get(line.variantId)! })),
    );
    const { policyVersion } = await this.families.viewerOf(ctx, { childId: ask.childId });
    return { quote, snapshot: snapshotOf(quote, variants, policyVersion) };
  }

  async #giveUp(ctx: Ctx, approvalId: string, code: string): Promise<void> {
    await this.families.couldNotOrder(ctx, { approvalId, code });
  }
}
