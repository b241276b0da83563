import type { Client, Ctx } from '@um/kernel';
import type { NewOffer, product, ProductDoc, SellerPrices, SellerProduct } from '@um/product';
import type { z } from 'zod';

/** Sends a request to the platform as somebody; the status is for the caller to judge. */
export type Ask = (
  method: 'GET' | 'POST',
  url: string,
  token: string,
  payload?: object,
) => Promise<{ status: number; body: unknown }>;

const DAY = 86_400_000;
/** So long the demo's things have been in the shop: their prices prove what a sale takes off. */
export const OFFERED_BEFORE = 40 * DAY;

const MASTERS = 24;
const EVERY = 9;
const HUNDRED_SOM = 10_000;
const round = (tiyin: number): number => Math.max(HUNDRED_SOM, Math.round(tiyin / HUNDRED_SOM) * HUNDRED_SOM);

/** Has some products offered by two to four stores, at prices around the first one's. Again, it offers the same again. */
export async function offerTogether(
  products: Client<typeof product>,
  ctx: Ctx,
  storeIds: readonly string[],
): Promise<number> {
  const docs = await products.docs(ctx, { after: null, limit: 1_000 });
  const masters = docs
    .filter((doc) => doc.offer.masterId === null && doc.state === 'published')
    .filter((_doc, place) => place % EVERY === 0)
    .slice(0, MASTERS);
  for (const [place, master] of masters.entries()) {
    const others = storeIds.filter((id) => id !== master.storeId);
    for (let n = 0; n <= place % 3 && n < others.length; n += 1)
      await products.offer(ctx, offerOf(master, others[(place + n) % others.length]!, place + n));
  }
  return masters.length;
}

function offerOf(master: ProductDoc, storeId: string, n: number): z.input<typeof NewOffer> {
  const used = n % 7 === 6;
  const factor = used ? 0.6 : 0.94 + (n % 5) * 0.03;
  return {
    storeId,
    masterId: master.productId,
    condition: used ? 'used' : 'new',
    deliveryDays: 1 + (n % 5),
    items: master.variants.map(({ variantId, sku, priceTiyin }) => ({
      variantId,
      sku: `${sku}-${n}`.slice(0, 64),
      priceTiyin: round(priceTiyin * factor),
      stock: 2 + (n % 9),
    })),
  };
}

const ON_SALE = 5;

/** Puts some of a seller's things on sale through the routes a seller uses. Those that are on sale already stay so. */
export async function putOnSale(ask: Ask, token: string, now: Date): Promise<void> {
  const list = await ask('GET', '/api/v1/seller/products?state=published&limit=60', token);
  const { items } = list.body as { items: SellerProduct[] };
  for (const [place, thing] of items
    .filter((_item, n) => n % 7 === 3)
    .slice(0, ON_SALE)
    .entries()) {
    const { body } = await ask('GET', `/api/v1/seller/products/${thing.id}/prices`, token);
    const planned = await ask('POST', '/api/v1/seller/sales', token, {
      storeId: thing.storeId,
      variantIds: (body as SellerPrices).variants.map((variant) => variant.id),
      percentOff: 10 + place * 5,
      startsAt: now.toISOString(),
      endsAt: new Date(now.getTime() + (5 + place * 3) * DAY).toISOString(),
    });
    if (planned.status !== 201 && planned.status !== 409)
      throw new Error(`a demo sale answered ${planned.status}: ${JSON.stringify(planned.body)}`);
  }
}
