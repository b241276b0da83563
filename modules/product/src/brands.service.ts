import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { file } from '@um/file';
import {
  decodeCursor,
  encodeCursor,
  enqueue,
  HTTP_SECRET,
  inTx,
  record,
  Uses,
  type Client,
  type Ctx,
  type Db,
  type Page,
  type Tx,
} from '@um/kernel';
import type { z } from 'zod';
import type { AdminBrand, AdminBrandQuery, BrandBody, BrandInfo } from './brand-view.js';
import * as q from './brand.queries.js';
import { meetBrands } from './brand-meeting.js';
import { brandSlug } from './brand.rules.js';
import { brandsChanged, catalogErrors } from './contract.js';
import { shopById } from './import.queries.js';
import type { ProductSchema } from './product.schema.js';
import { mergeProducts, retell } from './retell.job.js';
import { beginWork } from './retell.queries.js';

const BATCH = 1_000;

/** Brands: known by how products name them, dressed and merged by admins. */
@Injectable()
export class BrandsService {
  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Uses(file) private readonly files: Client<typeof file>,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Brands after one, in the order of their slugs. */
  after(input: { after: string | null; limit: number }): Promise<BrandInfo[]> {
    return q.brandInfos(this.db, input);
  }

  /** Brands for admins, by a piece of a name however it is written. */
  async list({ q: typed, limit, cursor }: z.output<typeof AdminBrandQuery>): Promise<Page<AdminBrand>> {
    const scope = `admin-brands:${typed ?? ''}`;
    const after = decodeCursor(this.secret, scope, cursor)?.[0]?.toString();
    const rows = await q.adminBrands(this.db, {
      limit: limit + 1,
      ...(typed === undefined ? {} : { part: brandSlug(typed) }),
      ...(after === undefined ? {} : { after }),
    });
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? encodeCursor(this.secret, scope, [items.at(-1)!.slug]) : null };
  }

  /**
   * Names and dresses a brand. Its address stays, and its new name, however sellers write it, means this brand as the old one
   * does. Raises `product.NO_BRAND`, `product.BAD_BRAND`: the name of another brand, a picture that is none, a store that is not verified.
   */
  async put(ctx: Ctx, slug: string, brand: BrandBody): Promise<AdminBrand> {
    if (brand.logoId !== null) {
      const [found] = await this.files.getMany(ctx, { ids: [brand.logoId] });
      if (found?.kind !== 'image' || found.visibility !== 'public') throw catalogErrors.BAD_BRAND({ field: 'logoId' });
    }
    const owner = brand.ownerStoreId === null ? undefined : await shopById(this.db, brand.ownerStoreId);
    if (brand.ownerStoreId !== null && owner?.state !== 'verified')
      throw catalogErrors.BAD_BRAND({ field: 'ownerStoreId' });
    await inTx(this.db, (tx) => this.#put(tx, ctx, slug, brand));
    return this.#one(slug);
  }

  async #put(tx: Tx<ProductSchema>, ctx: Ctx, slug: string, brand: BrandBody): Promise<void> {
    const named = brandSlug(brand.name);
    const added = named === slug ? [] : await q.addBrands(tx, [{ slug: named, name: brand.name }], ctx.now);
    const known = await q.lockBrands(tx, [slug, named]);
    const before = known.find((one) => one.slug === slug && one.merged_into === null);
    if (!before) throw catalogErrors.NO_BRAND();
    const other = known.find((one) => one.slug === named)!;
    if (added.length > 0) await q.mergeBrand(tx, named, slug);
    else if (named !== slug && other.merged_into !== slug) throw catalogErrors.BAD_BRAND({ field: 'name' });
    await q.putBrand(tx, slug, brand);
    await record(tx, ctx, brandsChanged, { items: await q.brandInfos(tx, { slugs: [slug, ...added] }) });
    if (before.name !== brand.name)
      await enqueue(tx, ctx, retell, { brand: slug, work: await beginWork(tx, ctx, { brand: slug }) });
    await this.#audit(tx, ctx, 'product.brand-changed', slug, {
      from: before.name,
      name: brand.name,
      owner: brand.ownerStoreId,
    });
  }

  /** Merges a brand into another: its products and its address go there. Raises `product.NO_BRAND`; `product.BAD_BRAND` for itself. */
  async merge(ctx: Ctx, slug: string, into: string): Promise<AdminBrand> {
    if (slug === into) throw catalogErrors.BAD_BRAND({ field: 'into' });
    await inTx(this.db, async (tx) => {
      const known = await q.lockBrands(tx, [slug, into]);
      if (known.length < 2 || known.some((one) => one.merged_into !== null)) throw catalogErrors.NO_BRAND();
      const gone = await q.mergeBrand(tx, slug, into);
      await record(tx, ctx, brandsChanged, { items: await q.brandInfos(tx, { slugs: gone }) });
      const work = await beginWork(tx, ctx, { brand: slug }, into);
      await enqueue(tx, ctx, mergeProducts, { what: 'brand', from: slug, into, work });
      await this.#audit(tx, ctx, 'product.brand-merged', slug, { into });
    });
    return this.#one(into);
  }

  /** Puts products from before there were brands to theirs. */
  async adopt(ctx: Ctx): Promise<void> {
    for (;;) {
      const found = await q.brandless(this.db, BATCH);
      if (found.length === 0) return;
      await inTx(this.db, async (tx) => {
        const brandOf = await meetBrands(
          tx,
          ctx,
          found.map(({ brand }) => brand),
        );
        await q.setBrands(
          tx,
          found.map(({ id, brand }) => ({ id, slug: brandOf(brand)! })),
        );
      });
      if (found.length < BATCH) return;
    }
  }

  async #one(slug: string): Promise<AdminBrand> {
    return (await q.adminBrands(this.db, { slug, limit: 1 }))[0]!;
  }

  #audit(
    tx: Tx<ProductSchema>,
    ctx: Ctx,
    action: string,
    slug: string,
    detail: Record<string, string | null>,
  ): Promise<void> {
    return record(tx, ctx, auditRecorded, auditEntry(ctx, { action, subject: `brand:${slug}`, detail }));
  }
}
