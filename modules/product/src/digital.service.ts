import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { file, type DocumentInfo } from '@um/file';
import { inTx, newId, record, Uses, type Client, type Ctx, type Db, type Tx } from '@um/kernel';
import { store } from '@um/store';
import { digitalErrors, productErrors, productsChanged, type DigitalFile, type DigitalVariant } from './contract.js';
import * as q from './digital.queries.js';
import { lockShop } from './import.queries.js';
import { isGood, refused, type BadLine, type Entry, type GoodLine } from './line.rules.js';
import { OwnStores } from './own-stores.js';
import { wholeProducts } from './product.queries.js';
import type { ProductSchema } from './product.schema.js';
import { docsAt } from './product.views.js';
import { moveProduct } from './seller.queries.js';

/** Documents that a store may sell, by id. */
export type Sellable = ReadonlyMap<string, DigitalFile>;

const fileOf = ({ id, name, bytes, contentType }: DocumentInfo): DigitalFile => ({
  fileId: id,
  name,
  bytes,
  contentType,
});

/** What is sold to be downloaded: which document a variant has, and whose documents a store may sell. */
@Injectable()
export class DigitalGoods {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(OwnStores) private readonly own: OwnStores,
    @Uses(file) private readonly files: Client<typeof file>,
    @Uses(store) private readonly stores: Client<typeof store>,
  ) {}

  /**
   * Gives a variant of the person's own a document, or takes it away. Nobody has looked at what is new in it, so a product on
   * sale waits for a moderator. Raises `product.NOT_FOUND` and `product.BAD_FILE`.
   */
  async attach(ctx: Ctx, variantId: string, fileId: string | null): Promise<DigitalVariant> {
    const found = await q.ownVariant(this.db, variantId);
    if (!found || (await this.own.among(ctx, found.storeId)).length === 0) throw productErrors.NOT_FOUND();
    const given = fileId === null ? null : (await this.#sellable(ctx, found.storeId, [fileId])).get(fileId);
    if (given === undefined) throw digitalErrors.BAD_FILE();
    return inTx(this.db, async (tx) => {
      await lockShop(tx, found.storeId);
      await this.#put(tx, ctx, variantId, given);
      const { productId, state, file: now } = (await q.ownVariant(tx, variantId))!;
      return { variantId, productId, state, file: now };
    });
  }

  async #put(tx: Tx<ProductSchema>, ctx: Ctx, variantId: string, given: DigitalFile | null): Promise<void> {
    const { productId, storeId, state, file: before } = (await q.ownVariant(tx, variantId))!;
    if ((before?.fileId ?? null) === (given?.fileId ?? null)) return;
    if (given) await q.putDigital(tx, [{ ...given, variantId }], ctx.now);
    else await q.dropDigital(tx, variantId);
    const review = {
      historyId: newId(ctx.now),
      id: productId,
      to: 'in_review',
      by: ctx.actor,
      reason: null,
      now: ctx.now,
    } as const;
    if (state === 'published' && given) await moveProduct(tx, { ...review, from: state });
    else await q.touchProduct(tx, productId, ctx.now);
    const items = (await wholeProducts(tx, [productId])).map(docsAt(ctx.now));
    await record(tx, ctx, productsChanged, { storeId, items });
    const detail = { fileId: given?.fileId ?? null };
    const entry = auditEntry(ctx, { action: 'product.file-changed', subject: `variant:${variantId}`, detail });
    await record(tx, ctx, auditRecorded, entry);
  }

  /** Of lines that were read those whose documents the store may sell, with these documents; the others say where the wrong one stands. */
  async judge(
    ctx: Ctx,
    storeId: string,
    entries: readonly Entry[],
    lines: readonly (GoodLine | BadLine)[],
  ): Promise<{ lines: (GoodLine | BadLine)[]; files: Sellable }> {
    const ids = lines.flatMap((line) => (isGood(line) ? line.row.variants.flatMap((v) => v.file ?? []) : []));
    if (ids.length === 0) return { lines: [...lines], files: new Map() };
    const files = await this.#sellable(ctx, storeId, ids);
    const judged = lines.map((line, place) => {
      const wrong = isGood(line) ? line.row.variants.findIndex((v) => v.file != null && !files.has(v.file)) : -1;
      const entry = entries[place]!;
      return wrong === -1 ? line : refused(entry, digitalErrors.BAD_FILE, [entry.placeOf(['variants', wrong, 'file'])]);
    });
    return { lines: judged, files };
  }

  /** Documents uploaded by people of the store, and those it sells already, whoever uploaded them. */
  async #sellable(ctx: Ctx, storeId: string, ids: readonly string[]): Promise<Sellable> {
    const documents: DocumentInfo[] = [];
    const wanted = [...new Set(ids)];
    for (let at = 0; at < wanted.length; at += 500)
      documents.push(...(await this.files.documents(ctx, { ids: wanted.slice(at, at + 500) })));
    const known = await q.soldBy(this.db, storeId, wanted);
    const people = new Set<string>();
    for (const ownerId of new Set(documents.filter(({ id }) => !known.has(id)).map((found) => found.ownerId)))
      if ((await this.stores.storesOf(ctx, { accountId: ownerId })).includes(storeId)) people.add(ownerId);
    const mine = documents.filter(({ id, ownerId }) => known.has(id) || people.has(ownerId));
    return new Map(mine.map((document) => [document.id, fileOf(document)]));
  }
}
