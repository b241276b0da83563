import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { ChangesService } from './changes.service.js';
import { ChangeDecision, ChangeFilter, ChangePage, ChangeQueueFilter, ChangeView, NewChange } from './contract.js';

const ById = z.strictObject({ id: z.uuid() });

@Controller('api/v1')
export class ChangesController {
  constructor(@Inject(ChangesService) private readonly changes: ChangesService) {}

  @Get('seller/change-requests')
  @Allow('seller')
  @Answers(ChangePage)
  @Summary('Changes that the person’s own stores asked for in shared products, the newest first')
  list(@Actor() ctx: Ctx, @Query({ schema: ChangeFilter }) filter: z.output<typeof ChangeFilter>) {
    return this.changes.list(ctx, filter);
  }

  @Post('seller/change-requests')
  @Allow('seller')
  @Answers(ChangeView, 201)
  @Summary('Asks for a change of a product that several stores sell')
  ask(@Actor() ctx: Ctx, @Body({ schema: NewChange }) change: NewChange) {
    return this.changes.ask(ctx, change);
  }

  @Post('seller/change-requests/:id/withdraw')
  @HttpCode(204)
  @Allow('seller')
  @Answers(undefined, 204)
  @Summary('Takes a request back')
  withdraw(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.changes.withdraw(ctx, id);
  }

  @Get('moderation/change-requests')
  @Allow('moderator', 'admin')
  @Answers(ChangePage)
  @Summary('Changes of shared products that wait for a decision, the longest waiting first')
  queue(@Actor() ctx: Ctx, @Query({ schema: ChangeQueueFilter }) filter: z.output<typeof ChangeQueueFilter>) {
    return this.changes.queue(ctx, filter);
  }

  @Post('moderation/change-requests/:id/decision')
  @HttpCode(200)
  @Allow('moderator', 'admin')
  @Answers(ChangeView)
  @Summary('Approves or refuses a change of a shared product')
  decide(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: ChangeDecision }) decision: ChangeDecision,
  ) {
    return this.changes.decide(ctx, id, decision);
  }
}
