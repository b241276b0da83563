import { Body, Controller, Inject, Param, Put } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { AddressesService } from './addresses.service.js';

const ById = z.strictObject({ id: z.uuid() });
const Address = z.strictObject({
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(80),
});

@Controller('api/v1/seller/products')
export class AddressController {
  constructor(@Inject(AddressesService) private readonly addresses: AddressesService) {}

  @Put(':id/slug')
  @Allow('seller')
  @Answers(Address)
  @Summary('Gives a product of one’s own another address; the old one leads to it for ever')
  give(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: Address }) { slug }: z.output<typeof Address>,
  ) {
    return this.addresses.give(ctx, id, slug);
  }
}
