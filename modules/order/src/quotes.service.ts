import { Injectable } from '@nestjs/common';
import { cartErrors } from '@um/cart';
import { config, type SettingKey } from '@um/config';
import { Uses, type Client, type Ctx } from '@um/kernel';
import type { VariantInfo } from '@um/product';
import { store } from '@um/store';
import { priceLine, quoteOf, type Quote } from './quote.rules.js';

/** Prices things as they stand now: products, stores' terms, delivery. */
@Injectable()
export class Quotes {
  constructor(
    @Uses(store) private readonly stores: Client<typeof store>,
    @Uses(config) private readonly settings: Client<typeof config>,
  ) {}

  /** What these units cost now. Raises `cart.NOT_ORDERABLE` when a store does not sell at the moment. */
  async of(ctx: Ctx, lines: readonly { qty: number; variant: VariantInfo }[]): Promise<Quote> {
    const ids = [...new Set(lines.map((line) => line.variant.storeId))];
    const [stores, values] = await Promise.all([this.stores.getMany(ctx, { ids }), this.#values(ctx)]);
    const selling = new Map(stores.filter((s) => s.state === 'verified').map((s) => [s.id, s.commissionBp]));
    const closed = lines.filter((line) => !selling.has(line.variant.storeId));
    if (closed.length > 0)
      throw cartErrors.NOT_ORDERABLE({
        lines: closed.map((line) => ({ variantId: line.variant.variantId, problem: 'not_available' })),
      });
    const priced = lines.map((line) => priceLine(line.variant, line.qty, selling.get(line.variant.storeId)!));
    return quoteOf(priced, {
      flat: Number(values.get('delivery.flatTiyin')),
      freeFrom: Number(values.get('delivery.freeFromTiyin')),
    });
  }

  /** How long an order waits for its payment, in ms. */
  async payMs(ctx: Ctx): Promise<number> {
    return Number((await this.#values(ctx)).get('orders.pendingMinutes')) * 60_000;
  }

  async #values(ctx: Ctx): Promise<ReadonlyMap<SettingKey, unknown>> {
    return new Map((await this.settings.settings(ctx, {})).map((setting) => [setting.key, setting.value]));
  }
}
