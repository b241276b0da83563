import { Inject, Injectable } from '@nestjs/common';
import { adultViewer, family, guestViewer } from '@um/family';
import { money, textFor, Uses, type Client, type Ctx, type Db } from '@um/kernel';
import { byMerit } from './buy-box.rules.js';
import type { OfferViews } from './contract.js';
import { listingsFor } from './front.queries.js';
import type { SearchSchema } from './search.schema.js';

/** Who sells a product. */
@Injectable()
export class OffersView {
  constructor(
    @Inject('search.db') private readonly db: Db<SearchSchema>,
    @Uses(family) private readonly families: Client<typeof family>,
  ) {}

  /** Every offer of a product that this person may see, in the order of the buy box. Of a product with one seller there are none. */
  async of(ctx: Ctx, masterId: string): Promise<OfferViews> {
    const viewer = ctx.child
      ? await this.families.viewerOf(ctx, { childId: ctx.child.id })
      : ctx.actor === null
        ? guestViewer
        : adultViewer;
    const listings = (await listingsFor(this.db, { masterId, viewer })).toSorted(byMerit);
    return {
      items: listings.map((listing) => ({
        listingId: listing.listingId,
        store: { id: listing.storeId, slug: listing.storeSlug, name: textFor(listing.storeName, ctx.locale) },
        condition: listing.condition,
        price: money(listing.price),
        compareAt: listing.compareAt === null ? null : money(listing.compareAt),
        deliveryDays: listing.deliveryDays,
        inStock: listing.available,
      })),
    };
  }
}
