import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import {
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  inTx,
  newId,
  record,
  type Ctx,
  type Db,
  type Page,
  type Tx,
} from '@um/kernel';
import type { z } from 'zod';
import {
  FARTHEST_SALE,
  LONGEST_SALE,
  priceErrors,
  productErrors,
  type NewSale,
  type SaleFilter,
  type SaleView,
  type SellerPrices,
} from './contract.js';
import { lockShop } from './import.queries.js';
import { OwnStores } from './own-stores.js';
import { PriceTurns } from './price-turns.service.js';
import { offPercent, sellerPricesOf, saleViewOf } from './price.views.js';
import type { ProductSchema } from './product.schema.js';
import * as q from './sale.queries.js';

type Writes = Tx<ProductSchema>;

/** What a seller asks for its things, now and later. */
@Injectable()
export class SalesService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Inject(PriceTurns) private readonly turns: PriceTurns,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Sales of the person's stores, the last planned first. */
  async list(ctx: Ctx, { storeId, state, cursor, limit }: z.output<typeof SaleFilter>): Promise<Page<SaleView>> {
    const storeIds = await this.own.among(ctx, storeId);
    const scope = `sales:${JSON.stringify([storeIds, state])}`;
    const before = decodeCursor(this.secret, scope, cursor)?.[0]?.toString();
    const rows = await q.listSales(this.db, { storeIds, state, before, limit: limit + 1, now: ctx.now });
    const items = rows.slice(0, limit).map((row) => saleViewOf(row, ctx.now));
    return { items, nextCursor: rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.id]) : null };
  }

  /**
   * Plans a sale of one or many variants of a store, all or none. Raises `product.NOT_FOUND`, `product.BAD_PERIOD`,
   * `product.SALE_NOT_LOWER`, and `product.SALE_OVERLAP` with the variants that have a sale in that time already.
   */
  async plan(ctx: Ctx, sale: NewSale): Promise<{ items: SaleView[] }> {
    await this.own.require(ctx, sale.storeId);
    const { from, until } = periodOf(sale, ctx.now);
    return inTx(this.db, async (tx) => {
      await lockShop(tx, sale.storeId);
      const variants = await this.#variants(tx, sale);
      const sales = variants.map((v) => ({
        id: newId(ctx.now),
        variantId: v.id,
        storeId: sale.storeId,
        price: sale.priceTiyin ?? offPercent(v.price, sale.percentOff!),
        from,
        until,
      }));
      const notLower = variants.filter((v, place) => sales[place]!.price >= v.price).map((v) => v.id);
      if (notLower.length > 0) throw priceErrors.SALE_NOT_LOWER({ variantIds: notLower });
      const taken = await q.onSaleBetween(tx, sale.variantIds, from, until);
      if (taken.length > 0) throw priceErrors.SALE_OVERLAP({ variantIds: taken });
      await q.insertSales(tx, sales, ctx.actor, ctx.now);
      await this.#turnAt(
        tx,
        ctx,
        sale.storeId,
        variants.map((v) => v.productId),
        [from, until],
      );
      await this.#audit(tx, ctx, 'sale-planned', `store:${sale.storeId}`, {
        from: from.toISOString(),
        until: until.toISOString(),
        variants: sales.length,
        sales: sales.map((s) => `${s.variantId}:${s.price}`).join(' '),
      });
      const rows = await q.salesByIds(
        tx,
        sales.map((s) => s.id),
      );
      return { items: rows.map((row) => saleViewOf(row, ctx.now)) };
    });
  }

  /** Ends a running sale now; one that did not begin is forgotten. Raises `product.NO_SALE` and `product.SALE_OVER`. */
  async end(ctx: Ctx, id: string): Promise<void> {
    const [found] = await q.salesByIds(this.db, [id]);
    if (!found || (await this.own.among(ctx, found.storeId)).length === 0) throw priceErrors.NO_SALE();
    await inTx(this.db, async (tx) => {
      await lockShop(tx, found.storeId);
      const [sale] = await q.salesByIds(tx, [id]);
      if (!sale) throw priceErrors.NO_SALE();
      if (sale.until <= ctx.now) throw priceErrors.SALE_OVER();
      await (sale.from >= ctx.now ? q.dropSale(tx, id) : q.endSale(tx, id, ctx.now));
      await this.turns.tell(tx, ctx, sale.storeId, [sale.productId]);
      await this.#audit(tx, ctx, 'sale-ended', `variant:${sale.id}`, { sale: id, price: sale.salePrice });
    });
  }

  /** What a product of the person's own costs, cost and will cost. Raises `product.NOT_FOUND`. */
  async prices(ctx: Ctx, productId: string): Promise<SellerPrices> {
    const variants = await q.pricedProduct(this.db, productId);
    const [first] = variants;
    if (!first || (await this.own.among(ctx, first.storeId)).length === 0) throw productErrors.NOT_FOUND();
    return sellerPricesOf(variants, ctx.now);
  }

  /** Sets what a variant costs without a sale. Raises `product.NOT_FOUND`. */
  async setPrice(ctx: Ctx, variantId: string, priceTiyin: number): Promise<SellerPrices> {
    const found = await q.storeOfVariant(this.db, variantId);
    if (!found || (await this.own.among(ctx, found.store_id)).length === 0) throw productErrors.NOT_FOUND();
    await inTx(this.db, async (tx) => {
      await lockShop(tx, found.store_id);
      await q.setBasePrice(tx, variantId, priceTiyin, ctx.now);
      await this.turns.tell(tx, ctx, found.store_id, [found.product_id]);
      await this.#audit(tx, ctx, 'priced', `variant:${variantId}`, { priceTiyin });
    });
    return this.prices(ctx, found.product_id);
  }

  async #variants(tx: Writes, { storeId, variantIds }: NewSale): Promise<q.PricedVariant[]> {
    const variants = await q.pricedVariants(tx, storeId, variantIds);
    if (variants.length !== new Set(variantIds).size) throw productErrors.NOT_FOUND();
    return variants;
  }

  async #turnAt(
    tx: Writes,
    ctx: Ctx,
    storeId: string,
    products: readonly string[],
    moments: readonly Date[],
  ): Promise<void> {
    const ids = [...new Set(products)];
    await this.turns.tellAt(tx, ctx, ids, moments);
    if (moments.some((at) => at <= ctx.now)) await this.turns.tell(tx, ctx, storeId, ids);
  }

  async #audit(
    tx: Writes,
    ctx: Ctx,
    verb: string,
    subject: string,
    detail: Record<string, string | number>,
  ): Promise<void> {
    await record(tx, ctx, auditRecorded, auditEntry(ctx, { action: `product.${verb}`, subject, detail }));
  }
}

/** From when until when a sale is; what has passed already begins now. Raises `product.BAD_PERIOD`. */
function periodOf(sale: Pick<NewSale, 'startsAt' | 'endsAt'>, now: Date): { from: Date; until: Date } {
  const from = new Date(Math.max(now.getTime(), Date.parse(sale.startsAt)));
  const until = new Date(sale.endsAt);
  const length = until.getTime() - from.getTime();
  if (length <= 0 || length > LONGEST_SALE || from.getTime() - now.getTime() > FARTHEST_SALE)
    throw priceErrors.BAD_PERIOD({ longestDays: LONGEST_SALE / 86_400_000 });
  return { from, until };
}
