import { Inject, Injectable } from '@nestjs/common';
import { cronJob, Works, type Ctx, type Db } from '@um/kernel';
import type { InventorySchema } from './inventory.schema.js';
import { InventoryService } from './inventory.service.js';
import { dueReservations } from './reservation.queries.js';

/** Frees what orders held longer than they said. */
export const sweepReservations = cronJob('inventory.sweep-reservations', '* * * * *');

const BATCH = 200;

@Injectable()
export class InventoryJobs {
  constructor(
    @Inject('inventory.db') private readonly db: Db<InventorySchema>,
    @Inject(InventoryService) private readonly stock: InventoryService,
  ) {}

  /** Each order in a transaction of its own, so that one cannot keep the others from being freed. */
  @Works(sweepReservations)
  async sweep(ctx: Ctx): Promise<void> {
    for (
      let due = await dueReservations(this.db, ctx.now, BATCH);
      due.length > 0;
      due = await dueReservations(this.db, ctx.now, BATCH)
    ) {
      for (const orderId of due) await this.stock.expire(ctx, orderId);
    }
  }
}
