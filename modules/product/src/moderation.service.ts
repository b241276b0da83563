import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import {
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  httpErrors,
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
  productErrors,
  productRecalled,
  productsChanged,
  type ReviewDecision,
  type ReviewedProduct,
  type ReviewFilter,
} from './contract.js';
import { lockShop } from './import.queries.js';
import { listingsOf } from './offer.queries.js';
import { OwnStores } from './own-stores.js';
import { wholeProducts } from './product.queries.js';
import { mayMove } from './product.rules.js';
import type { ProductSchema, State } from './product.schema.js';
import { docsAt } from './product.views.js';
import { listByState, listedById, moveProduct, type ListedProduct } from './seller.queries.js';
import { sellerProductOf } from './seller.service.js';

const TARGET = { publish: 'published', reject: 'rejected', recall: 'recalled' } as const satisfies Record<
  ReviewDecision['decision'],
  State
>;

const reviewedOf = (row: ListedProduct): ReviewedProduct => ({
  ...sellerProductOf(row),
  storeName: row.store_name,
  description: row.description,
  categoryPath: row.path,
  pictures: row.pictures,
  ageMinMonths: row.age_min_months,
  ageMaxMonths: row.age_max_months,
  infoMark: row.info_mark,
  hazards: row.hazards,
  warnings: row.warnings,
  country: row.country,
  manufacturer: row.manufacturer,
  importer: row.importer,
  mxik: row.mxik,
  packageCode: row.package_code,
  vatRate: row.vat_rate,
  attributes: row.attributes,
});

/** What moderators look at and decide. */
@Injectable()
export class ModerationService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Products in a state, the longest waiting first. */
  async list(_ctx: Ctx, { state, cursor, limit }: z.output<typeof ReviewFilter>): Promise<Page<ReviewedProduct>> {
    const scope = `review:${state}`;
    const after = decodeCursor(this.secret, scope, cursor)?.[0]?.toString();
    const rows = await listByState(this.db, { state, after, limit: limit + 1 });
    const items = rows.slice(0, limit).map(reviewedOf);
    return { items, nextCursor: rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.id]) : null };
  }

  /** Publishes, refuses or recalls a product, which nobody does for a store of their own (SAF-07). Raises `product.NOT_FOUND` and `product.BAD_STATE`; of two deciding at once one is refused. */
  async decide(ctx: Ctx, id: string, { decision, reason }: ReviewDecision): Promise<ReviewedProduct> {
    const to = TARGET[decision];
    const { store_id: storeId } = await this.#find(this.db, id);
    if ((await this.own.among(ctx, storeId)).length > 0) throw httpErrors.FORBIDDEN();
    return inTx(this.db, async (tx) => {
      await lockShop(tx, storeId);
      const found = await this.#find(tx, id);
      if (!mayMove(found.state, to)) throw productErrors.BAD_STATE({ from: found.state, to });
      const move = {
        historyId: newId(ctx.now),
        id,
        from: found.state,
        to,
        by: ctx.actor,
        reason: reason ?? null,
        now: ctx.now,
      };
      if (!(await moveProduct(tx, move))) throw productErrors.BAD_STATE({ to });
      await record(tx, ctx, productsChanged, { storeId, items: (await wholeProducts(tx, [id])).map(docsAt(ctx.now)) });
      if (to === 'recalled')
        await record(tx, ctx, productRecalled, { productIds: [id, ...(await listingsOf(tx, id))] });
      const detail = { from: found.state, to, reason: reason ?? null };
      await record(
        tx,
        ctx,
        auditRecorded,
        auditEntry(ctx, { action: `product.${to}`, subject: `product:${id}`, detail }),
      );
      return reviewedOf(await this.#find(tx, id));
    });
  }

  async #find(db: Tx<ProductSchema>, id: string): Promise<ListedProduct> {
    const row = await listedById(db, id);
    if (!row) throw productErrors.NOT_FOUND();
    return row;
  }
}
