import { Module } from '@nestjs/common';
import { serves, works } from '@um/kernel';
import { CartController } from './cart.controller.js';
import { CartJobs } from './cart.jobs.js';
import { CartService } from './cart.service.js';
import { cart } from './contract.js';

@Module({
  controllers: [CartController],
  providers: [CartService, serves(cart, CartService), CartJobs, works('cart', CartJobs)],
})
export class CartModule {}
