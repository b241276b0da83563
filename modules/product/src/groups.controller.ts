import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Actor, Allow, Answers, StepUp, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import {
  GroupMember,
  GroupMembers,
  GroupPages,
  ListPrices,
  NewGroup,
  NewListPrices,
  NewMember,
  NewPriceList,
  PriceGroup,
  PriceGroups,
  PriceLists,
  PriceListView,
} from './contract.js';
import { GroupsService } from './groups.service.js';

const ById = z.strictObject({ id: z.uuid() });
const ByMember = z.strictObject({ id: z.uuid(), accountId: z.uuid() });
const Lang = z.strictObject({ lang: z.string().max(10).optional() });

@Controller('api/v1/admin')
export class GroupsController {
  constructor(@Inject(GroupsService) private readonly groups: GroupsService) {}

  @Get('price-groups')
  @Allow('admin')
  @Answers(PriceGroups)
  @Summary('Groups of accounts that are granted prices of their own')
  list(@Actor() ctx: Ctx, @Query({ schema: Lang }) _query: z.output<typeof Lang>) {
    return this.groups.list(ctx);
  }

  @Post('price-groups')
  @Allow('admin')
  @StepUp()
  @Answers(PriceGroup, 201)
  @Summary('Opens a group')
  open(@Actor() ctx: Ctx, @Body({ schema: NewGroup }) group: NewGroup) {
    return this.groups.open(ctx, group);
  }

  @Get('price-groups/:id/members')
  @Allow('admin')
  @Answers(GroupMembers)
  @Summary('Accounts of a group')
  members(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: GroupPages }) pages: z.output<typeof GroupPages>,
  ) {
    return this.groups.members(ctx, id, pages);
  }

  @Post('price-groups/:id/members')
  @HttpCode(200)
  @Allow('admin')
  @StepUp()
  @Answers(GroupMember)
  @Summary('Puts an account into a group')
  addMember(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: NewMember }) { email }: z.output<typeof NewMember>,
  ) {
    return this.groups.addMember(ctx, id, email);
  }

  @Delete('price-groups/:id/members/:accountId')
  @HttpCode(204)
  @Allow('admin')
  @StepUp()
  @Answers(undefined, 204)
  @Summary('Takes an account out of a group')
  dropMember(@Actor() ctx: Ctx, @Param({ schema: ByMember }) { id, accountId }: z.output<typeof ByMember>) {
    return this.groups.dropMember(ctx, id, accountId);
  }

  @Get('price-groups/:id/lists')
  @Allow('admin')
  @Answers(PriceLists)
  @Summary('Price lists of a group, the newest first')
  lists(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ) {
    return this.groups.lists(ctx, id);
  }

  @Post('price-groups/:id/lists')
  @Allow('admin')
  @StepUp()
  @Answers(PriceListView, 201)
  @Summary('Opens a price list of a group')
  openList(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: NewPriceList }) list: NewPriceList,
  ) {
    return this.groups.openList(ctx, id, list);
  }

  @Post('price-lists/:id/end')
  @HttpCode(204)
  @Allow('admin')
  @StepUp()
  @Answers(undefined, 204)
  @Summary('Ends a price list now')
  endList(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.groups.endList(ctx, id);
  }

  @Get('price-lists/:id/prices')
  @Allow('admin')
  @Answers(ListPrices)
  @Summary('Prices of a list, beside what everybody pays')
  prices(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: GroupPages }) pages: z.output<typeof GroupPages>,
  ) {
    return this.groups.prices(ctx, id, pages);
  }

  @Put('price-lists/:id/prices')
  @HttpCode(204)
  @Allow('admin')
  @StepUp()
  @Answers(undefined, 204)
  @Summary('Sets prices of a list, all or none')
  setPrices(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: NewListPrices }) prices: NewListPrices,
  ) {
    return this.groups.setPrices(ctx, id, prices);
  }
}
