import { Module } from '@nestjs/common';
import { listens, serves, works } from '@um/kernel';
import { Asks } from './asks.service.js';
import { BuyerOrders } from './buyer.service.js';
import { CheckoutController } from './checkout.controller.js';
import { Checkout } from './checkout.service.js';
import { order } from './contract.js';
import { Downloads } from './downloads.service.js';
import { GivingBack } from './giving-back.service.js';
import { OrderLife } from './life.service.js';
import { OrderJobs } from './order.jobs.js';
import { OrderListeners } from './order.listeners.js';
import { OrderPayments } from './order-payments.service.js';
import { OrderService } from './order.service.js';
import { OrdersController } from './orders.controller.js';
import { OrdersReader } from './orders.reader.js';
import { Placing } from './placing.service.js';
import { Quotes } from './quotes.service.js';
import { Reactions } from './reactions.service.js';
import { SellerOrdersController } from './seller-orders.controller.js';
import { SellerOrders } from './seller.service.js';

@Module({
  controllers: [CheckoutController, OrdersController, SellerOrdersController],
  providers: [
    Quotes,
    OrderLife,
    Downloads,
    GivingBack,
    OrderPayments,
    Placing,
    Checkout,
    Asks,
    OrdersReader,
    BuyerOrders,
    SellerOrders,
    Reactions,
    OrderService,
    serves(order, OrderService),
    OrderListeners,
    listens('order', OrderListeners),
    OrderJobs,
    works('order', OrderJobs),
  ],
})
export class OrderModule {}
