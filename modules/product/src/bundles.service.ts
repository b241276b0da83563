import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { inTx, money, record, type Ctx, type Db, type Tx } from '@um/kernel';
import { bundleChanged, bundleErrors, productErrors, type Bundle, type NewBundle } from './contract.js';
import { isSellable } from './bundle.rules.js';
import { bundlesWith, mayBeMadeOf, putParts } from './bundle.queries.js';
import { ownVariant } from './digital.queries.js';
import { lockShop } from './import.queries.js';
import { OwnStores } from './own-stores.js';
import { tagOf } from './price.rules.js';
import { PriceTurns } from './price-turns.service.js';
import { wholeProducts } from './product.queries.js';
import type { ProductSchema } from './product.schema.js';

/** Products made of other products of the same store. */
@Injectable()
export class Bundles {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Inject(PriceTurns) private readonly turns: PriceTurns,
  ) {}

  /** Makes a variant of the person's own of other variants. Raises `product.NOT_FOUND`, `product.BAD_BUNDLE` and `product.BUNDLE_PRICE`. */
  async make(ctx: Ctx, variantId: string, { parts }: NewBundle): Promise<Bundle> {
    const found = await ownVariant(this.db, variantId);
    if (!found || (await this.own.among(ctx, found.storeId)).length === 0) throw productErrors.NOT_FOUND();
    const ids = [...new Set(parts.map((part) => part.variantId))];
    const pieces = parts.reduce((sum, part) => sum + part.qty, 0);
    if (ids.length !== parts.length || pieces < 2) throw bundleErrors.BAD_BUNDLE();
    return inTx(this.db, async (tx) => {
      await lockShop(tx, found.storeId);
      if (!(await mayBeMadeOf(tx, variantId, ids))) throw bundleErrors.BAD_BUNDLE();
      await putParts(tx, variantId, parts);
      const bundle = { variantId, productId: found.productId, parts };
      const prices = await this.#require(tx, ctx, bundle);
      await this.turns.tell(tx, ctx, found.storeId, [found.productId]);
      await record(tx, ctx, bundleChanged, { storeId: found.storeId, ...bundle });
      const detail = { parts: parts.map((part) => `${part.qty} ${part.variantId}`).join(', ') };
      const entry = auditEntry(ctx, { action: 'product.bundled', subject: `variant:${variantId}`, detail });
      await record(tx, ctx, auditRecorded, entry);
      return { ...bundle, ...prices };
    });
  }

  /** Refuses parts that cannot be sold in it, and a price that saves nothing. */
  async #require(
    tx: Tx<ProductSchema>,
    ctx: Ctx,
    { productId, variantId }: Pick<Bundle, 'productId' | 'variantId'>,
  ): Promise<Pick<Bundle, 'price' | 'apart'>> {
    const [product] = await wholeProducts(tx, [productId]);
    const variant = product!.variants.find(({ id }) => id === variantId)!;
    if (!variant.parts.every((part) => isSellable(part, product!.categoryPath))) throw bundleErrors.BAD_BUNDLE();
    const apart = variant.parts.reduce((sum, part) => sum + part.qty * tagOf(part, ctx.now).price, 0);
    const { price } = tagOf(variant, ctx.now);
    if (price >= apart) throw bundleErrors.BUNDLE_PRICE({ apart: money(apart) });
    return { price: money(price), apart: money(apart) };
  }

  /** Products changed: what is made of them is told anew, store by store. Again, it tells the same again. */
  async partsChanged(ctx: Ctx, ids: readonly string[]): Promise<void> {
    for (const [storeId, bundles] of await bundlesWith(this.db, ids))
      await inTx(this.db, async (tx) => {
        await lockShop(tx, storeId);
        await this.turns.tell(tx, ctx, storeId, bundles);
      });
  }
}
