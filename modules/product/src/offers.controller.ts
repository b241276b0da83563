import { Body, Controller, Inject, Put } from '@nestjs/common';
import { Actor, Allow, Answers, Summary, type Ctx } from '@um/kernel';
import { NewOffer, OfferMade } from './contract.js';
import { OffersService } from './offers.service.js';

@Controller('api/v1/seller/offers')
export class OffersController {
  constructor(@Inject(OffersService) private readonly offers: OffersService) {}

  @Put()
  @Allow('seller')
  @Answers(OfferMade)
  @Summary('Offers a product that is in the shop already, or sets the offer’s prices, stock and delivery time')
  offer(@Actor() ctx: Ctx, @Body({ schema: NewOffer }) offer: NewOffer) {
    return this.offers.offer(ctx, offer);
  }
}
