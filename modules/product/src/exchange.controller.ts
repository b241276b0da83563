import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Actor, Allow, Answers, page, Summary, type Ctx } from '@um/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { ImportFormat, ImportProblem, ImportReport } from './contract.js';
import { ExportsService, type Download } from './exports.service.js';
import { bodyOf } from './import-body.js';
import { ImportsService } from './imports.service.js';

const ById = z.strictObject({ id: z.uuid() });
const Into = z.strictObject({
  storeId: z.uuid(),
  /** Checks everything and changes nothing. */
  dryRun: z.stringbool().default(false),
  /** What the file is called, for the list of imports. */
  fileName: z.string().trim().min(1).max(200).optional(),
  lang: z.string().optional(),
});
const Lang = z.strictObject({ lang: z.string().optional() });
const Pages = z.strictObject({
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().optional(),
});
const ImportPages = Pages.extend({ storeId: z.uuid().optional() });

const OfStore = z.strictObject({
  storeId: z.uuid(),
  format: ImportFormat.default('ndjson'),
  lang: z.string().optional(),
});

/** Sends a file as it is made. */
async function download(reply: FastifyReply, { name, type, body }: Download): Promise<void> {
  void reply.header('content-disposition', `attachment; filename="${name}"`).header('cache-control', 'no-store');
  await reply.type(type).send(Readable.from(body, { objectMode: false }));
}

/** Catalogs as files, in and out. */
@Controller('api/v1/seller')
export class ExchangeController {
  constructor(
    @Inject(ImportsService) private readonly imports: ImportsService,
    @Inject(ExportsService) private readonly exports: ExportsService,
  ) {}

  @Post('products/import')
  @HttpCode(202)
  @Allow('seller')
  @Answers(ImportReport, 202)
  @Summary('Takes a file of products (NDJSON, CSV or XLSX, seen by its content) and imports it in the background')
  import(
    @Actor() ctx: Ctx,
    @Query({ schema: Into }) { storeId, dryRun, fileName }: z.output<typeof Into>,
    @Req() request: FastifyRequest,
  ) {
    const type = request.headers['content-type'];
    return this.imports.receive(ctx, storeId, { source: bodyOf(request), type, name: fileName, dryRun });
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

  @Post('imports/:id/cancel')
  @HttpCode(200)
  @Allow('seller')
  @Answers(ImportReport)
  @Summary('Ends an import that waits or runs; what it imported so far stays')
  cancel(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.imports.cancel(ctx, id);
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

  @Get('imports/:id/problems.csv')
  @Allow('seller')
  @Answers()
  @Summary('The same as a table (CSV with semicolons, as spreadsheets here open it)')
  async problemTable(
    @Actor() ctx: Ctx,
    @Res() reply: FastifyReply,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ): Promise<void> {
    await download(reply, await this.imports.problemTable(ctx, id));
  }

  @Get('products/export')
  @Allow('seller')
  @Answers()
  @Summary('The catalog of a store as a file (NDJSON, CSV or XLSX) that an import reads again')
  async export(
    @Actor() ctx: Ctx,
    @Res() reply: FastifyReply,
    @Query({ schema: OfStore }) { storeId, format }: z.output<typeof OfStore>,
  ): Promise<void> {
    await download(reply, await this.exports.open(ctx, storeId, format));
  }
}
