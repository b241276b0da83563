import { money } from '@um/kernel';
import type { SaleView, SellerPrices } from './contract.js';
import { priceSteps, tagAt } from './price.rules.js';
import { variantLabel } from './product.rules.js';
import type { ListedSale, PricedVariant } from './sale.queries.js';

const HISTORY = 100;
const SOM = 100;

/** A price with so many percent taken off, to the whole soʻm, and never nothing. In tiyin. */
export const offPercent = (price: number, percent: number): number =>
  Math.max(SOM, Math.round((price * (100 - percent)) / 100 / SOM) * SOM);

const maybe = (tiyin: number | null) => (tiyin === null ? null : money(tiyin));

/** A sale as its seller sees it. Of one that is planned shoppers will see what is proven as things stand. */
export function saleViewOf(sale: ListedSale, now: Date): SaleView {
  const state = sale.from > now ? 'planned' : sale.until > now ? 'running' : 'ended';
  const { compareAt, lowest30 } = tagAt(sale.story, sale.from.getTime());
  return {
    id: sale.saleId,
    storeId: sale.storeId,
    productId: sale.productId,
    variantId: sale.id,
    title: sale.title,
    label: variantLabel(sale.options, sale.chosen),
    sku: sale.sku,
    pictureId: sale.pictureId,
    state,
    price: money(sale.salePrice),
    basePrice: money(sale.price),
    compareAt: maybe(compareAt),
    lowest30: maybe(lowest30),
    startsAt: sale.from.toISOString(),
    endsAt: sale.until.toISOString(),
  };
}

/** What a product's variants cost, at least one of them. */
export function sellerPricesOf(variants: readonly PricedVariant[], now: Date): SellerPrices {
  const { productId, storeId, title } = variants[0]!;
  return { productId, storeId, title, variants: variants.map((variant) => variantPrices(variant, now)) };
}

function variantPrices(variant: PricedVariant, now: Date): SellerPrices['variants'][number] {
  const { price, compareAt, lowest30, saleEndsAt } = tagAt(variant.story, now.getTime());
  const steps = priceSteps(variant.story, now.getTime()).toReversed().slice(0, HISTORY);
  return {
    id: variant.id,
    sku: variant.sku,
    label: variantLabel(variant.options, variant.chosen),
    basePrice: money(variant.price),
    price: money(price),
    compareAt: maybe(compareAt),
    lowest30: maybe(lowest30),
    saleEndsAt: saleEndsAt === null ? null : new Date(saleEndsAt).toISOString(),
    history: steps.map((step) => ({ from: new Date(step.from).toISOString(), price: money(step.price) })),
  };
}
