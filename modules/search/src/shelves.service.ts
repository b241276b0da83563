import { Injectable } from '@nestjs/common';
import { newId, record, type Ctx, type Tx } from '@um/kernel';
import type { AttributeDefinition, ProductDoc } from '@um/product';
import { shelvesChanged } from './contract.js';
import { chooseFrom, putOptions } from './choice.queries.js';
import { mastersOf } from './front.queries.js';
import { chooseAgain, lockFronts, takeListings } from './fronts.js';
import * as q from './item.queries.js';
import { categoriesOf, firstPopularity, itemOf, SOLD, stemRows, wordRows } from './item.rules.js';
import type { SearchSchema } from './search.schema.js';
import { putAttributes } from './trait.queries.js';

/** From so many products on, their words are worked into the index at once. */
const MANY = 50;

/** Writes the read model from facts. */
@Injectable()
export class ShelvesService {
  /** Takes over products; older versions change nothing, or `over` says what is written over. Answers how many were written. */
  async putDocs(tx: Tx<SearchSchema>, ctx: Ctx, docs: readonly ProductDoc[], over: q.Over = 'older'): Promise<number> {
    if (docs.length === 0) return 0;
    const fresh = await q.freshOf(
      tx,
      docs.map((doc) => doc.productId),
    );
    const places = await this.#places(
      tx,
      docs.filter((doc) => fresh.has(doc.productId)),
    );
    const rows = docs.map((doc) => itemOf(doc, places.get(doc.productId)));
    await q.claimStock(tx, rows);
    await lockFronts(
      tx,
      docs.map((doc) => doc.productId),
      docs.flatMap((doc) => doc.offer.masterId ?? []),
    );
    const written = await q.putItems(tx, rows, over);
    if (written.length === 0) return 0;
    const news = docs.filter((doc) => written.includes(doc.productId));
    const variants = news.flatMap((doc) => doc.variants.map((v) => ({ id: v.variantId, endless: v.digital })));
    await putOptions(tx, news);
    const endless = await q.putEndless(tx, variants);
    if (endless.length > 0) await q.restock(tx, endless);
    const masters = await takeListings(tx, news, over);
    const shown = [...new Set([...written, ...masters])];
    await chooseFrom(tx, shown);
    await q.reshelve(tx, shown);
    await q.putCategories(tx, categoriesOf(docs));
    await q.putWords(tx, wordRows(docs.filter((doc) => fresh.has(doc.productId))));
    await q.putStems(tx, stemRows(rows.filter((row) => fresh.has(row.product_id))));
    if (written.length >= MANY) await q.settleWords(tx);
    await record(tx, ctx, shelvesChanged, { products: written.length, first: written[0]! });
    return written.length;
  }

  /** First popularity of new products, store by store. */
  async #places(tx: Tx<SearchSchema>, fresh: readonly ProductDoc[]): Promise<Map<string, number>> {
    const places = new Map<string, number>();
    if (fresh.length === 0) return places;
    const byStore = Map.groupBy(fresh, (doc) => doc.storeId);
    const before = await q.takePlaces(tx, new Map([...byStore].map(([id, docs]) => [id, docs.length])));
    for (const [storeId, docs] of byStore)
      for (const [n, doc] of docs.entries()) places.set(doc.productId, firstPopularity(before.get(storeId)! + n));
    return places;
  }

  /** Takes over what attributes are called and whether lists filter by them. */
  async putAttributes(tx: Tx<SearchSchema>, ctx: Ctx, items: readonly AttributeDefinition[]): Promise<void> {
    if (items.length === 0) return;
    await putAttributes(tx, items);
    await record(tx, ctx, shelvesChanged, { products: 0, first: newId(ctx.now) });
  }

  /** Sold units make a product popular. */
  async addSold(tx: Tx<SearchSchema>, sold: readonly { productId: string; qty: number }[]): Promise<void> {
    const masters = await mastersOf(
      tx,
      sold.map((line) => line.productId),
    );
    const units = Map.groupBy(sold, (line) => masters.get(line.productId) ?? line.productId);
    const points = [...units].map(([productId, lines]) => ({
      productId,
      points: SOLD * lines.reduce((sum, line) => sum + line.qty, 0),
    }));
    await q.addPopularity(tx, points);
  }

  /** Takes over what is available; lists change only where a product sells out or is back. */
  async putStock(tx: Tx<SearchSchema>, ctx: Ctx, facts: readonly q.StockFact[], over: q.Over = 'older'): Promise<void> {
    const told = await q.putStock(tx, facts, over);
    if (told.length === 0) return;
    await lockFronts(tx, told);
    const soldOut = await q.restock(tx, told);
    const masters = await chooseAgain(tx, told);
    if (masters.length > 0) await q.reshelve(tx, masters);
    const chosen = await chooseFrom(tx, [...new Set([...told, ...masters, ...(await mastersOf(tx, told)).values()])]);
    const turned = [...new Set([...soldOut, ...masters, ...chosen])];
    if (turned.length > 0) await record(tx, ctx, shelvesChanged, { products: turned.length, first: turned[0]! });
  }
}
