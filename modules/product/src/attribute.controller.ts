import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Hot, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import {
  AdminAttribute,
  AskedAttribute,
  AttributeBody,
  AttributeCode,
  AttributeDefinition,
  CategoryAttributes,
} from './attribute-view.js';
import { AttributesService } from './attributes.service.js';

const ByCode = z.strictObject({ code: AttributeCode });
const ByCategory = z.strictObject({ id: z.string().min(1).max(100) });
const Lang = z.strictObject({ lang: z.string().max(10).optional() });
const MINUTE = 60_000;

/** What products of a category are described by. */
@Controller('api/v1')
export class AttributeController {
  constructor(@Inject(AttributesService) private readonly attributes: AttributesService) {}

  @Get('categories/:id/attributes')
  @Allow('public')
  @Hot({ tags: ['attributes', 'categories'], ttl: 10 * MINUTE })
  @Answers(z.object({ items: z.array(AskedAttribute) }))
  @Summary('What a category asks of its products, with what the categories above it ask')
  async asked(
    @Param({ schema: ByCategory }) { id }: z.output<typeof ByCategory>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ) {
    return { items: await this.attributes.askedIn(id) };
  }

  @Get('admin/attributes')
  @Allow('admin')
  @Answers(z.object({ items: z.array(AdminAttribute) }))
  @Summary('Every attribute with the categories that ask for it')
  async list(@Query({ schema: Lang }) _query: z.output<typeof Lang>) {
    return { items: await this.attributes.list() };
  }

  @Put('admin/attributes/:code')
  @Allow('admin')
  @Answers(AttributeDefinition)
  @Summary('Defines an attribute or changes its names, choices, place and whether lists filter by it')
  define(
    @Actor() ctx: Ctx,
    @Param({ schema: ByCode }) { code }: z.output<typeof ByCode>,
    @Body({ schema: AttributeBody }) body: AttributeBody,
  ) {
    return this.attributes.define(ctx, { code, ...body });
  }

  @Put('admin/categories/:id/attributes')
  @Allow('admin')
  @Answers(z.object({ items: z.array(AskedAttribute) }))
  @Summary('Says what a category asks of its products beside what the categories above it ask')
  async ask(
    @Actor() ctx: Ctx,
    @Param({ schema: ByCategory }) { id }: z.output<typeof ByCategory>,
    @Body({ schema: CategoryAttributes }) { attributes }: z.output<typeof CategoryAttributes>,
  ) {
    return { items: await this.attributes.ask(ctx, { categoryId: id, attributes }) };
  }
}
