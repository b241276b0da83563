import { Module } from '@nestjs/common';
import { listens, serves, works } from '@um/kernel';
import { inventory } from './contract.js';
import { InventoryController } from './inventory.controller.js';
import { InventoryJobs } from './inventory.jobs.js';
import { InventoryListeners } from './inventory.listeners.js';
import { InventoryService } from './inventory.service.js';
import { SellerStockService } from './seller-stock.service.js';

@Module({
  controllers: [InventoryController],
  providers: [
    InventoryService,
    SellerStockService,
    InventoryJobs,
    works('inventory', InventoryJobs),
    serves(inventory, InventoryService),
    InventoryListeners,
    listens('inventory', InventoryListeners),
  ],
})
export class InventoryModule {}
