import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import {
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  inTx,
  record,
  Uses,
  type Client,
  type Ctx,
  type Db,
  type Page,
} from '@um/kernel';
import { product, type VariantInfo } from '@um/product';
import { store } from '@um/store';
import type { z } from 'zod';
import { inventoryErrors, type SellerStock, type SellerStockFilter, type StockTakeBody } from './contract.js';
import type { InventorySchema } from './inventory.schema.js';
import { tellMoved } from './inventory.service.js';
import { listStock, lockStock, putCounts, stockOf, type StockRow } from './stock.queries.js';
import { LOW_AT } from './stock.rules.js';

const noText = { uz: '', ru: '', en: '' };

const viewOf = (row: StockRow, variant: VariantInfo | undefined): SellerStock => ({
  variantId: row.variantId,
  productId: row.productId,
  storeId: row.storeId,
  sku: variant?.sku ?? '',
  title: variant?.title ?? noText,
  variantLabel: variant?.variantLabel ?? noText,
  pictureId: variant?.pictureId ?? null,
  onHand: row.onHand,
  reserved: row.reserved,
  available: row.onHand - row.reserved,
  low: row.onHand - row.reserved <= LOW_AT,
  changedAt: row.changedAt.toISOString(),
});

/** A store's stock for the people who work there. */
@Injectable()
export class SellerStockService {
  constructor(
    @Inject('inventory.db') private readonly db: Db<InventorySchema>,
    @Uses(store) private readonly stores: Client<typeof store>,
    @Uses(product) private readonly products: Client<typeof product>,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Stock of the person's stores, by variant. */
  async list(ctx: Ctx, filter: z.output<typeof SellerStockFilter>): Promise<Page<SellerStock>> {
    const own = await this.stores.storesOf(ctx, { accountId: ctx.actor! });
    const storeIds = filter.storeId === undefined ? own : own.filter((id) => id === filter.storeId);
    if (storeIds.length === 0) return { items: [], nextCursor: null };
    const scope = `stock:${storeIds.join()}:${filter.low}`;
    const after = decodeCursor(this.secret, scope, filter.cursor)?.[0]?.toString();
    const rows = await listStock(this.db, {
      storeIds,
      after,
      below: filter.low === 'true' ? LOW_AT : undefined,
      limit: filter.limit + 1,
    });
    const items = await this.#views(ctx, rows.slice(0, filter.limit));
    return {
      items,
      nextCursor: rows.length > filter.limit ? encodeCursor(this.secret, scope, [items.at(-1)!.variantId]) : null,
    };
  }

  /** A stock-take. Somebody else's stock is answered as if it did not exist. */
  async take(ctx: Ctx, variantId: string, { onHand, reason }: z.output<typeof StockTakeBody>): Promise<SellerStock> {
    const found = await stockOf(this.db, variantId);
    const own = await this.stores.storesOf(ctx, { accountId: ctx.actor! });
    if (!found || !own.includes(found.storeId)) throw inventoryErrors.NO_STOCK();
    const row = await inTx(this.db, async (tx) => {
      const before = (await lockStock(tx, variantId))!;
      if (onHand < before.reserved) throw inventoryErrors.BELOW_RESERVED({ reserved: before.reserved });
      const { storeId, locationId, productId } = before;
      const moved = await putCounts(tx, {
        storeId,
        locationId,
        kind: 'counted',
        items: [{ variantId, productId, onHand }],
        by: ctx.actor,
        reason: reason ?? null,
        now: ctx.now,
      });
      await tellMoved(tx, ctx, moved);
      if (moved.length > 0) {
        const detail = { storeId, from: before.onHand, to: onHand, reason: reason ?? null };
        await record(
          tx,
          ctx,
          auditRecorded,
          auditEntry(ctx, { action: 'inventory.counted', subject: `variant:${variantId}`, detail }),
        );
      }
      return { ...before, onHand, changedAt: moved.length > 0 ? ctx.now : before.changedAt };
    });
    return (await this.#views(ctx, [row]))[0]!;
  }

  async #views(ctx: Ctx, rows: readonly StockRow[]): Promise<SellerStock[]> {
    const variants = await this.products.variants(ctx, { ids: rows.map((row) => row.variantId) });
    const byId = new Map(variants.map((variant) => [variant.variantId, variant]));
    return rows.map((row) => viewOf(row, byId.get(row.variantId)));
  }
}
