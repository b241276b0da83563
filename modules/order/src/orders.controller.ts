import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Idempotent, page, Summary, type Ctx, type Page } from '@um/kernel';
import { DownloadLink } from '@um/file';
import { z } from 'zod';
import { BuyerOrders } from './buyer.service.js';
import { ListQuery, OrderSummary, OrderView } from './contract.js';
import { OrdersReader } from './orders.reader.js';

const ById = z.strictObject({ id: z.uuid() });
const OneLine = z.strictObject({ id: z.uuid(), lineId: z.uuid() });
const Language = z.strictObject({ lang: z.string().optional() });
const buyers = ['guest', 'parent', 'seller', 'moderator', 'admin'] as const;

@Controller('api/v1/orders')
export class OrdersController {
  constructor(
    @Inject(OrdersReader) private readonly reader: OrdersReader,
    @Inject(BuyerOrders) private readonly orders: BuyerOrders,
  ) {}

  @Get()
  @Allow(...buyers, 'child')
  @Answers(page(OrderSummary))
  @Summary('The person’s own orders and those of the family’s children, newest first')
  list(
    @Actor() ctx: Ctx,
    @Query({ schema: ListQuery }) filter: z.output<typeof ListQuery>,
  ): Promise<Page<z.infer<typeof OrderSummary>>> {
    return this.reader.list(ctx, filter);
  }

  @Get(':id')
  @Allow(...buyers, 'child')
  @Answers(OrderView)
  @Summary('One order with its parts, lines and history')
  get(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Language }) _query: z.output<typeof Language>,
  ): Promise<OrderView> {
    return this.reader.get(ctx, id);
  }

  @Post(':id/lines/:lineId/download')
  @HttpCode(200)
  @Allow(...buyers, 'child')
  @Answers(DownloadLink)
  @Summary('A link that fetches what was bought, for a quarter of an hour; the first one ends the right to cancel')
  download(
    @Actor() ctx: Ctx,
    @Param({ schema: OneLine }) { id, lineId }: z.output<typeof OneLine>,
  ): Promise<DownloadLink> {
    return this.orders.download(ctx, id, lineId);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow(...buyers)
  @Idempotent('order')
  @Answers(OrderView)
  @Summary('Cancels an order of which nothing was shipped yet; what was paid goes back')
  cancel(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>): Promise<OrderView> {
    return this.orders.cancel(ctx, id);
  }
}
