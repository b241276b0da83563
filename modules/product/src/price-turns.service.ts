import { Inject, Injectable } from '@nestjs/common';
import { enqueue, inTx, record, type Ctx, type Db, type Tx } from '@um/kernel';
import { productsChanged } from './contract.js';
import { lockShop } from './import.queries.js';
import { turnPrices } from './price.jobs.js';
import { wholeProducts } from './product.queries.js';
import type { ProductSchema } from './product.schema.js';
import { docsAt } from './product.views.js';
import { addMoments, growVersions, storesDue, takeMoments } from './sale.queries.js';

const BATCH = 500;
/**
 * Products are told once more this long after a moment: a writer that began before the moment, and read the time then, has
 * ended by now and can no longer have the last word.
 */
const ECHO = 5 * 60_000;

/** Tells products anew at the moments at which they cost something else. */
@Injectable()
export class PriceTurns {
  constructor(@Inject('product.db') private readonly db: Db<ProductSchema>) {}

  /** Tells products of a store as they are now; the store's row is locked by the caller. */
  async tell(tx: Tx<ProductSchema>, ctx: Ctx, storeId: string, ids: readonly string[]): Promise<void> {
    await growVersions(tx, ids);
    await record(tx, ctx, productsChanged, { storeId, items: (await wholeProducts(tx, ids)).map(docsAt(ctx.now)) });
  }

  /** Has products told at moments that are still to come. */
  async tellAt(tx: Tx<ProductSchema>, ctx: Ctx, ids: readonly string[], moments: readonly Date[]): Promise<void> {
    const coming = moments.filter((at) => at > ctx.now);
    const echoes = moments.map((at) => new Date(at.getTime() + ECHO));
    await addMoments(tx, ids, [...coming, ...echoes]);
    for (const at of coming) await enqueue(tx, ctx, turnPrices, {}, { at });
  }

  /** Tells everything whose moment has come; answers how many products. Interrupted, it is gone on with. */
  async turn(ctx: Ctx): Promise<number> {
    let told = 0;
    for (;;) {
      const stores = await storesDue(this.db, ctx.now, BATCH);
      if (stores.length === 0) return told;
      for (const storeId of stores) told += await this.#turnStore(ctx, storeId);
    }
  }

  async #turnStore(ctx: Ctx, storeId: string): Promise<number> {
    return inTx(this.db, async (tx) => {
      await lockShop(tx, storeId);
      const ids = await takeMoments(tx, storeId, ctx.now, BATCH);
      if (ids.length > 0) await this.tell(tx, ctx, storeId, ids);
      return ids.length;
    });
  }
}
