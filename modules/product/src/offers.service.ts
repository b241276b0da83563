import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { inTx, record, type Ctx, type Db } from '@um/kernel';
import type { Selectable } from 'kysely';
import { importErrors, priceErrors, productErrors, type ImportRow, type NewOffer, type OfferMade } from './contract.js';
import { lockShop } from './import.queries.js';
import { Importer } from './importer.js';
import { lineEntries } from './kept-lines.rules.js';
import { listingId, listingsByStore, mayTie, productRow, putOffer } from './offer.queries.js';
import { OwnStores } from './own-stores.js';
import { PriceTurns } from './price-turns.service.js';
import { productById, type WholeProduct } from './product.queries.js';
import { shownState } from './product.rules.js';
import type { ProductSchema, ProductTable } from './product.schema.js';

/** Many sellers of one product. */
@Injectable()
export class OffersService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Inject(Importer) private readonly importer: Importer,
    @Inject(PriceTurns) private readonly turns: PriceTurns,
  ) {}

  /** A seller offers what is in the shop already. Raises what `make` raises, and `store.NOT_FOUND` for somebody else's store. */
  async offer(ctx: Ctx, offer: NewOffer): Promise<OfferMade> {
    await this.own.require(ctx, offer.storeId);
    return this.make(ctx, offer);
  }

  /**
   * Makes an offer, or sets its prices, stock and delivery time anew. Raises `product.NO_MASTER` for what is not on sale, is an
   * offer itself or is the store's own, for a listing that others offer, and `product.NOT_FOUND` for a variant that the master has not.
   */
  async make(ctx: Ctx, offer: NewOffer): Promise<OfferMade> {
    const { storeId, masterId, condition, deliveryDays } = offer;
    const [master, row] = await Promise.all([productById(this.db, masterId), productRow(this.db, masterId)]);
    if (!master || !row || master.master || shownState(master.state, master.storeState) !== 'published')
      throw priceErrors.NO_MASTER();
    if (master.storeId === storeId && condition === 'new') throw priceErrors.NO_MASTER();
    const line = lineOf(offer, master, row);
    const read = await this.importer.read(ctx, storeId, lineEntries([JSON.stringify(line)], 1));
    if (read.bad.length > 0) throw importErrors.BAD_LINE({ code: read.bad[0]!.code });
    const { externalId } = line;
    return this.importer.transacted(async (tx) => {
      await lockShop(tx, storeId);
      if (!(await mayTie(tx, { storeId, externalId, masterId }))) throw priceErrors.NO_MASTER();
      await putOffer(tx, { storeId, externalId, masterId, condition, deliveryDays, now: ctx.now });
      const { created } = await this.importer.writeIn(tx, ctx, read);
      const id = await listingId(tx, storeId, externalId);
      if (created === 0) await this.turns.tell(tx, ctx, storeId, [id]); // its terms may have changed
      await record(
        tx,
        ctx,
        auditRecorded,
        auditEntry(ctx, {
          action: 'product.offered',
          subject: `product:${id}`,
          detail: { master: masterId, condition, deliveryDays },
        }),
      );
      return { listingId: id, masterId };
    });
  }

  /** Masters changed: what is inherited from them is told anew, store by store. Again, it tells the same again. */
  async mastersChanged(ctx: Ctx, ids: readonly string[]): Promise<void> {
    for (const [storeId, listings] of await listingsByStore(this.db, ids))
      await inTx(this.db, async (tx) => {
        await lockShop(tx, storeId);
        await this.turns.tell(tx, ctx, storeId, listings);
      });
  }
}

/** The line that stands for an offer: the master's words and claims, the seller's prices and stock. */
function lineOf(offer: NewOffer, master: WholeProduct, row: Selectable<ProductTable>): ImportRow {
  const options = new Map(master.variants.map((variant) => [variant.id, variant]));
  if (offer.items.some((item) => !options.has(item.variantId))) throw productErrors.NOT_FOUND();
  return {
    externalId: `offer:${offer.masterId}:${offer.condition}`,
    categoryId: row.category_id,
    brand: row.brand,
    title: row.title,
    description: row.description,
    ageMinMonths: row.age_min_months,
    ageMaxMonths: row.age_max_months,
    infoMark: row.info_mark,
    hazards: row.hazards,
    warnings: row.warnings,
    country: row.country,
    manufacturer: row.manufacturer,
    importer: row.importer,
    vatRate: row.vat_rate,
    mxik: row.mxik,
    packageCode: row.package_code,
    attributes: row.attributes,
    pictures: row.pictures,
    pictureAlts: [],
    options: row.options,
    variants: offer.items.map(({ variantId, sku, priceTiyin, stock }) => ({
      sku,
      barcode: options.get(variantId)!.barcode,
      options: options.get(variantId)!.options,
      priceTiyin,
      stock,
    })),
  };
}
