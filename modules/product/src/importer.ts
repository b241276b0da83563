import { Inject, Injectable } from '@nestjs/common';
import { inTx, isUniqueViolation, newId, record, type Ctx, type Db, type Tx } from '@um/kernel';
import { AttributesService } from './attributes.service.js';
import { meetBrands } from './brand-meeting.js';
import { categoriesNow } from './category.queries.js';
import { productsChanged, stockDeclared, type DigitalFile } from './contract.js';
import { putDigital } from './digital.queries.js';
import { DigitalGoods, type Sellable } from './digital.service.js';
import {
  addImportMoves,
  lockShop,
  putDeclared,
  putProducts,
  putVariants,
  standing,
  takenSlugs,
} from './import.queries.js';
import { planImport, type ImportPlan, type ProductRow, type Standing } from './import.rules.js';
import { trialStanding, putTrial } from './import-trial.queries.js';
import { isGood, partsWithoutRepeats, readEntry, type BadLine, type Entry, type GoodLine } from './line.rules.js';
import { PicturesService } from './pictures.service.js';
import { wholeProducts } from './product.queries.js';
import type { ProductSchema, ShopTable } from './product.schema.js';
import { docsAt } from './product.views.js';
import { withoutShared } from './shared.js';
import { ShopsService } from './shops.service.js';
import { slugOf, uniqueSlugs } from './slug.rules.js';

/** Lines that were read and checked, with the ids of their pictures: everything that other contexts had to be asked for. */
export interface ReadLines {
  readonly storeId: string;
  readonly good: readonly GoodLine[];
  readonly bad: readonly BadLine[];
  readonly pictures: ReadonlyMap<string, string>;
  readonly files: Sellable;
}
export interface ImportOutcome {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** What an import does with each part of its lines. */
interface Steps {
  readonly known: (externalIds: readonly string[]) => Promise<readonly Standing[]>;
  readonly change: (plan: ImportPlan) => Promise<void>;
  readonly after?: (plan: ImportPlan) => Promise<void>;
}
/** Whose file it is, and which import brings it. */
interface Sender {
  readonly importId?: string;
  readonly by?: string | null;
}

const TRIES = 3;

/** Turns lines of a seller's file into products: read and checked first, then written in one transaction. */
@Injectable()
export class Importer {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(PicturesService) private readonly pictures: PicturesService,
    @Inject(ShopsService) private readonly shops: ShopsService,
    @Inject(AttributesService) private readonly attributes: AttributesService,
    @Inject(DigitalGoods) private readonly digital: DigitalGoods,
  ) {}

  /** Checks entries, each by itself. Raises `store.NOT_FOUND`. */
  async read(ctx: Ctx, storeId: string, entries: readonly Entry[]): Promise<ReadLines> {
    await this.shops.known(ctx, storeId);
    const places = await this.attributes.places();
    const checked = entries.map((entry) => readEntry(entry, places));
    const { lines: all, files } = await this.digital.judge(ctx, storeId, entries, checked);
    const good = all.filter(isGood);
    const bad = all.filter((line): line is BadLine => !isGood(line));
    return {
      storeId,
      good,
      bad,
      files,
      pictures: await this.pictures.find(
        ctx,
        storeId,
        good.flatMap(({ row }) => row.pictures),
      ),
    };
  }

  /** Writes what was read, in a transaction of its own. */
  async write(ctx: Ctx, read: ReadLines): Promise<ImportOutcome> {
    return this.transacted((tx) => this.writeIn(tx, ctx, read));
  }

  /** Runs a transaction that imports; when another store took the same slug at the same moment, once more. */
  async transacted<T>(work: (tx: Tx<ProductSchema>) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await inTx(this.db, work);
      } catch (error) {
        if (attempt === TRIES || !isUniqueViolation(error, 'product_slug_key')) throw error;
      }
    }
  }

  /** Writes what was read and records what changed, inside the caller's transaction. */
  async writeIn(tx: Tx<ProductSchema>, ctx: Ctx, read: ReadLines, from: Sender = {}): Promise<ImportOutcome> {
    const shop = await lockShop(tx, read.storeId);
    const wishes = {
      storeId: read.storeId,
      found: read.pictures,
      importId: from.importId ?? null,
      owner: from.by ?? ctx.actor,
    };
    return this.#eachPart(ctx, read, shop.state, {
      known: (ids) => standing(tx, read.storeId, ids),
      change: (plan) => this.#write(tx, ctx, read, plan),
      after: (plan) => this.pictures.wish(tx, ctx, wishes, plan.products),
    });
  }

  /** Says what `writeIn` would do, and remembers it for the lines of the same file that follow. */
  async tryIn(tx: Tx<ProductSchema>, ctx: Ctx, read: ReadLines, importId: string): Promise<ImportOutcome> {
    const shop = await this.shops.known(ctx, read.storeId);
    return this.#eachPart(ctx, read, shop.state, {
      known: async (ids) => {
        const tried = await trialStanding(tx, importId, ids);
        const untried = ids.filter((id) => !tried.has(id));
        return [...tried.values(), ...(await standing(tx, read.storeId, untried))];
      },
      change: (plan) => putTrial(tx, importId, plan.standing),
    });
  }

  async #eachPart(
    ctx: Ctx,
    { good, pictures }: ReadLines,
    shop: ShopTable['state'],
    { known, change, after }: Steps,
  ): Promise<ImportOutcome> {
    const sum = { created: 0, updated: 0, unchanged: 0 };
    for (const part of partsWithoutRepeats(good)) {
      const plan = planImport(part, await known(part.map(({ row }) => row.externalId)), {
        shop,
        pictures,
        now: ctx.now,
      });
      if (plan.standing.length > 0) await change(plan);
      await after?.(plan);
      addTo(sum, plan);
    }
    return sum;
  }

  async #write(tx: Tx<ProductSchema>, ctx: Ctx, read: ReadLines, { writes, counts }: ImportPlan): Promise<void> {
    const { storeId } = read;
    if (writes.length > 0) await this.#writeProducts(tx, ctx, read, writes);
    const written = new Set(writes.map(({ id }) => id));
    await putDeclared(
      tx,
      counts.filter(({ productId }) => !written.has(productId)),
    );
    if (counts.length > 0) await record(tx, ctx, stockDeclared, { storeId, items: [...counts] });
  }

  async #writeProducts(
    tx: Tx<ProductSchema>,
    ctx: Ctx,
    { storeId, files }: ReadLines,
    given: readonly ProductRow[],
  ): Promise<void> {
    const writes = await withoutShared(tx, ctx, storeId, given);
    const fresh = writes
      .filter((write) => write.isNew)
      .map(({ id, row }) => ({ id, title: row.title.uz || row.title.ru || row.title.en }));
    const slugs = uniqueSlugs(
      fresh,
      await takenSlugs(
        tx,
        fresh.map(({ title }) => slugOf(title)),
      ),
    );
    const brandOf = await meetBrands(
      tx,
      ctx,
      writes.map(({ row }) => row.brand),
    );
    const categories = await categoriesNow(
      tx,
      writes.map(({ row }) => row.categoryId),
    );
    await putProducts(tx, storeId, writes, { slugs, categories, brandOf }, ctx.now);
    await putVariants(tx, writes, ctx.now);
    await putDigital(tx, documentsOf(writes, files), ctx.now);
    const moves = writes.filter(({ from, state }) => from !== null && from !== state);
    await addImportMoves(
      tx,
      moves.map(({ id, from, state }) => ({ id: newId(ctx.now), productId: id, from: from!, to: state })),
      ctx.actor,
      ctx.now,
    );
    const items = (
      await wholeProducts(
        tx,
        writes.map((write) => write.id),
      )
    ).map(docsAt(ctx.now));
    await record(tx, ctx, productsChanged, { storeId, items });
  }
}

/** The documents that lines give to variants. */
function documentsOf(writes: readonly ProductRow[], files: Sellable): (DigitalFile & { variantId: string })[] {
  return writes.flatMap(({ row, variants }) => {
    const ids = new Map(variants.map(({ sku, id }) => [sku, id]));
    return row.variants.flatMap(({ sku, file }) => (file ? [{ ...files.get(file)!, variantId: ids.get(sku)! }] : []));
  });
}

function addTo(sum: { created: number; updated: number; unchanged: number }, plan: ImportPlan): void {
  sum.created += plan.created;
  sum.updated += plan.updated;
  sum.unchanged += plan.unchanged;
}
