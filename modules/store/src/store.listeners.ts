import { Inject, Injectable } from '@nestjs/common';
import { HotAnswers, On } from '@um/kernel';
import { storeSuspended, storeVerified } from './contract.js';

/** Takes ready answers about stores back when a store may sell or may no longer. */
@Injectable()
export class StoreListeners {
  constructor(@Inject(HotAnswers) private readonly answers: HotAnswers) {}

  @On(storeVerified, { everyProcess: true })
  async verified(): Promise<void> {
    this.answers.invalidate(['stores']);
  }

  @On(storeSuspended, { everyProcess: true })
  async suspended(): Promise<void> {
    this.answers.invalidate(['stores']);
  }
}
