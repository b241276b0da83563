import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { Actor, Allow, Answers, page, StepUp, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { AccountsAdminService } from './accounts-admin.service.js';
import { Account, AccountFilter, BlockBody, RolesBody } from './contract.js';

const ById = z.strictObject({ id: z.uuid() });

@Controller('api/v1/admin/users')
export class AccountsAdminController {
  constructor(@Inject(AccountsAdminService) private readonly accounts: AccountsAdminService) {}

  @Get()
  @Allow('admin')
  @Answers(page(Account))
  @Summary('Accounts, the newest first')
  list(@Actor() ctx: Ctx, @Query({ schema: AccountFilter }) filter: z.output<typeof AccountFilter>) {
    return this.accounts.list(ctx, filter);
  }

  @Patch(':id/roles')
  @Allow('admin')
  @StepUp()
  @Answers(Account)
  @Summary('Replaces the roles of an account')
  setRoles(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: RolesBody }) body: z.output<typeof RolesBody>,
  ) {
    return this.accounts.setRoles(ctx, id, body);
  }

  @Post(':id/block')
  @HttpCode(200)
  @Allow('admin')
  @StepUp()
  @Answers(Account)
  @Summary('Blocks an account and ends its sessions, or lets it in again')
  setBlocked(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: BlockBody }) body: z.output<typeof BlockBody>,
  ) {
    return this.accounts.setBlocked(ctx, id, body);
  }
}
