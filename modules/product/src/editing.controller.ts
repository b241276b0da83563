import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import {
  Draft,
  DraftBody,
  DraftFilter,
  DraftPage,
  DraftSummary,
  EditedProduct,
  Published,
  PublishedLine,
} from './contract.js';
import { DraftsService } from './drafts.service.js';
import { EditingService } from './editing.service.js';

const ById = z.strictObject({ id: z.uuid() });

/** Products as sellers write them in the panel. */
@Controller('api/v1/seller')
export class EditingController {
  constructor(
    @Inject(EditingService) private readonly editing: EditingService,
    @Inject(DraftsService) private readonly drafts: DraftsService,
  ) {}

  @Get('products/:id')
  @Allow('seller')
  @Answers(EditedProduct)
  @Summary('A product of the person’s own stores, as a line of an import says it')
  open(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.editing.open(ctx, id);
  }

  @Put('products')
  @Allow('seller')
  @Answers(Published)
  @Summary('Writes a product as a line of an import would; a basis that is out of date is refused')
  publish(@Actor() ctx: Ctx, @Body({ schema: PublishedLine }) line: PublishedLine) {
    return this.editing.publish(ctx, line);
  }

  @Get('drafts')
  @Allow('seller')
  @Answers(DraftPage)
  @Summary('What is being written for the person’s own stores, the newest first')
  list(@Actor() ctx: Ctx, @Query({ schema: DraftFilter }) filter: z.output<typeof DraftFilter>) {
    return this.drafts.list(ctx, filter);
  }

  @Get('drafts/:id')
  @Allow('seller')
  @Answers(Draft)
  @Summary('A draft with all it says')
  draft(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.drafts.open(ctx, id);
  }

  @Put('drafts/:id')
  @Allow('seller')
  @Answers(DraftSummary)
  @Summary('Keeps a draft, finished or not')
  keep(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: DraftBody }) body: DraftBody,
  ) {
    return this.drafts.put(ctx, id, body);
  }

  @Delete('drafts/:id')
  @HttpCode(204)
  @Allow('seller')
  @Answers(undefined, 204)
  @Summary('Throws a draft away')
  drop(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.drafts.drop(ctx, id);
  }
}
