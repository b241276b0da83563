import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Idempotent, page, Summary, type Ctx, type Page } from '@um/kernel';
import { z } from 'zod';
import { MoveBody, SellerFilter, SellerTask } from './contract.js';
import { SellerOrders } from './seller.service.js';

const ById = z.strictObject({ id: z.uuid() });
const Language = z.strictObject({ lang: z.string().optional() });

@Controller('api/v1/seller/orders')
export class SellerOrdersController {
  constructor(@Inject(SellerOrders) private readonly orders: SellerOrders) {}

  @Get()
  @Allow('seller')
  @Answers(page(SellerTask))
  @Summary('Orders of the seller’s stores that may be worked on, newest first')
  list(
    @Actor() ctx: Ctx,
    @Query({ schema: SellerFilter }) filter: z.output<typeof SellerFilter>,
  ): Promise<Page<z.infer<typeof SellerTask>>> {
    return this.orders.list(ctx, filter);
  }

  @Get(':id')
  @Allow('seller')
  @Answers(SellerTask)
  @Summary('One order of the seller’s stores')
  get(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Language }) _query: z.output<typeof Language>,
  ): Promise<z.infer<typeof SellerTask>> {
    return this.orders.get(ctx, id);
  }

  @Post(':id/moves')
  @HttpCode(200)
  @Allow('seller')
  @Idempotent('order')
  @Answers(SellerTask)
  @Summary('Accepts, packs, ships, delivers or cancels')
  move(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: MoveBody }) body: z.output<typeof MoveBody>,
  ): Promise<z.infer<typeof SellerTask>> {
    return this.orders.move(ctx, id, body);
  }
}
