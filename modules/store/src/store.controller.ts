import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Hot, StepUp, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import {
  CommissionBody,
  CommissionTerm,
  SellerStore,
  StateBody,
  Store,
  StoreFilter,
  StorePage,
  StoreView,
} from './contract.js';
import { StoreService } from './store.service.js';
import { StoresAdminService } from './stores-admin.service.js';

const ById = z.strictObject({ id: z.uuid() });
const BySlug = z.strictObject({ slug: z.string().regex(/^[a-z0-9-]{2,60}$/) });

@Controller('api/v1')
export class StoreController {
  constructor(
    @Inject(StoreService) private readonly stores: StoreService,
    @Inject(StoresAdminService) private readonly admin: StoresAdminService,
  ) {}

  @Get('stores/:slug')
  @Allow('public')
  @Hot({ tags: ['stores'], ttl: 5 * 60_000 })
  @Answers(StoreView)
  @Summary('A store as shoppers see it')
  view(@Actor() ctx: Ctx, @Param({ schema: BySlug }) { slug }: z.output<typeof BySlug>) {
    return this.stores.view(ctx, slug);
  }

  @Get('seller/stores')
  @Allow('seller')
  @Answers(z.array(SellerStore))
  @Summary('Stores the person works for')
  own(@Actor() ctx: Ctx) {
    return this.stores.own(ctx);
  }

  @Get('admin/stores')
  @Allow('admin')
  @Answers(StorePage)
  @Summary('Stores, the newest first')
  list(@Actor() ctx: Ctx, @Query({ schema: StoreFilter }) filter: z.output<typeof StoreFilter>) {
    return this.admin.list(ctx, filter);
  }

  @Post('admin/stores/:id/state')
  @HttpCode(200)
  @Allow('admin')
  @StepUp()
  @Answers(Store)
  @Summary('Lets a store sell, or stops it')
  move(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: StateBody }) body: z.output<typeof StateBody>,
  ) {
    return this.admin.move(ctx, id, body);
  }

  @Get('admin/stores/:id/terms')
  @Allow('admin')
  @Answers(z.array(CommissionTerm))
  @Summary('Commission terms of a store, past and agreed')
  terms(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>) {
    return this.admin.terms(ctx, id);
  }

  @Post('admin/stores/:id/commission')
  @HttpCode(200)
  @Allow('admin')
  @StepUp()
  @Answers(Store)
  @Summary('Agrees on a new commission from a time on')
  setCommission(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: CommissionBody }) body: z.output<typeof CommissionBody>,
  ) {
    return this.admin.setCommission(ctx, id, body);
  }
}
