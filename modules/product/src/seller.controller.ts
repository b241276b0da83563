import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import type { z } from 'zod';
import { SellerProductFilter, SellerProductPage } from './contract.js';
import { SellerService } from './seller.service.js';

@Controller('api/v1/seller')
export class SellerController {
  constructor(@Inject(SellerService) private readonly products: SellerService) {}

  @Get('products')
  @Allow('seller')
  @Answers(SellerProductPage)
  @Summary('Products of the person’s own stores, the newest first')
  list(@Actor() ctx: Ctx, @Query({ schema: SellerProductFilter }) filter: z.output<typeof SellerProductFilter>) {
    return this.products.list(ctx, filter);
  }
}
