import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { AdminBrand, AdminBrandPage, AdminBrandQuery, BrandBody, BrandMerge, BrandSlug } from './brand-view.js';
import { BrandsService } from './brands.service.js';

const BySlug = z.strictObject({ slug: BrandSlug });

@Controller('api/v1/admin/brands')
export class BrandController {
  constructor(@Inject(BrandsService) private readonly brands: BrandsService) {}

  @Get()
  @Allow('admin')
  @Answers(AdminBrandPage)
  @Summary('Brands with their products counted, by a piece of a name')
  list(@Query({ schema: AdminBrandQuery }) query: z.output<typeof AdminBrandQuery>) {
    return this.brands.list(query);
  }

  @Put(':slug')
  @Allow('admin')
  @Answers(AdminBrand)
  @Summary('Names a brand, and says its picture and the verified store that is its own; its address stays')
  put(
    @Actor() ctx: Ctx,
    @Param({ schema: BySlug }) { slug }: z.output<typeof BySlug>,
    @Body({ schema: BrandBody }) body: BrandBody,
  ) {
    return this.brands.put(ctx, slug, body);
  }

  @Post(':slug/merge')
  @HttpCode(200)
  @Allow('admin')
  @Answers(AdminBrand)
  @Summary('Merges a brand into another; its products and its address go there')
  merge(
    @Actor() ctx: Ctx,
    @Param({ schema: BySlug }) { slug }: z.output<typeof BySlug>,
    @Body({ schema: BrandMerge }) { into }: z.output<typeof BrandMerge>,
  ) {
    return this.brands.merge(ctx, slug, into);
  }
}
