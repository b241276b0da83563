import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { ReviewDecision, ReviewedProduct, ReviewFilter, ReviewPage } from './contract.js';
import { ModerationService } from './moderation.service.js';

const ById = z.strictObject({ id: z.uuid() });

@Controller('api/v1/moderation/products')
export class ModerationController {
  constructor(@Inject(ModerationService) private readonly moderation: ModerationService) {}

  @Get()
  @Allow('moderator', 'admin')
  @Answers(ReviewPage)
  @Summary('Products that wait for a decision, the longest waiting first')
  list(@Actor() ctx: Ctx, @Query({ schema: ReviewFilter }) filter: z.output<typeof ReviewFilter>) {
    return this.moderation.list(ctx, filter);
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Allow('moderator', 'admin')
  @Answers(ReviewedProduct)
  @Summary('Publishes, refuses or recalls a product')
  decide(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: ReviewDecision }) decision: ReviewDecision,
  ) {
    return this.moderation.decide(ctx, id, decision);
  }
}
