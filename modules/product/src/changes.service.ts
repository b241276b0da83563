import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { file } from '@um/file';
import {
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  httpErrors,
  inTx,
  newId,
  record,
  Uses,
  type Client,
  type Ctx,
  type Db,
  type Page,
} from '@um/kernel';
import type { z } from 'zod';
import { attributeIssues } from './attribute.rules.js';
import { AttributesService } from './attributes.service.js';
import { meetBrands } from './brand-meeting.js';
import * as q from './change.queries.js';
import { changed, difference, isStale } from './change.rules.js';
import {
  changeDecided,
  priceErrors,
  productErrors,
  type ChangeDecision,
  type ChangeFilter,
  type ChangeQueueFilter,
  type ChangeView,
  type NewChange,
} from './contract.js';
import { lockShop } from './import.queries.js';
import { OwnStores } from './own-stores.js';
import { PriceTurns } from './price-turns.service.js';
import type { ProductSchema } from './product.schema.js';

/** Changes that sellers ask for in products they share, and what moderators decide. */
@Injectable()
export class ChangesService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Uses(file) private readonly files: Client<typeof file>,
    @Inject(AttributesService) private readonly attributes: AttributesService,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Inject(PriceTurns) private readonly turns: PriceTurns,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /**
   * Asks for a change of a product that several sell, by one of them. Raises `product.NOT_SHARED`, `product.NOTHING_TO_CHANGE`,
   * `product.BAD_ATTRIBUTE` and `product.NO_PICTURE`.
   */
  async ask(ctx: Ctx, { storeId, productId, changes, note }: NewChange): Promise<ChangeView> {
    await this.own.require(ctx, storeId);
    const [product] = await q.sharedProducts(this.db, [productId]);
    if (!product || (product.storeId !== storeId && !product.sellers.includes(storeId))) throw priceErrors.NOT_SHARED();
    const asked = difference(product, changes);
    if (!asked) throw priceErrors.NOTHING_TO_CHANGE();
    await this.#check(ctx, product.categoryId, changes);
    const id = await q.putChange(this.db, {
      ...asked,
      id: newId(ctx.now),
      productId,
      storeId,
      by: ctx.actor,
      note: note || null,
      now: ctx.now,
    });
    return this.#one(id);
  }

  /** Requests of the person's stores, the newest first. */
  async list(ctx: Ctx, { storeId, state, cursor, limit }: z.output<typeof ChangeFilter>): Promise<Page<ChangeView>> {
    const storeIds = await this.own.among(ctx, storeId);
    const scope = `changes:${JSON.stringify([storeIds, state])}`;
    const before = decodeCursor(this.secret, scope, cursor)?.[0]?.toString();
    return this.#page(scope, limit, await q.listChanges(this.db, { storeIds, state, before, limit: limit + 1 }));
  }

  /** Takes a request back. Raises `product.NO_CHANGE` and `product.CHANGE_DECIDED`. */
  async withdraw(ctx: Ctx, id: string): Promise<void> {
    const found = await q.changeById(this.db, id);
    if (!found || (await this.own.among(ctx, found.store_id)).length === 0) throw priceErrors.NO_CHANGE();
    const end = { id, state: 'withdrawn' as const, reason: null, by: ctx.actor, now: ctx.now };
    if (!(await q.settleChange(this.db, end))) throw priceErrors.CHANGE_DECIDED();
  }

  /** Requests in a state, the longest waiting first. */
  async queue(_ctx: Ctx, { state, cursor, limit }: z.output<typeof ChangeQueueFilter>): Promise<Page<ChangeView>> {
    const scope = `change-queue:${state}`;
    const after = decodeCursor(this.secret, scope, cursor)?.[0]?.toString();
    return this.#page(scope, limit, await q.changeQueue(this.db, { state, after, limit: limit + 1 }));
  }

  /**
   * Writes what was asked into the product, or refuses it; nobody decides for a store of their own, neither the one that asks
   * nor the product's (SAF-07). Raises `product.NO_CHANGE`, `product.CHANGE_DECIDED`, and `product.CHANGE_STALE` when the
   * product says something else by now.
   */
  async decide(ctx: Ctx, id: string, decision: ChangeDecision): Promise<ChangeView> {
    const found = await q.changeById(this.db, id);
    if (!found) throw priceErrors.NO_CHANGE();
    const own = new Set(await this.own.among(ctx));
    if (own.has(found.store_id) || own.has(found.master_store)) throw httpErrors.FORBIDDEN();
    const approve = decision.decision === 'approve';
    const state = approve ? 'approved' : 'rejected';
    const reason = decision.decision === 'reject' ? decision.reason : null;
    await inTx(this.db, async (tx) => {
      await lockShop(tx, found.master_store);
      if (!(await q.settleChange(tx, { id, state, reason, by: ctx.actor, now: ctx.now })))
        throw priceErrors.CHANGE_DECIDED();
      const { now, before, changes, product_id: productId, store_id: storeId } = (await q.changeById(tx, id))!;
      if (approve) {
        if (isStale(now, before)) throw priceErrors.CHANGE_STALE();
        const after = changed(now, changes);
        const brandOf = await meetBrands(tx, ctx, [after.brand]);
        await q.applyChange(tx, productId, { after, brandSlug: brandOf(after.brand) }, ctx.now);
        await this.turns.tell(tx, ctx, found.master_store, [productId]);
      }
      await record(tx, ctx, changeDecided, { requestId: id, productId, storeId, state });
      await record(
        tx,
        ctx,
        auditRecorded,
        auditEntry(ctx, {
          action: `product.change-${state}`,
          subject: `product:${productId}`,
          detail: { request: id, fields: Object.keys(changes).join(' '), reason },
        }),
      );
    });
    return this.#one(id);
  }

  async #check(ctx: Ctx, categoryId: string, { attributes, pictures }: NewChange['changes']): Promise<void> {
    if (attributes !== undefined) {
      const issues = attributeIssues(attributes, (await this.attributes.places()).askedIn(categoryId));
      if (issues.length > 0) throw productErrors.BAD_ATTRIBUTE({ fields: issues.map((issue) => issue.path.join('.')) });
    }
    if (pictures === undefined || pictures.length === 0) return;
    const found = await this.files.getMany(ctx, { ids: pictures });
    const good = new Set(found.filter((f) => f.kind === 'image' && f.visibility === 'public').map((f) => f.id));
    if (pictures.some((id) => !good.has(id))) throw priceErrors.NO_PICTURE();
  }

  #page(scope: string, limit: number, rows: readonly q.ListedChange[]): Page<ChangeView> {
    const items = rows.slice(0, limit).map(changeView);
    return { items, nextCursor: rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.id]) : null };
  }

  async #one(id: string): Promise<ChangeView> {
    return changeView((await q.changeById(this.db, id))!);
  }
}

const changeView = (row: q.ListedChange): ChangeView => ({
  id: row.id,
  productId: row.product_id,
  slug: row.slug,
  productTitle: row.title,
  storeId: row.store_id,
  storeName: row.store_name,
  changes: row.changes,
  before: row.before,
  note: row.note,
  state: row.state,
  reason: row.reason,
  stale: row.state === 'waiting' && isStale(row.now, row.before),
  askedAt: row.asked_at.toISOString(),
  decidedAt: row.decided_at?.toISOString() ?? null,
});
