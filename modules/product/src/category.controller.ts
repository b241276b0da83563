import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Hot, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { CategoriesService } from './categories.service.js';
import { CategoryAdminService } from './category-admin.service.js';
import {
  AdminCategory,
  CatalogWork,
  CategoryBody,
  CategoryChange,
  CategoryId,
  CategoryMerge,
} from './category-view.js';
import { CategoryView } from './contract.js';
import { RetellService } from './retell.service.js';

const ById = z.strictObject({ id: CategoryId });
const Lang = z.strictObject({ lang: z.string().max(10).optional() });
const MINUTE = 60_000;

/** The category tree, as shoppers find one category and as admins shape all. */
@Controller('api/v1')
export class CategoryController {
  constructor(
    @Inject(CategoriesService) private readonly tree: CategoriesService,
    @Inject(CategoryAdminService) private readonly shaping: CategoryAdminService,
    @Inject(RetellService) private readonly following: RetellService,
  ) {}

  @Get('categories/:id')
  @Allow('public')
  @Hot({ tags: ['categories'], ttl: 10 * MINUTE })
  @Answers(CategoryView)
  @Summary('One category; of one that was merged, the one it went into')
  one(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ) {
    return this.tree.one(ctx, id);
  }

  @Get('admin/categories')
  @Allow('admin')
  @Answers(z.object({ items: z.array(AdminCategory) }))
  @Summary('The category tree in all languages, parents before their children')
  async list(@Query({ schema: Lang }) _query: z.output<typeof Lang>) {
    return { items: await this.shaping.list() };
  }

  @Get('admin/catalog-work')
  @Allow('admin')
  @Answers(z.object({ items: z.array(CatalogWork) }))
  @Summary('Changes of categories and brands whose products are still following')
  async work(@Query({ schema: Lang }) _query: z.output<typeof Lang>) {
    return { items: await this.following.open() };
  }

  @Post('admin/categories')
  @Allow('admin')
  @Answers(AdminCategory, 201)
  @Summary('Adds a category')
  create(@Actor() ctx: Ctx, @Body({ schema: CategoryBody }) body: CategoryBody) {
    return this.shaping.create(ctx, body);
  }

  @Patch('admin/categories/:id')
  @Allow('admin')
  @Answers(AdminCategory)
  @Summary('Renames a category or moves it with everything below it')
  update(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: CategoryChange }) change: CategoryChange,
  ) {
    return this.shaping.update(ctx, id, change);
  }

  @Post('admin/categories/:id/merge')
  @HttpCode(200)
  @Allow('admin')
  @Answers(AdminCategory)
  @Summary('Merges a category into another; its products and its address go there')
  merge(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: CategoryMerge }) { into }: z.output<typeof CategoryMerge>,
  ) {
    return this.shaping.merge(ctx, id, into);
  }
}
