import { Inject, Injectable } from '@nestjs/common';
import { adultViewer, family, guestViewer, type Viewer } from '@um/family';
import { Cache, Uses, type Area, type Client, type Ctx, type Db } from '@um/kernel';
import { z } from 'zod';
import { formerly } from './address.queries.js';
import { productErrors, type ProductView } from './contract.js';
import { listingsOf } from './offer.queries.js';
import { productById, productBySlug, tiersOf, wholeProducts, type PageProduct } from './product.queries.js';
import { buyerOf } from './product.rules.js';
import type { ProductSchema } from './product.schema.js';
import { isShownTo, viewOf, type ShownListing, type ShownProduct } from './product.views.js';
import type { Tier } from './tiers.js';

const Uuid = z.uuid();
const KEPT_MS = 60_000;
const keptAs = (idOrSlug: string) => ({ ttl: KEPT_MS, tags: ['products', `product:${idOrSlug}`] });
const NO_TIERS: ReadonlyMap<string, readonly Tier[]> = new Map();

/** The page of a product that a shopper sees. */
@Injectable()
export class ProductPages {
  readonly #products: Area;

  constructor(
    @Inject('product.db') private readonly db: Db<ProductSchema>,
    @Uses(family) private readonly families: Client<typeof family>,
    @Inject(Cache) cache: Cache,
  ) {
    this.#products = cache.area('products');
  }

  /**
   * A product's page, with the listing that is asked for or the first that this person may see. What is not on sale, or not for
   * this person, is answered as if it did not exist (F02). The address of an offer leads to its master.
   */
  async view(ctx: Ctx, idOrSlug: string, asked?: string): Promise<ProductView> {
    const [viewer, found] = await Promise.all([
      this.#viewer(ctx),
      ctx.child
        ? this.#read(idOrSlug)
        : this.#products.getOrSet(idOrSlug, keptAs(idOrSlug), () => this.#read(idOrSlug)),
    ]);
    const master = found?.master ? await this.#read(found.master.id) : found;
    if (!master) throw productErrors.NOT_FOUND();
    const shown = (await this.#listings(master)).filter((listing) => isShownTo(viewer, listing, ctx.now));
    const wanted = asked ?? (found?.master ? found.id : undefined);
    const listing = shown.find(({ id }) => id === wanted) ?? (asked === undefined ? shown[0] : undefined);
    if (!listing) throw productErrors.NOT_FOUND();
    const buyer = buyerOf(ctx);
    const tiers = buyer === null ? NO_TIERS : await tiersOf(this.db, listing.id, buyer, ctx.now);
    return viewOf(master, listing, ctx.locale, ctx.now, tiers);
  }

  /** The product's own listing and its offers, the oldest first. */
  async #listings(master: ShownProduct): Promise<ShownListing[]> {
    if (master.offers === 0) return [master];
    return [master, ...(await wholeProducts(this.db, await listingsOf(this.db, master.id)))];
  }

  /** What is true of a product, whoever looks: the same row for everybody, judged for each of them. Children get it fresh. */
  async #read(idOrSlug: string): Promise<ShownProduct | undefined> {
    const byId = Uuid.safeParse(idOrSlug).success;
    const found = byId ? await productById(this.db, idOrSlug) : await this.#bySlug(idOrSlug);
    if (!found) return undefined;
    const { createdAt: _createdAt, ...shown } = found;
    return shown;
  }

  /** By its address, or by one it had before. */
  async #bySlug(slug: string): Promise<PageProduct | undefined> {
    const found = await productBySlug(this.db, slug);
    const id = found ? undefined : await formerly(this.db, 'product', slug);
    return id === undefined ? found : productById(this.db, id);
  }

  async #viewer(ctx: Ctx): Promise<Viewer> {
    if (ctx.child) return this.families.viewerOf(ctx, { childId: ctx.child.id });
    return ctx.actor === null ? guestViewer : adultViewer;
  }
}
