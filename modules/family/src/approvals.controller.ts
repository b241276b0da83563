import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Idempotent, page, StepUp, Summary, type Ctx, type Page } from '@um/kernel';
import { z } from 'zod';
import { ApprovalsService } from './approvals.service.js';
import { ApprovalReader } from './approvals.reader.js';
import { ApprovalFilter, ApprovalView, DecisionBody } from './contract.js';

const ById = z.strictObject({ id: z.uuid() });
const Language = z.strictObject({ lang: z.string().optional() });

@Controller('api/v1/approvals')
export class ApprovalsController {
  constructor(
    @Inject(ApprovalsService) private readonly asks: ApprovalsService,
    @Inject(ApprovalReader) private readonly reader: ApprovalReader,
  ) {}

  @Get()
  @Allow('parent', 'child')
  @Answers(page(ApprovalView))
  @Summary('Asks of the family, or the child’s own, newest first')
  list(
    @Actor() ctx: Ctx,
    @Query({ schema: ApprovalFilter }) filter: z.infer<typeof ApprovalFilter>,
  ): Promise<Page<ApprovalView>> {
    return this.reader.list(ctx, filter);
  }

  @Get(':id')
  @Allow('parent', 'child')
  @Answers(ApprovalView)
  @Summary('One ask, exactly as it would be ordered')
  get(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.infer<typeof ById>,
    @Query({ schema: Language }) _query: z.infer<typeof Language>,
  ): Promise<ApprovalView> {
    return this.reader.get(ctx, id);
  }

  @Post(':id/decision')
  @Allow('parent')
  @StepUp()
  @Idempotent('family')
  @HttpCode(200)
  @Answers(ApprovalView)
  @Summary('Approves or denies an ask')
  async decide(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.infer<typeof ById>,
    @Body({ schema: DecisionBody }) body: z.infer<typeof DecisionBody>,
  ): Promise<ApprovalView> {
    await this.asks.decide(ctx, id, body);
    return this.reader.get(ctx, id);
  }

  @Post(':id/revoke')
  @Allow('parent')
  @StepUp()
  @HttpCode(200)
  @Answers(ApprovalView)
  @Summary('Takes an approval back before it became an order')
  async revoke(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.infer<typeof ById>): Promise<ApprovalView> {
    await this.asks.revoke(ctx, id);
    return this.reader.get(ctx, id);
  }

  @Post(':id/cancel')
  @Allow('child')
  @HttpCode(200)
  @Answers(ApprovalView)
  @Summary('The child takes its ask back')
  async cancel(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.infer<typeof ById>): Promise<ApprovalView> {
    await this.asks.cancel(ctx, id);
    return this.reader.get(ctx, id);
  }
}
