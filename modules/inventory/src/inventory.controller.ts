import { Body, Controller, Get, Inject, Param, Patch, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { SellerStock, SellerStockFilter, SellerStockPage, StockTakeBody } from './contract.js';
import { SellerStockService } from './seller-stock.service.js';

const ByVariant = z.strictObject({ variantId: z.uuid() });

@Controller('api/v1/seller/stock')
export class InventoryController {
  constructor(@Inject(SellerStockService) private readonly stock: SellerStockService) {}

  @Get()
  @Allow('seller')
  @Answers(SellerStockPage)
  @Summary('Stock of the person’s own stores')
  list(@Actor() ctx: Ctx, @Query({ schema: SellerStockFilter }) filter: z.output<typeof SellerStockFilter>) {
    return this.stock.list(ctx, filter);
  }

  @Patch(':variantId')
  @Allow('seller')
  @Answers(SellerStock)
  @Summary('A stock-take: how many units there are now')
  take(
    @Actor() ctx: Ctx,
    @Param({ schema: ByVariant }) { variantId }: z.output<typeof ByVariant>,
    @Body({ schema: StockTakeBody }) body: z.output<typeof StockTakeBody>,
  ) {
    return this.stock.take(ctx, variantId, body);
  }
}
