import { Inject, Injectable } from '@nestjs/common';
import type { Ctx, Db, Handlers } from '@um/kernel';
import { AttributesService } from './attributes.service.js';
import { BrandsService } from './brands.service.js';
import { CategoriesService } from './categories.service.js';
import type { GivenCategory } from './category.rules.js';
import type { NewOffer, OfferMade, product, ProductDoc, VariantInfo } from './contract.js';
import { Importer } from './importer.js';
import { lineEntries } from './kept-lines.rules.js';
import { OffersService } from './offers.service.js';
import { problemOf } from './problem.rules.js';
import { counts, variantRows, wholeProductsAfter } from './product.queries.js';
import { buyerOf } from './product.rules.js';
import type { ProductSchema } from './product.schema.js';
import { docsAt, variantsAt } from './product.views.js';

/** Products: what others ask of them. */
@Injectable()
export class ProductService implements Handlers<typeof product> {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Inject(CategoriesService) private readonly categories: CategoriesService,
    @Inject(AttributesService) private readonly described: AttributesService,
    @Inject(BrandsService) private readonly named: BrandsService,
    @Inject(Importer) private readonly importer: Importer,
    @Inject(OffersService) private readonly offers: OffersService,
  ) {}

  async variants(ctx: Ctx, { ids }: { ids: string[] }): Promise<VariantInfo[]> {
    return ids.length === 0 ? [] : (await variantRows(this.db, ids, buyerOf(ctx), ctx.now)).map(variantsAt(ctx.now));
  }

  putCategories(ctx: Ctx, { categories }: { categories: GivenCategory[] }) {
    return this.categories.put(ctx, categories);
  }

  putAttributes(ctx: Ctx, input: Parameters<AttributesService['put']>[1]) {
    return this.described.put(ctx, input);
  }

  brands(_ctx: Ctx, input: { after: string | null; limit: number }) {
    return this.named.after(input);
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

  offer(ctx: Ctx, offer: NewOffer): Promise<OfferMade> {
    return this.offers.make(ctx, offer);
  }
}
