import { Module } from '@nestjs/common';
import { listens, serves } from '@um/kernel';
import { store } from './contract.js';
import { StoreController } from './store.controller.js';
import { StoreListeners } from './store.listeners.js';
import { StoreService } from './store.service.js';
import { StoresAdminService } from './stores-admin.service.js';

@Module({
  controllers: [StoreController],
  providers: [
    StoreService,
    StoresAdminService,
    serves(store, StoreService),
    StoreListeners,
    listens('store', StoreListeners),
  ],
})
export class StoreModule {}
