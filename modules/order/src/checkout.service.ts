import { Inject, Injectable } from '@nestjs/common';
import { cart } from '@um/cart';
import { Uses, type Client, type Ctx, type Db } from '@um/kernel';
import type { z } from 'zod';
import { downloadErrors, orderErrors, type CheckoutAnswer, type CheckoutBody, type QuoteView } from './contract.js';
import { needsDelivery, waysToPay } from './download.rules.js';
import type { OrderSchema } from './order.schema.js';
import { ownerOf } from './order.rules.js';
import { claimPlace } from './placing.queries.js';
import { Placing } from './placing.service.js';
import { fingerprint, quoteView } from './quote.rules.js';
import { Quotes } from './quotes.service.js';

/** Checkout of adults and guests. A child does not buy: it asks. */
@Injectable()
export class Checkout {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Uses(cart) private readonly carts: Client<typeof cart>,
    @Inject(Quotes) private readonly quotes: Quotes,
    @Inject(Placing) private readonly placing: Placing,
  ) {}

  /** What the cart costs now. */
  async quote(ctx: Ctx): Promise<QuoteView> {
    const snapshot = await this.carts.snapshot(ctx, {});
    return quoteView(await this.quotes.of(ctx, snapshot.lines), ctx.locale);
  }

  /** Places the order a buyer saw the quote of. One key is one order, whatever arrives how often. */
  async placeOrder(ctx: Ctx, key: string, body: z.output<typeof CheckoutBody>): Promise<CheckoutAnswer> {
    if (ctx.actor === null && body.email === undefined) throw orderErrors.EMAIL_NEEDED();
    const place = await claimPlace(this.db, ctx, ownerOf(ctx) ?? 'nobody', key);
    if (place.placed) return this.placing.resume(ctx, place);
    const snapshot = await this.carts.snapshot(ctx, {});
    const quote = await this.quotes.of(ctx, snapshot.lines);
    if (fingerprint(quote) !== body.fingerprint)
      throw orderErrors.QUOTE_CHANGED({ quote: quoteView(quote, ctx.locale) });
    if (!waysToPay(quote.lines).includes(body.payment)) throw downloadErrors.PAY_ONLINE();
    const address = needsDelivery(quote.lines) ? body.address : null;
    if (address === undefined) throw downloadErrors.ADDRESS_NEEDED();
    return this.placing.place(ctx, {
      place,
      quote,
      payMs: await this.quotes.payMs(ctx),
      buyerId: ctx.actor,
      guestId: ctx.actor === null ? ctx.guest! : null,
      child: null,
      payment: body.payment,
      address,
      email: body.email ?? null,
      by: 'buyer',
      cartId: snapshot.cartId,
    });
  }
}
