import { Inject, Injectable } from '@nestjs/common';
import { inventory } from '@um/inventory';
import { inTx, Uses, type Client, type Ctx, type Db } from '@um/kernel';
import { product, type ProductDoc } from '@um/product';
import { BrandsService } from './brands.service.js';
import type { StockFact } from './item.queries.js';
import type { SearchSchema } from './search.schema.js';
import { ShelvesService } from './shelves.service.js';
import { dropItems, miscounted, newerStock, standingBetween, mendTally, type Standing } from './truth.queries.js';
import { differences } from './truth.rules.js';
import { recount } from './wording.queries.js';

const DOCS = 500;
const BRANDS = 500;
const FACTS = 5_000;

/** Products of a range of ids, the first exclusive; a null end is open. */
interface Range {
  readonly docs: readonly ProductDoc[];
  readonly after: string | null;
  readonly upTo: string | null;
}

/** Builds the read model from the truth, and compares the two. Both may run while facts arrive. */
@Injectable()
export class RebuildService {
  constructor(
    @Inject('search.db') private readonly db: Db<SearchSchema>,
    @Uses(product) private readonly products: Client<typeof product>,
    @Uses(inventory) private readonly stock: Client<typeof inventory>,
    @Inject(ShelvesService) private readonly shelves: ShelvesService,
    @Inject(BrandsService) private readonly brands: BrandsService,
  ) {}

  /**
   * Writes everything anew, a few hundred products at a time, while shoppers go on reading and facts go on arriving; what
   * stands for no product is removed. Answers how many rows were written.
   */
  async rebuild(ctx: Ctx): Promise<number> {
    for (let after: string | null = null; ;) {
      const facts: StockFact[] = await this.stock.stockAfter(ctx, { after, limit: FACTS });
      await this.#putStock(ctx, facts, after);
      if (facts.length < FACTS) break;
      after = facts.at(-1)!.variantId;
    }
    const attributes = await this.products.attributes(ctx, {});
    await inTx(this.db, (tx) => this.shelves.putAttributes(tx, ctx, attributes));
    for (let after: string | null = null; ;) {
      const brands = await this.products.brands(ctx, { after, limit: BRANDS });
      await inTx(this.db, (tx) => this.brands.put(tx, ctx, brands));
      if (brands.length < BRANDS) break;
      after = brands.at(-1)!.slug;
    }
    let rows = 0;
    for await (const range of this.#truth(ctx)) rows += await this.#putRange(ctx, range);
    await inTx(this.db, mendTally);
    await inTx(this.db, recount);
    return rows;
  }

  /**
   * What was read may be older by now than what a fact has brought meanwhile, so only the same or newer is written. A row
   * that claims more than the truth, read once more after it, is wrong and is written over.
   */
  async #putRange(ctx: Ctx, { docs, after, upTo }: Range): Promise<number> {
    const rows = docs.length === 0 ? 0 : await inTx(this.db, (tx) => this.shelves.putDocs(tx, ctx, docs, 'same'));
    const versions = new Map(docs.map((doc) => [doc.productId, doc.version]));
    const odd = (await standingBetween(this.db, after, upTo)).filter(
      (row) => row.version > (versions.get(row.productId) ?? -1),
    );
    if (odd.length === 0) return rows;
    const now = new Map((await this.#read(ctx, after, upTo)).map((doc) => [doc.productId, doc]));
    const wrong = odd.flatMap((row) => now.get(row.productId) ?? []).filter((doc) => ahead(odd, doc));
    return inTx(this.db, async (tx) => {
      const written = await this.shelves.putDocs(tx, ctx, wrong, 'all');
      await dropItems(
        tx,
        odd.map((row) => row.productId).filter((id) => !now.has(id)),
      );
      return rows + written;
    });
  }

  async #putStock(ctx: Ctx, facts: readonly StockFact[], after: string | null): Promise<void> {
    if (facts.length === 0) return;
    await inTx(this.db, (tx) => this.shelves.putStock(tx, ctx, facts, 'same'));
    const odd = await newerStock(this.db, facts);
    if (odd.size === 0) return;
    const now = await this.stock.stockAfter(ctx, { after, limit: FACTS });
    const wrong = await newerStock(this.db, now);
    await inTx(this.db, (tx) =>
      this.shelves.putStock(
        tx,
        ctx,
        now.filter((fact) => odd.has(fact.variantId) && wrong.has(fact.variantId)),
        'all',
      ),
    );
  }

  /** Products that the read model shows otherwise than they are, and scopes that it counts otherwise. */
  async differing(ctx: Ctx): Promise<{ checked: number; differing: string[]; miscounted: string[] }> {
    const differing: string[] = [];
    let checked = 0;
    for await (const range of this.#truth(ctx)) {
      checked += range.docs.length;
      const found = await this.#differingIn(ctx, range.docs, range);
      if (found.length === 0) continue;
      // A fact may have been on its way: what still differs from the truth as it is now does differ.
      const again = await this.#differingIn(ctx, await this.#read(ctx, range.after, range.upTo), range);
      differing.push(...found.filter((id) => again.includes(id)));
    }
    return { checked, differing, miscounted: await inTx(this.db, miscounted) };
  }

  async #differingIn(ctx: Ctx, docs: readonly ProductDoc[], { after, upTo }: Range): Promise<string[]> {
    const rows = new Map((await standingBetween(this.db, after, upTo)).map((row) => [row.productId, row]));
    const inStock = await this.#inStock(ctx, docs);
    const found = docs.filter((doc) => {
      const row = rows.get(doc.productId);
      rows.delete(doc.productId);
      return !row || !agrees(row, doc, inStock.has(doc.productId));
    });
    return [...found.map((doc) => doc.productId), ...rows.keys()];
  }

  /** Every product in pages, each with the range of ids it covers; the last range is open. The next page is read while one is used. */
  async *#truth(ctx: Ctx): AsyncGenerator<Range> {
    const read = (after: string | null): Promise<ProductDoc[]> => this.products.docs(ctx, { after, limit: DOCS });
    let coming = read(null);
    for (let after: string | null = null; ;) {
      const docs: ProductDoc[] = await coming;
      const upTo: string | null = docs.length < DOCS ? null : docs.at(-1)!.productId;
      if (upTo !== null) {
        coming = read(upTo);
        // Whoever reads these pages may stop before asking for the next one: its failure is nobody's then.
        coming.catch(() => undefined);
      }
      yield { docs, after, upTo };
      if (upTo === null) return;
      after = upTo;
    }
  }

  /** Products of a range as they are now; there may be more of them than when it was read first. */
  async #read(ctx: Ctx, after: string | null, upTo: string | null): Promise<ProductDoc[]> {
    const all: ProductDoc[] = [];
    for (let from = after; ;) {
      const docs: ProductDoc[] = await this.products.docs(ctx, { after: from, limit: DOCS });
      all.push(...docs.filter((doc) => upTo === null || doc.productId <= upTo));
      from = docs.at(-1)?.productId ?? null;
      if (docs.length < DOCS || (upTo !== null && from! >= upTo)) return all;
    }
  }

  async #inStock(ctx: Ctx, docs: readonly ProductDoc[]): Promise<Set<string>> {
    const owner = new Map(
      docs.flatMap((doc) => doc.variants.map((variant) => [variant.variantId, doc.productId] as const)),
    );
    const ids = [...owner.keys()];
    // What is downloaded never sells out.
    const found = new Set(docs.filter((doc) => doc.variants.some((v) => v.digital)).map((doc) => doc.productId));
    for (let at = 0; at < ids.length; at += 500) {
      const answers = await this.stock.availability(ctx, { variantIds: ids.slice(at, at + 500) });
      for (const { variantId, available } of answers) if (available > 0) found.add(owner.get(variantId)!);
    }
    return found;
  }
}

const ahead = (odd: readonly Standing[], doc: ProductDoc): boolean =>
  odd.some((row) => row.productId === doc.productId && row.version > doc.version);

const agrees = (row: Standing, doc: ProductDoc, inStock: boolean): boolean =>
  row.version === doc.version &&
  row.shelved &&
  // What several sell shows the winner, whose shop, price and stock need not be its own.
  (doc.sellers > 1 || (row.inStock === inStock && differences(doc, row.shown).length === 0));
