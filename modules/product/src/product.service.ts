import { Inject, Injectable } from '@nestjs/common';
import { adultViewer, family, guestViewer, type Viewer } from '@um/family';
import { Cache, Uses, type Area, type Client, type Ctx, type Db, type Handlers } from '@um/kernel';
import { z } from 'zod';
import { AttributesService } from './attributes.service.js';
import { CategoriesService } from './categories.service.js';
import type { GivenCategory } from './category.rules.js';
import { productErrors, type product, type ProductDoc, type ProductView, type VariantInfo } from './contract.js';
import { Importer } from './importer.js';
import { lineEntries } from './kept-lines.rules.js';
import { problemOf } from './problem.rules.js';
import { counts, productById, productBySlug, variantRows, wholeProductsAfter } from './product.queries.js';
import type { ProductSchema } from './product.schema.js';
import { docsAt, isShownTo, variantsAt, viewOf, type ShownProduct } from './product.views.js';

const Uuid = z.uuid();
const KEPT_MS = 60_000;
const keptAs = (idOrSlug: string) => ({ ttl: KEPT_MS, tags: ['products', `product:${idOrSlug}`] });

/** Products: what others ask of them, and the page a shopper sees. */
@Injectable()
export class ProductService implements Handlers<typeof product> {
  readonly #products: Area;

  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Uses(family) private readonly families: Client<typeof family>,
    @Inject(CategoriesService) private readonly categories: CategoriesService,
    @Inject(AttributesService) private readonly described: AttributesService,
    @Inject(Importer) private readonly importer: Importer,
    @Inject(Cache) cache: Cache,
  ) {
    this.#products = cache.area('products');
  }

  async variants(ctx: Ctx, { ids }: { ids: string[] }): Promise<VariantInfo[]> {
    return ids.length === 0 ? [] : (await variantRows(this.db, ids)).map(variantsAt(ctx.now));
  }

  putCategories(ctx: Ctx, { categories }: { categories: GivenCategory[] }) {
    return this.categories.put(ctx, categories);
  }

  putAttributes(ctx: Ctx, input: Parameters<AttributesService['put']>[1]) {
    return this.described.put(ctx, input);
  }

  attributes() {
    return this.described.definitions();
  }

  async importLines(ctx: Ctx, { storeId, lines, firstLine }: { storeId: string; lines: string[]; firstLine: number }) {
    const read = await this.importer.read(ctx, storeId, lineEntries(lines, firstLine));
    const outcome = await this.importer.write(ctx, read);
    return { ...outcome, problems: read.bad.map((bad) => problemOf(bad, ctx.locale)) };
  }

  async docs(ctx: Ctx, { after, limit }: { after: string | null; limit: number }): Promise<ProductDoc[]> {
    return (await wholeProductsAfter(this.db, after, limit)).map(docsAt(ctx.now));
  }

  count() {
    return counts(this.db);
  }

  /** A product's page. What is not on sale, or not for this person, is answered as if it did not exist (F02). */
  async view(ctx: Ctx, idOrSlug: string): Promise<ProductView> {
    const [viewer, found] = await Promise.all([
      this.#viewer(ctx),
      ctx.child
        ? this.#read(idOrSlug)
        : this.#products.getOrSet(idOrSlug, keptAs(idOrSlug), () => this.#read(idOrSlug)),
    ]);
    if (!found || !isShownTo(viewer, found, ctx.now)) throw productErrors.NOT_FOUND();
    return viewOf(found, ctx.locale, ctx.now);
  }

  /** What is true of a product, whoever looks: the same row for everybody, judged for each of them. Children get it fresh. */
  async #read(idOrSlug: string): Promise<ShownProduct | undefined> {
    const found = await (Uuid.safeParse(idOrSlug).success ? productById : productBySlug)(this.db, idOrSlug);
    if (!found) return undefined;
    const { createdAt: _createdAt, ...shown } = found;
    return shown;
  }

  async #viewer(ctx: Ctx): Promise<Viewer> {
    if (ctx.child) return this.families.viewerOf(ctx, { childId: ctx.child.id });
    return ctx.actor === null ? guestViewer : adultViewer;
  }
}
