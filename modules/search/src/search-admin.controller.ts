import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { Explained, Synonym, SynonymBody } from './contract.js';
import { FindService } from './find.service.js';
import { SynonymsService } from './synonyms.service.js';

const ById = z.strictObject({ id: z.uuid() });
const Lang = z.strictObject({ lang: z.string().max(10).optional() });
const ExplainQuery = z.strictObject({ q: z.string().trim().min(1).max(200), lang: z.string().max(10).optional() });

/** What administrators see and say of the search. */
@Controller('api/v1/admin/search')
export class SearchAdminController {
  constructor(
    @Inject(FindService) private readonly finder: FindService,
    @Inject(SynonymsService) private readonly synonyms: SynonymsService,
  ) {}

  @Get('explain')
  @Allow('admin')
  @Answers(Explained)
  @Summary('Why a search answers what it answers: how each word was read, and what each product’s score is made of')
  explain(@Actor() ctx: Ctx, @Query({ schema: ExplainQuery }) { q }: z.output<typeof ExplainQuery>) {
    return this.finder.explain(ctx, q);
  }

  @Get('synonyms')
  @Allow('admin')
  @Answers(z.object({ items: z.array(Synonym) }))
  @Summary('Groups of words that mean the same')
  async list(@Query({ schema: Lang }) _query: z.output<typeof Lang>) {
    return { items: await this.synonyms.list() };
  }

  @Post('synonyms')
  @Allow('admin')
  @Answers(Synonym, 201)
  @Summary('Makes a group of words that mean the same')
  add(@Actor() ctx: Ctx, @Body({ schema: SynonymBody }) { words }: z.output<typeof SynonymBody>) {
    return this.synonyms.add(ctx, words);
  }

  @Put('synonyms/:id')
  @Allow('admin')
  @Answers(Synonym)
  @Summary('Replaces the words of a group')
  change(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: SynonymBody }) { words }: z.output<typeof SynonymBody>,
  ) {
    return this.synonyms.change(ctx, id, words);
  }

  @Delete('synonyms/:id')
  @Allow('admin')
  @HttpCode(204)
  @Answers(undefined, 204)
  @Summary('Takes a group of words away')
  remove(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.synonyms.remove(ctx, id);
  }
}
