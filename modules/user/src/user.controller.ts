import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Put } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { AddressesService } from './addresses.service.js';
import { AddressBody, Me, PatchMe, SavedAddress } from './contract.js';
import { UserService } from './user.service.js';

const ById = z.strictObject({ id: z.uuid() });

@Controller('api/v1/me')
export class UserController {
  constructor(
    @Inject(UserService) private readonly people: UserService,
    @Inject(AddressesService) private readonly addresses: AddressesService,
  ) {}

  @Get()
  @Allow('child', 'parent', 'seller', 'moderator', 'admin')
  @Answers(Me)
  @Summary('The signed-in person')
  me(@Actor() ctx: Ctx) {
    return this.people.me(ctx);
  }

  @Patch()
  @Allow('child', 'parent', 'seller', 'moderator', 'admin')
  @Answers(Me)
  @Summary('Changes name, language or colours')
  change(@Actor() ctx: Ctx, @Body({ schema: PatchMe }) body: z.output<typeof PatchMe>) {
    return this.people.change(ctx, body);
  }

  @Get('addresses')
  @Allow('parent', 'seller', 'moderator', 'admin')
  @Answers(z.array(SavedAddress))
  @Summary('Addresses of the person, the default one first')
  list(@Actor() ctx: Ctx) {
    return this.addresses.list(ctx);
  }

  @Post('addresses')
  @Allow('parent', 'seller', 'moderator', 'admin')
  @Answers(SavedAddress, 201)
  @Summary('Adds an address; the first one becomes the default')
  add(@Actor() ctx: Ctx, @Body({ schema: AddressBody }) body: z.output<typeof AddressBody>) {
    return this.addresses.add(ctx, body);
  }

  @Put('addresses/:id')
  @Allow('parent', 'seller', 'moderator', 'admin')
  @Answers(SavedAddress)
  @Summary('Replaces an address')
  replace(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: AddressBody }) body: z.output<typeof AddressBody>,
  ) {
    return this.addresses.replace(ctx, id, body);
  }

  @Delete('addresses/:id')
  @HttpCode(204)
  @Allow('parent', 'seller', 'moderator', 'admin')
  @Answers(undefined, 204)
  @Summary('Removes an address')
  async remove(@Actor() ctx: Ctx, @Param({ schema: ById }) { id }: z.output<typeof ById>): Promise<void> {
    await this.addresses.remove(ctx, id);
  }
}
