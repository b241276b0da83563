import { Inject, Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, HTTP_SECRET, money, type Ctx, type Db, type Page } from '@um/kernel';
import type { z } from 'zod';
import type { SellerProduct, SellerProductFilter } from './contract.js';
import { OwnStores } from './own-stores.js';
import type { ProductSchema } from './product.schema.js';
import { listOwn, type ListedProduct } from './seller.queries.js';

/** A product as the people of its store see it. */
export const sellerProductOf = (row: ListedProduct): SellerProduct => ({
  id: row.id,
  storeId: row.store_id,
  externalId: row.external_id,
  slug: row.slug,
  state: row.state,
  title: row.title,
  brand: row.brand,
  categoryId: row.category_id,
  pictureId: row.pictures[0] ?? null,
  price: money(row.price_tiyin),
  variants: row.variants,
  reason: row.reason,
  changedAt: row.changed_at.toISOString(),
});

/** A seller's own products. */
@Injectable()
export class SellerService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Products of the person's stores, the newest first. */
  async list(
    ctx: Ctx,
    { storeId, state, q, cursor, limit }: z.output<typeof SellerProductFilter>,
  ): Promise<Page<SellerProduct>> {
    const storeIds = await this.own.among(ctx, storeId);
    if (storeIds.length === 0) return { items: [], nextCursor: null };
    const scope = `own-products:${JSON.stringify([storeIds, state, q])}`;
    const before = decodeCursor(this.secret, scope, cursor)?.[0]?.toString();
    const rows = await listOwn(this.db, { storeIds, state, q, before, limit: limit + 1 });
    const items = rows.slice(0, limit).map(sellerProductOf);
    return { items, nextCursor: rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.id]) : null };
  }
}
