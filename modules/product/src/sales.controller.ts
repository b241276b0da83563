import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { NewPrice, NewSale, SaleFilter, SalePage, SalesPlanned, SellerPrices } from './contract.js';
import { SalesService } from './sales.service.js';

const ById = z.strictObject({ id: z.uuid() });
const Lang = z.strictObject({ lang: z.string().max(10).optional() });

@Controller('api/v1/seller')
export class SalesController {
  constructor(@Inject(SalesService) private readonly sales: SalesService) {}

  @Get('sales')
  @Allow('seller')
  @Answers(SalePage)
  @Summary('Sales of the person’s own stores, the last planned first')
  list(@Actor() ctx: Ctx, @Query({ schema: SaleFilter }) filter: z.output<typeof SaleFilter>) {
    return this.sales.list(ctx, filter);
  }

  @Post('sales')
  @Allow('seller')
  @Answers(SalesPlanned, 201)
  @Summary('Plans a sale of one or many variants, all or none')
  plan(@Actor() ctx: Ctx, @Body({ schema: NewSale }) sale: NewSale) {
    return this.sales.plan(ctx, sale);
  }

  @Post('sales/:id/end')
  @HttpCode(204)
  @Allow('seller')
  @Answers(undefined, 204)
  @Summary('Ends a running sale, or forgets a planned one')
  end(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.sales.end(ctx, id);
  }

  @Get('products/:id/prices')
  @Allow('seller')
  @Answers(SellerPrices)
  @Summary('What a product costs, cost and will cost')
  prices(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ) {
    return this.sales.prices(ctx, id);
  }

  @Put('variants/:id/price')
  @Allow('seller')
  @Answers(SellerPrices)
  @Summary('Sets what a variant costs without a sale')
  setPrice(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: NewPrice }) { priceTiyin }: z.output<typeof NewPrice>,
  ) {
    return this.sales.setPrice(ctx, id, priceTiyin);
  }
}
