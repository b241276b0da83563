import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Hot, Summary, type Ctx } from '@um/kernel';
import { BrandSlug } from '@um/product';
import { z } from 'zod';
import { BrandPage, BrandQuery, BrandView } from './brand-view.js';
import { BrandsService } from './brands.service.js';

const BySlug = z.strictObject({ slug: BrandSlug });
const Lang = z.strictObject({ lang: z.string().max(10).optional() });
const MINUTE = 60_000;

@Controller('api/v1/brands')
export class BrandController {
  constructor(@Inject(BrandsService) private readonly brands: BrandsService) {}

  @Get()
  @Allow('public')
  @Hot({ tags: ['catalog'], ttl: 5 * MINUTE })
  @Answers(BrandPage)
  @Summary('Brands that have something for the viewer, in the order of their addresses')
  list(@Actor() ctx: Ctx, @Query({ schema: BrandQuery }) query: z.output<typeof BrandQuery>) {
    return this.brands.list(ctx, query);
  }

  @Get(':slug')
  @Allow('public')
  @Hot({ tags: ['catalog'], ttl: 5 * MINUTE })
  @Answers(BrandView)
  @Summary('One brand; its products are a list filtered by its name')
  one(
    @Actor() ctx: Ctx,
    @Param({ schema: BySlug }) { slug }: z.output<typeof BySlug>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ) {
    return this.brands.one(ctx, slug);
  }
}
