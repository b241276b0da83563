import { Injectable } from '@nestjs/common';
import { On, type Ctx, type PayloadOf, type Tx } from '@um/kernel';
import { stockDeclared } from '@um/product';
import type { InventorySchema } from './inventory.schema.js';
import { tellMoved } from './inventory.service.js';
import { defaultLocation, putCounts } from './stock.queries.js';

@Injectable()
export class InventoryListeners {
  /** A seller said how many units there are: that is what is on the shelf now. */
  @On(stockDeclared)
  async putDeclared(
    ctx: Ctx,
    { storeId, items }: PayloadOf<typeof stockDeclared>,
    tx: Tx<InventorySchema>,
  ): Promise<void> {
    if (items.length === 0) return;
    const locationId = await defaultLocation(tx, ctx, storeId);
    const moved = await putCounts(tx, {
      storeId,
      locationId,
      kind: 'declared',
      items,
      by: ctx.actor,
      reason: null,
      now: ctx.now,
    });
    await tellMoved(tx, ctx, moved);
  }
}
