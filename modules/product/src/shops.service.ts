import { Inject, Injectable } from '@nestjs/common';
import { inTx, record, Uses, type Client, type Ctx, type Db } from '@um/kernel';
import { store, storeErrors } from '@um/store';
import { productsChanged } from './contract.js';
import { lockShop, markTold, putShop, shopById, type Shop } from './import.queries.js';
import { wholeProducts } from './product.queries.js';
import type { ProductSchema } from './product.schema.js';
import { docsAt } from './product.views.js';
import { touchSome } from './retell.queries.js';

const BATCH = 500;

/** What products know of their stores, and telling a store's products anew when that changes. */
@Injectable()
export class ShopsService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Uses(store) private readonly stores: Client<typeof store>,
  ) {}

  /** The store as it is known here, asked for the first time it is needed. Raises `store.NOT_FOUND`. */
  async known(ctx: Ctx, storeId: string): Promise<Shop> {
    return (await shopById(this.db, storeId)) ?? this.refresh(ctx, storeId);
  }

  /** Takes over what the store context says of a store. */
  async refresh(ctx: Ctx, storeId: string): Promise<Shop> {
    const [found] = await this.stores.getMany(ctx, { ids: [storeId] });
    if (!found) throw storeErrors.NOT_FOUND();
    return putShop(this.db, found);
  }

  /** The store may sell, or may no longer: all its products are told anew. Interrupted, it is done again from the start. */
  async changed(ctx: Ctx, storeId: string): Promise<void> {
    if (!(await shopById(this.db, storeId))) return; // it has no products yet
    const { untold } = await this.refresh(ctx, storeId);
    if (!untold) return;
    await this.#tellAll(ctx, storeId);
    await markTold(this.db, storeId);
  }

  async #tellAll(ctx: Ctx, storeId: string): Promise<void> {
    let after: string | null = null;
    do {
      after = await this.#tellBatch(ctx, { storeId, after, limit: BATCH });
    } while (after !== null);
  }

  async #tellBatch(ctx: Ctx, where: Parameters<typeof touchSome>[1]): Promise<string | null> {
    return inTx(this.db, async (tx) => {
      await lockShop(tx, where.storeId);
      const ids = await touchSome(tx, where);
      if (ids.length === 0) return null;
      const items = (await wholeProducts(tx, ids)).map(docsAt(ctx.now));
      await record(tx, ctx, productsChanged, { storeId: where.storeId, items });
      return ids.length < where.limit ? null : ids.at(-1)!;
    });
  }
}
