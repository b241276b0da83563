import { Injectable } from '@nestjs/common';
import { On, record, type Ctx, type PayloadOf, type Tx } from '@um/kernel';
import { bundleChanged, stockDeclared } from '@um/product';
import { putBundle, recounted } from './bundle.queries.js';
import { stockChanged } from './contract.js';
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

  /** A seller said what a variant is made of: there are as many as its parts allow. */
  @On(bundleChanged)
  async makeBundle(ctx: Ctx, bundle: PayloadOf<typeof bundleChanged>, tx: Tx<InventorySchema>): Promise<void> {
    await putBundle(tx, bundle);
    await record(tx, ctx, stockChanged, { items: await recounted(tx, [bundle.variantId]) });
  }
}
