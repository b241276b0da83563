import { Inject, Injectable } from '@nestjs/common';
import { stockChanged } from '@um/inventory';
import { Cache, On, type Ctx, type PayloadOf, type Tx } from '@um/kernel';
import { orderCancelled, orderPaid, orderPlaced } from '@um/order';
import { attributesChanged, brandsChanged, productsChanged } from '@um/product';
import { BrandsService } from './brands.service.js';
import { shelvesChanged, synonymsChanged } from './contract.js';
import { countPairs, dropBasket, keepBasket } from './pair.queries.js';
import type { SearchSchema } from './search.schema.js';
import { noteSold } from './sold.queries.js';
import { ShelvesService } from './shelves.service.js';

@Injectable()
export class SearchListeners {
  constructor(
    @Inject(ShelvesService) private readonly shelves: ShelvesService,
    @Inject(BrandsService) private readonly brands: BrandsService,
    @Inject(Cache) private readonly cache: Cache,
  ) {}

  @On(productsChanged)
  async putProducts(ctx: Ctx, { items }: PayloadOf<typeof productsChanged>, tx: Tx<SearchSchema>): Promise<void> {
    await this.shelves.putDocs(tx, ctx, items);
  }

  @On(attributesChanged)
  async putAttributes(ctx: Ctx, { items }: PayloadOf<typeof attributesChanged>, tx: Tx<SearchSchema>): Promise<void> {
    await this.shelves.putAttributes(tx, ctx, items);
  }

  @On(brandsChanged)
  async putBrands(ctx: Ctx, { items }: PayloadOf<typeof brandsChanged>, tx: Tx<SearchSchema>): Promise<void> {
    await this.brands.put(tx, ctx, items);
  }

  @On(stockChanged)
  async putStock(ctx: Ctx, { items }: PayloadOf<typeof stockChanged>, tx: Tx<SearchSchema>): Promise<void> {
    await this.shelves.putStock(tx, ctx, items);
  }

  /** Sold units make popular. What children order is not remembered, not even without a name. */
  @On(orderPlaced)
  async countSold(ctx: Ctx, fact: PayloadOf<typeof orderPlaced>, tx: Tx<SearchSchema>): Promise<void> {
    await noteSold(tx, fact.lines);
    if (fact.childId !== null) return;
    const productIds = fact.lines.map((line) => line.productId);
    await keepBasket(tx, { orderId: fact.orderId, productIds, at: ctx.now });
  }

  @On(orderPaid)
  async countTogether(_ctx: Ctx, { orderId }: PayloadOf<typeof orderPaid>, tx: Tx<SearchSchema>): Promise<void> {
    await countPairs(tx, orderId);
  }

  @On(orderCancelled)
  async forgetBasket(_ctx: Ctx, { orderId }: PayloadOf<typeof orderCancelled>, tx: Tx<SearchSchema>): Promise<void> {
    await dropBasket(tx, orderId);
  }

  @On(synonymsChanged, { everyProcess: true })
  async forgetSearches(): Promise<void> {
    await this.cache.invalidateTags(['catalog']);
  }

  @On(shelvesChanged, { everyProcess: true })
  async forgetLists(): Promise<void> {
    await this.cache.invalidateTags(['catalog']);
  }
}
