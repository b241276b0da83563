import { Inject, Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, HTTP_SECRET, inTx, type Ctx, type Db, type Page } from '@um/kernel';
import { z } from 'zod';
import {
  editingErrors,
  productErrors,
  type Draft,
  type DraftBody,
  type DraftFilter,
  type DraftSummary,
} from './contract.js';
import * as q from './editing.queries.js';
import { lockShop } from './import.queries.js';
import { OwnStores } from './own-stores.js';
import { PicturesService } from './pictures.service.js';
import type { ProductSchema } from './product.schema.js';
import { ShopsService } from './shops.service.js';

const MOST_DRAFTS = 200;
const TITLE = 300;

const summaryOf = (row: Omit<q.DraftRow, 'line'>): DraftSummary => ({
  id: row.id,
  storeId: row.store_id,
  productId: row.product_id,
  title: row.title,
  savedAt: row.saved_at.toISOString(),
});

const Titled = z.object({ title: z.record(z.string(), z.unknown()) });
/** What a draft is called in a list: the first of its titles that says anything. */
function titleOf(line: DraftBody['line']): string {
  const found = Titled.safeParse(line);
  const titles = found.success ? [found.data.title['uz'], found.data.title['ru'], found.data.title['en']] : [];
  const told = titles.find((title) => typeof title === 'string' && title.trim() !== '');
  return typeof told === 'string' ? told.trim().slice(0, TITLE) : '';
}

const Named = z.object({ pictures: z.array(z.string().regex(/^[^|\s]{1,2000}$/)).max(12) });
const namedIn = (line: DraftBody['line']): string[] => {
  const found = Named.safeParse(line);
  return found.success ? found.data.pictures : [];
};

/** Products that sellers have not finished writing. A draft changes nothing that anybody else sees. */
@Injectable()
export class DraftsService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Inject(ShopsService) private readonly shops: ShopsService,
    @Inject(PicturesService) private readonly pictures: PicturesService,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Drafts of the person's stores, the newest first. */
  async list(ctx: Ctx, { storeId, cursor, limit }: z.output<typeof DraftFilter>): Promise<Page<DraftSummary>> {
    const storeIds = await this.own.among(ctx, storeId);
    if (storeIds.length === 0) return { items: [], nextCursor: null };
    const scope = `drafts:${storeIds.join()}`;
    const before = decodeCursor(this.secret, scope, cursor)?.[0]?.toString();
    const rows = await q.listDrafts(this.db, { storeIds, before, limit: limit + 1 });
    const items = rows.slice(0, limit).map(summaryOf);
    return { items, nextCursor: rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.id]) : null };
  }

  /** A draft with all it says. Raises `product.NO_DRAFT`, also for somebody else's. */
  async open(ctx: Ctx, id: string): Promise<Draft> {
    const row = await this.#find(ctx, id);
    const line = JSON.parse(row.line) as Draft['line'];
    const standing = row.product_id === null ? undefined : await q.standingById(this.db, row.product_id);
    const files = Object.fromEntries(await this.pictures.find(ctx, row.store_id, namedIn(line)));
    return { ...summaryOf(row), line, files, basis: standing?.basis ?? null };
  }

  /**
   * Keeps a draft under an id of the caller's choosing; again, it says something else. Raises `product.NO_DRAFT` for an id or a
   * product that another draft has, `product.NOT_FOUND`, `product.TOO_MANY_DRAFTS`, `store.NOT_FOUND`.
   */
  async put(ctx: Ctx, id: string, { storeId, productId, line }: DraftBody): Promise<DraftSummary> {
    await this.own.require(ctx, storeId);
    await this.shops.known(ctx, storeId);
    const draft = {
      id,
      store_id: storeId,
      product_id: productId,
      title: titleOf(line),
      line: JSON.stringify(line),
      saved_by: ctx.actor,
      saved_at: ctx.now,
    };
    await inTx(this.db, async (tx) => {
      await lockShop(tx, storeId);
      const product = productId === null ? undefined : await q.standingById(tx, productId);
      if (productId !== null && product?.storeId !== storeId) throw productErrors.NOT_FOUND();
      if (product && product.draftId !== null && product.draftId !== id) throw editingErrors.NO_DRAFT();
      if ((await q.otherDrafts(tx, storeId, id)) >= MOST_DRAFTS) throw editingErrors.TOO_MANY_DRAFTS();
      if (!(await q.putDraft(tx, draft))) throw editingErrors.NO_DRAFT();
    });
    return summaryOf(draft);
  }

  /** Throws a draft away. Raises `product.NO_DRAFT`. */
  async drop(ctx: Ctx, id: string): Promise<void> {
    const row = await this.#find(ctx, id);
    await q.dropDraft(this.db, id, row.store_id);
  }

  async #find(ctx: Ctx, id: string): Promise<q.DraftRow> {
    const row = await q.draftById(this.db, id);
    if (!row || (await this.own.among(ctx, row.store_id)).length === 0) throw editingErrors.NO_DRAFT();
    return row;
  }
}
