import { Inject, Injectable } from '@nestjs/common';
import { inventory } from '@um/inventory';
import { inTx, Uses, type Client, type Ctx, type Db } from '@um/kernel';
import { product, type ProductDoc } from '@um/product';
import type { SearchSchema } from './search.schema.js';
import { ShelvesService } from './shelves.service.js';
import { dropItems, standingBetween } from './small.queries.js';

const DOCS = 500;
const FACTS = 5_000;

/** Builds the read model from the truth, and compares the two. */
@Injectable()
export class RebuildService {
  constructor(
    @Inject('search.db') private readonly db: Db<SearchSchema>,
    @Uses(product) private readonly products: Client<typeof product>,
    @Uses(inventory) private readonly stock: Client<typeof inventory>,
    @Inject(ShelvesService) private readonly shelves: ShelvesService,
  ) {}

  /** Writes everything anew while shoppers go on reading; what stands for no product is removed. Answers how many rows were written. */
  async rebuild(ctx: Ctx): Promise<number> {
    for (let after: string | null = null; ;) {
      const facts = await this.stock.stockAfter(ctx, { after, limit: FACTS });
      await inTx(this.db, (tx) => this.shelves.putStock(tx, ctx, facts, true));
      if (facts.length < FACTS) break;
      after = facts.at(-1)!.variantId;
    }
    const attributes = await this.products.attributes(ctx, {});
    await inTx(this.db, (tx) => this.shelves.putAttributes(tx, ctx, attributes));
    let rows = 0;
    for await (const { docs, after, upTo } of this.#truth(ctx)) {
      rows += await inTx(this.db, async (tx) => {
        const known = new Set(docs.map((doc) => doc.productId));
        const gone = (await standingBetween(tx, after, upTo)).filter((row) => !known.has(row.productId));
        await dropItems(
          tx,
          gone.map((row) => row.productId),
        );
        return docs.length === 0 ? 0 : this.shelves.putDocs(tx, ctx, docs, true);
      });
    }
    return rows;
  }

  /** Products that the read model shows otherwise than they are. */
  async differing(ctx: Ctx): Promise<{ checked: number; differing: string[] }> {
    const differing: string[] = [];
    let checked = 0;
    for await (const { docs, after, upTo } of this.#truth(ctx)) {
      const shown = new Map((await standingBetween(this.db, after, upTo)).map((row) => [row.productId, row]));
      const inStock = await this.#inStock(ctx, docs);
      for (const doc of docs) {
        const row = shown.get(doc.productId);
        const same =
          row &&
          row.version === doc.version &&
          row.listed === (doc.state === 'published') &&
          row.inStock === inStock.has(doc.productId);
        if (!same) differing.push(doc.productId);
        shown.delete(doc.productId);
      }
      checked += docs.length;
      differing.push(...shown.keys());
    }
    return { checked, differing };
  }

  /** Every product in pages, each with the range of ids it covers; the last range is open. The next page is read while one is used. */
  async *#truth(ctx: Ctx): AsyncGenerator<{ docs: ProductDoc[]; after: string | null; upTo: string | null }> {
    const read = (after: string | null): Promise<ProductDoc[]> => this.products.docs(ctx, { after, limit: DOCS });
    let coming = read(null);
    for (let after: string | null = null; ;) {
      const docs: ProductDoc[] = await coming;
      const last = docs.length < DOCS;
      const upTo: string | null = last ? null : docs.at(-1)!.productId;
      if (upTo !== null) {
        coming = read(upTo);
        // Whoever reads these pages may stop before asking for the next one: its failure is nobody's then.
        coming.catch(() => undefined);
      }
      yield { docs, after, upTo };
      if (last) return;
      after = upTo;
    }
  }

  async #inStock(ctx: Ctx, docs: readonly ProductDoc[]): Promise<Set<string>> {
    const owner = new Map(
      docs.flatMap((doc) => doc.variants.map((variant) => [variant.variantId, doc.productId] as const)),
    );
    const ids = [...owner.keys()];
    const found = new Set<string>();
    for (let at = 0; at < ids.length; at += 500) {
      const answers = await this.stock.availability(ctx, { variantIds: ids.slice(at, at + 500) });
      for (const { variantId, available } of answers) if (available > 0) found.add(owner.get(variantId)!);
    }
    return found;
  }
}
