import { Module } from '@nestjs/common';
import { serves } from '@um/kernel';
import { CartController } from './cart.controller.js';
import { CartService } from './cart.service.js';
import { cart } from './contract.js';

@Module({
  controllers: [CartController],
  providers: [CartService, serves(cart, CartService)],
})
export class CartModule {}
