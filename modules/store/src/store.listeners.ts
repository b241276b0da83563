import { Inject, Injectable } from '@nestjs/common';
import { Cache, On } from '@um/kernel';
import { storeSuspended, storeVerified } from './contract.js';

/** Takes ready answers about stores back when a store may sell or may no longer. */
@Injectable()
export class StoreListeners {
  constructor(@Inject(Cache) private readonly cache: Cache) {}

  @On(storeVerified, { everyProcess: true })
  async verified(): Promise<void> {
    await this.cache.invalidateTags(['stores']);
  }

  @On(storeSuspended, { everyProcess: true })
  async suspended(): Promise<void> {
    await this.cache.invalidateTags(['stores']);
  }
}
