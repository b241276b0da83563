import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { Actor, Allow, Answers, StepUp, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { ChildrenService } from './children.service.js';
import {
  ActivityItem,
  ChildView,
  ConsentPurpose,
  ConsentView,
  LimitsBody,
  NewChild,
  PatchChild,
  PolicyBody,
  WatchView,
} from './contract.js';

const ById = z.strictObject({ id: z.uuid() });
const ConsentPath = ById.extend({ purpose: ConsentPurpose });
const items = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

@Controller('api/v1/families')
export class ChildrenController {
  constructor(private readonly children: ChildrenService) {}

  @Post('children')
  @Allow('parent')
  @StepUp()
  @Answers(ChildView, 201)
  @Summary('Opens a child profile with the consent of its guardian')
  open(@Actor() ctx: Ctx, @Body({ schema: NewChild }) body: z.infer<typeof NewChild>): Promise<ChildView> {
    return this.children.open(ctx, body);
  }

  @Get('children')
  @Allow('parent')
  @Answers(items(ChildView))
  @Summary('The children of the family')
  async list(@Actor() ctx: Ctx): Promise<{ items: ChildView[] }> {
    return { items: await this.children.list(ctx) };
  }

  @Get('children/:id')
  @Allow('parent')
  @Answers(ChildView)
  @Summary('One child, with its policy, limits and spending')
  get(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.infer<typeof ById>): Promise<ChildView> {
    return this.children.get(ctx, id);
  }

  @Patch('children/:id')
  @Allow('parent')
  @StepUp()
  @Answers(ChildView)
  @Summary('Changes nickname, avatar or PIN')
  patch(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.infer<typeof ById>,
    @Body({ schema: PatchChild }) body: z.infer<typeof PatchChild>,
  ): Promise<ChildView> {
    return this.children.patch(ctx, id, body);
  }

  @Put('children/:id/policy')
  @Allow('parent')
  @StepUp()
  @Answers(ChildView)
  @Summary('Sets what the child may see')
  putPolicy(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.infer<typeof ById>,
    @Body({ schema: PolicyBody }) body: z.infer<typeof PolicyBody>,
  ): Promise<ChildView> {
    return this.children.putPolicy(ctx, id, body);
  }

  @Put('children/:id/limits')
  @Allow('parent')
  @StepUp()
  @Answers(ChildView)
  @Summary('Sets the spending limits')
  putLimits(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.infer<typeof ById>,
    @Body({ schema: LimitsBody }) body: z.infer<typeof LimitsBody>,
  ): Promise<ChildView> {
    return this.children.putLimits(ctx, id, body);
  }

  @Get('children/:id/activity')
  @Allow('parent')
  @Answers(items(ActivityItem))
  @Summary('What happened lately')
  async activity(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.infer<typeof ById>) {
    return { items: await this.children.activity(ctx, id) };
  }

  @Get('consents')
  @Allow('parent')
  @Answers(items(ConsentView))
  @Summary('Every consent of the family, newest first')
  async consents(@Actor() ctx: Ctx) {
    return { items: await this.children.consents(ctx) };
  }

  @Delete('children/:id/consents/:purpose')
  @Allow('parent')
  @StepUp()
  @HttpCode(204)
  @Answers(undefined, 204)
  @Summary('Withdraws a consent')
  withdraw(
    @Actor() ctx: Ctx,
    @Param({ schema: ConsentPath }) { id, purpose }: z.infer<typeof ConsentPath>,
  ): Promise<void> {
    return this.children.withdraw(ctx, id, purpose);
  }

  @Get('watching')
  @Allow('child')
  @Answers(WatchView)
  @Summary('What my parents can see, and what is left to spend')
  watching(@Actor() ctx: Ctx): Promise<z.infer<typeof WatchView>> {
    return this.children.watching(ctx);
  }
}
