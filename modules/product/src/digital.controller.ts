import { Body, Controller, Inject, Param, Put } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { Bundles } from './bundles.service.js';
import { Bundle, DigitalVariant, NewBundle, NewDigital } from './contract.js';
import { DigitalGoods } from './digital.service.js';

const ById = z.strictObject({ id: z.uuid() });

@Controller('api/v1/seller/variants')
export class DigitalController {
  constructor(
    @Inject(DigitalGoods) private readonly goods: DigitalGoods,
    @Inject(Bundles) private readonly bundles: Bundles,
  ) {}

  @Put(':id/parts')
  @Allow('seller')
  @Answers(Bundle)
  @Summary('Makes a variant a bundle of other variants of the store, at its own price')
  make(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: NewBundle }) bundle: z.output<typeof NewBundle>,
  ): Promise<Bundle> {
    return this.bundles.make(ctx, id, bundle);
  }

  @Put(':id/file')
  @Allow('seller')
  @Answers(DigitalVariant)
  @Summary(
    'Gives a variant the document that its buyers download, or takes it away; a new document waits for a moderator',
  )
  attach(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Body({ schema: NewDigital }) { fileId }: z.output<typeof NewDigital>,
  ): Promise<DigitalVariant> {
    return this.goods.attach(ctx, id, fileId);
  }
}
