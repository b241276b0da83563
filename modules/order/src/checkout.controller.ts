import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Actor, Allow, Answers, Idempotent, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { Asks } from './asks.service.js';
import { BuyerOrders } from './buyer.service.js';
import { Checkout } from './checkout.service.js';
import { AskAnswer, AskBody, CheckoutAnswer, CheckoutBody, QuoteBody, QuoteView } from './contract.js';

const ByOrder = z.strictObject({ orderId: z.uuid() });
const buyers = ['guest', 'parent', 'seller', 'moderator', 'admin'] as const;

@Controller('api/v1')
export class CheckoutController {
  constructor(
    @Inject(Checkout) private readonly checkout: Checkout,
    @Inject(Asks) private readonly asks: Asks,
    @Inject(BuyerOrders) private readonly orders: BuyerOrders,
  ) {}

  @Post('checkout/quote')
  @HttpCode(200)
  @Allow(...buyers, 'child')
  @Answers(QuoteView)
  @Summary('What the cart costs now, with delivery and the VAT inside')
  quote(@Actor() ctx: Ctx, @Body({ schema: QuoteBody }) _body: z.output<typeof QuoteBody>): Promise<QuoteView> {
    return this.checkout.quote(ctx);
  }

  @Post('checkout')
  @Allow(...buyers)
  @Idempotent('order')
  @Answers(CheckoutAnswer, 201)
  @Summary('Places the order a buyer saw the quote of; a child asks instead')
  placeOrder(
    @Actor() ctx: Ctx,
    @Headers('idempotency-key') key: string,
    @Body({ schema: CheckoutBody }) body: z.output<typeof CheckoutBody>,
  ): Promise<CheckoutAnswer> {
    return this.checkout.placeOrder(ctx, key, body);
  }

  @Post('approvals')
  @Allow('child')
  @Idempotent('order')
  @Answers(AskAnswer, 201)
  @Summary('A child asks its parents for what is in its cart')
  ask(
    @Actor() ctx: Ctx,
    @Headers('idempotency-key') key: string,
    @Body({ schema: AskBody }) body: z.output<typeof AskBody>,
  ): Promise<z.infer<typeof AskAnswer>> {
    return this.asks.ask(ctx, key, body.note ?? null);
  }

  @Post('payments/:orderId/start')
  @HttpCode(200)
  @Allow(...buyers)
  @Idempotent('order')
  @Answers(CheckoutAnswer)
  @Summary('Leads to the payment provider again, while the order waits for its payment')
  pay(@Actor() ctx: Ctx, @Param({ schema: ByOrder }) { orderId }: z.output<typeof ByOrder>): Promise<CheckoutAnswer> {
    return this.orders.pay(ctx, orderId);
  }
}
