import { Inject, Injectable } from '@nestjs/common';
import { Cache, On, PAGES_TAG, type Ctx, type PayloadOf } from '@um/kernel';
import { storeSuspended, storeVerified } from '@um/store';
import { AddressesService } from './addresses.service.js';
import { attributesChanged, categoriesChanged, productsChanged } from './contract.js';
import { Bundles } from './bundles.service.js';
import { OffersService } from './offers.service.js';
import { ShopsService } from './shops.service.js';

/** From so many products on, all of them are forgotten at once. */
const MANY = 100;

@Injectable()
export class ProductListeners {
  constructor(
    @Inject(ShopsService) private readonly shops: ShopsService,
    @Inject(OffersService) private readonly offers: OffersService,
    @Inject(AddressesService) private readonly addresses: AddressesService,
    @Inject(Bundles) private readonly bundles: Bundles,
    @Inject(Cache) private readonly cache: Cache,
  ) {}

  @On(storeVerified, { own: true })
  async storeMaySell(ctx: Ctx, { storeId }: PayloadOf<typeof storeVerified>): Promise<void> {
    await this.shops.changed(ctx, storeId);
  }

  @On(storeSuspended, { own: true })
  async storeMayNotSell(ctx: Ctx, { storeId }: PayloadOf<typeof storeSuspended>): Promise<void> {
    await this.shops.changed(ctx, storeId);
  }

  @On(productsChanged, { own: true })
  async tellOffers(ctx: Ctx, { items }: PayloadOf<typeof productsChanged>): Promise<void> {
    await this.offers.mastersChanged(
      ctx,
      items.filter((doc) => doc.sellers > 1).map((doc) => doc.productId),
    );
  }

  @On(productsChanged, { own: true })
  async tellBundles(ctx: Ctx, { items }: PayloadOf<typeof productsChanged>): Promise<void> {
    await this.bundles.partsChanged(
      ctx,
      items.map((doc) => doc.productId),
    );
  }

  @On(productsChanged, { everyProcess: true })
  async forgetProducts(_ctx: Ctx, { items }: PayloadOf<typeof productsChanged>): Promise<void> {
    // An offer has the address of its master, whose page shows it.
    const each = items.flatMap(({ productId, slug, offer }) => [
      `product:${productId}`,
      `product:${slug}`,
      ...(offer.masterId === null ? [] : [`product:${offer.masterId}`]),
    ]);
    if (items.length > MANY) return this.cache.invalidateTags([PAGES_TAG, 'products']);
    const former = await this.addresses.former(items.map(({ productId, offer }) => offer.masterId ?? productId));
    await this.cache.invalidateTags([PAGES_TAG, ...each, ...former.map((slug) => `product:${slug}`)]);
  }

  @On(attributesChanged, { everyProcess: true })
  async forgetAttributes(): Promise<void> {
    await this.cache.invalidateTags(['products', 'attributes']);
  }

  @On(categoriesChanged, { everyProcess: true })
  async forgetTree(): Promise<void> {
    await this.cache.invalidateTags(['categories']);
  }
}
