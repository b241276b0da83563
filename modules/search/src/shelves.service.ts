import { Injectable } from '@nestjs/common';
import { record, type Ctx, type Tx } from '@um/kernel';
import type { ProductDoc } from '@um/product';
import { shelvesChanged } from './contract.js';
import * as q from './item.queries.js';
import { categoriesOf, itemOf, wordRows } from './item.rules.js';
import type { SearchSchema } from './search.schema.js';

/** From so many products on, their words are worked into the index at once. */
const MANY = 50;

/** Writes the read model from facts. */
@Injectable()
export class ShelvesService {
  /** Takes over products; older versions change nothing, or with `force` everything is written. Answers how many were written. */
  async putDocs(tx: Tx<SearchSchema>, ctx: Ctx, docs: readonly ProductDoc[], force = false): Promise<number> {
    const rows = docs.map(itemOf);
    await q.claimStock(tx, rows);
    const written = await q.putItems(tx, rows, force);
    if (written.length === 0) return 0;
    await q.reshelve(tx, written.map(({ id }) => id));
    await q.putCategories(tx, categoriesOf(docs));
    const fresh = new Set(written.filter((one) => one.fresh).map(({ id }) => id));
    await q.putWords(tx, wordRows(docs.filter((doc) => fresh.has(doc.productId))));
    if (written.length >= MANY) await q.settleWords(tx);
    await record(tx, ctx, shelvesChanged, { products: written.length, first: written[0]!.id });
    return written.length;
  }

  /** Takes over what is available; lists change only where a product sells out or is back. */
  async putStock(tx: Tx<SearchSchema>, ctx: Ctx, facts: readonly q.StockFact[], force = false): Promise<void> {
    const told = await q.putStock(tx, facts, force);
    if (told.length === 0) return;
    const turned = await q.restock(tx, told);
    if (turned.length > 0) await record(tx, ctx, shelvesChanged, { products: turned.length, first: turned[0]! });
  }
}
