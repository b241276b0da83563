import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Hot, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { CategoriesService } from './categories.service.js';
import { CategoryView, ProductView } from './contract.js';
import { ProductPages } from './pages.service.js';

const ByIdOrSlug = z.strictObject({ idOrSlug: z.string().min(1).max(120) });
const Lang = z.strictObject({ lang: z.string().max(10).optional() });
const Offered = Lang.extend({ offer: z.uuid().optional() });
const MINUTE = 60_000;

@Controller('api/v1')
export class ProductController {
  constructor(
    @Inject(ProductPages) private readonly pages: ProductPages,
    @Inject(CategoriesService) private readonly tree: CategoriesService,
  ) {}

  @Get('categories')
  @Allow('public')
  @Hot({ tags: ['categories'], ttl: 10 * MINUTE })
  @Answers(z.object({ items: z.array(CategoryView) }))
  @Summary('The category tree, parents before their children')
  categories(@Actor() ctx: Ctx, @Query({ schema: Lang }) _query: z.output<typeof Lang>) {
    return this.tree.list(ctx);
  }

  @Get('products/:idOrSlug')
  @Allow('public')
  @Hot({ tags: ['products'], item: { tag: 'product', param: 'idOrSlug' }, ttl: 5 * MINUTE })
  @Answers(ProductView)
  @Summary('A product’s page, for those who may see it')
  view(
    @Actor() ctx: Ctx,
    @Param({ schema: ByIdOrSlug }) { idOrSlug }: z.output<typeof ByIdOrSlug>,
    @Query({ schema: Offered }) { offer }: z.output<typeof Offered>,
  ) {
    return this.pages.view(ctx, idOrSlug, offer);
  }
}
