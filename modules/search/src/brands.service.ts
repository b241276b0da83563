import { Inject, Injectable } from '@nestjs/common';
import {
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  newId,
  record,
  textFor,
  type Ctx,
  type Db,
  type Locale,
  type Page,
  type Tx,
} from '@um/kernel';
import { catalogErrors, type BrandInfo } from '@um/product';
import type { z } from 'zod';
import type { BrandQuery, BrandView } from './brand-view.js';
import { putBrands, visibleBrands, type BrandRow } from './brand.queries.js';
import { shelvesChanged } from './contract.js';
import type { SearchSchema } from './search.schema.js';
import { ViewerService } from './viewer.service.js';
import { searchText } from './words.rules.js';

const viewOf = (row: BrandRow, locale: Locale): BrandView => ({
  slug: row.slug,
  name: row.name,
  logoId: row.logo_id,
  store: row.store_slug && row.store_name ? { slug: row.store_slug, name: textFor(row.store_name, locale) } : null,
});

/** Brands as shoppers see them: those that have something for them. */
@Injectable()
export class BrandsService {
  constructor(
    @Inject('search.db') private readonly db: Db<SearchSchema>,
    @Inject(ViewerService) private readonly viewers: ViewerService,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Takes over what brands are called. */
  async put(tx: Tx<SearchSchema>, ctx: Ctx, items: readonly BrandInfo[]): Promise<void> {
    await putBrands(
      tx,
      items.map(({ slug, name, logoId, owner, mergedInto }) => ({
        slug,
        name,
        key: searchText(name),
        logo_id: logoId,
        store_slug: owner?.slug ?? null,
        store_name: owner?.name ?? null,
        merged_into: mergedInto,
      })),
    );
    if (items.length > 0) await record(tx, ctx, shelvesChanged, { products: 0, first: newId(ctx.now) });
  }

  /** Brands in the order of their addresses. */
  async list(ctx: Ctx, { q, limit, cursor }: z.output<typeof BrandQuery>): Promise<Page<BrandView>> {
    const scope = `brands:${q ?? ''}`;
    const after = decodeCursor(this.secret, scope, cursor)?.[0]?.toString() ?? null;
    const prefix = q === undefined ? undefined : searchText(q);
    const viewer = await this.viewers.of(ctx);
    const rows = await visibleBrands(this.db, { viewer, after, limit: limit + 1, prefix });
    const items = rows.slice(0, limit).map((row) => viewOf(row, ctx.locale));
    return { items, nextCursor: rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.slug]) : null };
  }

  /** One brand; of one that was merged, the one it is now. Of one that has nothing for this person nothing is told: `product.NO_BRAND`. */
  async one(ctx: Ctx, slug: string): Promise<BrandView> {
    const viewer = await this.viewers.of(ctx);
    const [row] = await visibleBrands(this.db, { viewer, after: null, limit: 1, slug });
    if (!row) throw catalogErrors.NO_BRAND();
    return viewOf(row, ctx.locale);
  }
}
