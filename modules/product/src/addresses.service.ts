import { Inject, Injectable } from '@nestjs/common';
import { inTx, isUniqueViolation, record, type Ctx, type Db } from '@um/kernel';
import { formerAddresses, readdress, takenByOthers } from './address.queries.js';
import { catalogErrors, productErrors, productsChanged } from './contract.js';
import { lockShop } from './import.queries.js';
import { OwnStores } from './own-stores.js';
import { wholeProducts } from './product.queries.js';
import type { ProductSchema } from './product.schema.js';
import { docsAt } from './product.views.js';
import { listedById } from './seller.queries.js';

/** Where products are found. An address that led to one leads there for ever. */
@Injectable()
export class AddressesService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
  ) {}

  /** Addresses that products had before. */
  former(productIds: readonly string[]): Promise<string[]> {
    return formerAddresses(this.db, productIds);
  }

  /** Gives a product another address. Raises `product.NOT_FOUND` and `product.SLUG_TAKEN`, also for one that led elsewhere before. */
  async give(ctx: Ctx, id: string, slug: string): Promise<{ slug: string }> {
    const row = await listedById(this.db, id);
    if (!row || (await this.own.among(ctx, row.store_id)).length === 0) throw productErrors.NOT_FOUND();
    const storeId = row.store_id;
    try {
      await inTx(this.db, async (tx) => {
        await lockShop(tx, storeId);
        if (await takenByOthers(tx, slug, id)) throw catalogErrors.SLUG_TAKEN();
        if ((await readdress(tx, { id, storeId, slug, now: ctx.now })) === undefined) return;
        const items = (await wholeProducts(tx, [id])).map(docsAt(ctx.now));
        await record(tx, ctx, productsChanged, { storeId, items });
      });
    } catch (error) {
      if (isUniqueViolation(error, 'product_slug_key')) throw catalogErrors.SLUG_TAKEN();
      throw error;
    }
    return { slug };
  }
}
