import { Inject, Injectable } from '@nestjs/common';
import type { Ctx, Db } from '@um/kernel';
import type { InventorySchema } from './inventory.schema.js';
import { InventoryService } from './inventory.service.js';
import { dueReservations } from './reservation.queries.js';

const BATCH = 200;

/** Frees what orders held longer than they said. */
@Injectable()
export class InventoryJobs {
  constructor(
    @Inject('inventory.db') private readonly db: Db<InventorySchema>,
    @Inject(InventoryService) private readonly stock: InventoryService,
  ) {}

  /** Each order in a transaction of its own, so that one cannot keep the others from being freed. Answers how many were. */
  async sweep(ctx: Ctx): Promise<number> {
    const due = await dueReservations(this.db, ctx.now, BATCH);
    for (const orderId of due) await this.stock.expire(ctx, orderId);
    return due.length;
  }
}
