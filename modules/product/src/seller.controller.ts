import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { Actor, Allow, Answers, page, Summary, type Ctx } from '@um/kernel';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ImportProblem, ImportReport, SellerProductFilter, SellerProductPage } from './contract.js';
import { ImportsService } from './imports.service.js';
import { bodyOf } from './ndjson.js';
import { SellerService } from './seller.service.js';

const ById = z.strictObject({ id: z.uuid() });
const Into = z.strictObject({ storeId: z.uuid(), lang: z.string().optional() });
const Lang = z.strictObject({ lang: z.string().optional() });
const Pages = z.strictObject({
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().optional(),
});
const ImportPages = Pages.extend({ storeId: z.uuid().optional() });

@Controller('api/v1/seller')
export class SellerController {
  constructor(
    @Inject(SellerService) private readonly products: SellerService,
    @Inject(ImportsService) private readonly imports: ImportsService,
  ) {}

  @Get('products')
  @Allow('seller')
  @Answers(SellerProductPage)
  @Summary('Products of the person’s own stores, the newest first')
  list(@Actor() ctx: Ctx, @Query({ schema: SellerProductFilter }) filter: z.output<typeof SellerProductFilter>) {
    return this.products.list(ctx, filter);
  }

  @Post('products/import')
  @HttpCode(202)
  @Allow('seller')
  @Answers(ImportReport, 202)
  @Summary('Takes a file of products (application/x-ndjson, one product a line) and imports it in the background')
  import(
    @Actor() ctx: Ctx,
    @Query({ schema: Into }) { storeId }: z.output<typeof Into>,
    @Req() request: FastifyRequest,
  ) {
    return this.imports.receive(ctx, storeId, bodyOf(request));
  }

  @Get('imports')
  @Allow('seller')
  @Answers(page(ImportReport))
  @Summary('Imports of the person’s own stores, the newest first')
  listImports(@Actor() ctx: Ctx, @Query({ schema: ImportPages }) filter: z.output<typeof ImportPages>) {
    return this.imports.list(ctx, filter);
  }

  @Get('imports/:id')
  @Allow('seller')
  @Answers(ImportReport)
  @Summary('How far an import is')
  report(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ) {
    return this.imports.report(ctx, id);
  }

  @Get('imports/:id/problems')
  @Allow('seller')
  @Answers(page(ImportProblem))
  @Summary('Lines of an import that were refused, and why')
  problems(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Pages }) pages: z.output<typeof Pages>,
  ) {
    return this.imports.problems(ctx, id, pages);
  }
}
