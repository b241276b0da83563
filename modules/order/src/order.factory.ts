import { newId, systemCtx, type Clock, type Wire } from '@um/kernel';
import { product, type ImportRow } from '@um/product';
import { store } from '@um/store';
import type { QuoteView } from './contract.js';

/** What the helpers need of a platform under test. */
export interface ShopUnderTest {
  readonly wire: Wire;
  readonly clock: Clock;
  settle(): Promise<void>;
}
/** A client that speaks HTTP with the platform, such as the browser of `@um/auth/testing`. */
export interface Speaker {
  post<T>(
    path: string,
    body?: object,
    sent?: { headers: Record<string, string> },
  ): Promise<{ status: number; body: T; headers: Readonly<Record<string, unknown>> }>;
}

const text = (words: string) => ({ uz: words, ru: words, en: words });
let shops = 0;

/** The contexts that placing an order takes. */
export const orderServices = 'audit config auth user family store product inventory cart payment order'.split(' ');

/** Where a test's parcels go. */
export const anAddress = {
  name: 'Nodira Karimova',
  phone: '+998901234567',
  region: 'UZ-TK',
  city: 'Toshkent',
  line: 'Navoiy koʻchasi 1',
} as const;

/** One thing on a test's shelf: units in stock, price in tiyin, and anything else of its import line. */
export interface OnShelf extends Partial<Omit<ImportRow, 'variants'>> {
  readonly stock: number;
  readonly price?: number;
  /** The seller's own key; the same key again updates the same product. */
  readonly key?: string;
  /** The document that its buyers download, by its id. */
  readonly file?: string;
}

/** Opens a store of an account and puts things on its shelf; answers the variant ids in order. */
export async function aShop(
  p: ShopUnderTest,
  ownerId: string,
  ...things: OnShelf[]
): Promise<{ storeId: string; variants: string[] }> {
  const ctx = systemCtx(p.clock.now());
  await p.wire.client(product).putCategories(ctx, {
    categories: [{ id: 'order-test', parentId: null, name: text('Toys'), icon: null, position: 1 }],
  });
  const shop = {
    slug: `order-shop-${++shops}`,
    name: text('Shop'),
    description: text('Shop'),
    city: text('Toshkent'),
    commissionBp: 1_000,
  };
  const { storeId } = await p.wire.client(store).open(ctx, { ...shop, ownerId, verified: true });
  return { storeId, variants: await fillShelf(p, storeId, ...things) };
}

/** Puts more things on a store's shelf. */
export async function fillShelf(p: ShopUnderTest, storeId: string, ...things: OnShelf[]): Promise<string[]> {
  const ctx = systemCtx(p.clock.now());
  const rows = things.map(({ key = newId(), ...thing }) => asRow(key, thing));
  await importRows(p, storeId, rows);
  const docs = await p.wire.client(product).docs(ctx, { after: null, limit: 1_000 });
  const ids = new Map(docs.flatMap((doc) => doc.variants.map((v) => [v.sku, v.variantId] as const)));
  return rows.map((row) => ids.get(row.variants[0]!.sku)!);
}

/** An import line of one thing with one variant; `key` is its external id and its SKU. */
function asRow(key: string, { stock, price = 5_000_000, file, ...rest }: Omit<OnShelf, 'key'>): ImportRow {
  return {
    externalId: key,
    categoryId: 'order-test',
    brand: null,
    title: text(`Blocks ${key}`),
    description: text('Sixty smoothly sanded pieces.'),
    ageMinMonths: 36,
    ageMaxMonths: null,
    infoMark: null,
    hazards: [],
    warnings: null,
    country: 'UZ',
    manufacturer: 'Tulporcha',
    vatRate: 12,
    importer: null,
    mxik: null,
    packageCode: null,
    attributes: {},
    pictures: [],
    pictureAlts: [],
    options: [],
    ...rest,
    variants: [{ sku: key, options: {}, priceTiyin: price, stock, ...(file ? { file } : {}) }],
  };
}

/** Imports lines and waits until everybody knows. */
async function importRows(p: ShopUnderTest, storeId: string, rows: readonly ImportRow[]): Promise<void> {
  const lines = rows.map((row) => JSON.stringify(row));
  const { problems } = await p.wire
    .client(product)
    .importLines(systemCtx(p.clock.now()), { storeId, lines, firstLine: 1 });
  if (problems.length > 0) throw new Error(`import: ${JSON.stringify(problems)}`);
  await p.settle();
}

/** Sends a request that moves money or an order, under a key of its own or the given one. */
export const keyed = <T>(who: Speaker, path: string, body: object = {}, key: string = newId()) =>
  who.post<T>(path, body, { headers: { 'idempotency-key': key } });

/** Puts units into the cart and answers what they cost. */
export async function fillCart(who: Speaker, ...items: { variantId: string; qty: number }[]): Promise<QuoteView> {
  for (const item of items) {
    const added = await who.post('/carts/current/items', item);
    if (added.status !== 200) throw new Error(`cart answered ${added.status}: ${JSON.stringify(added.body)}`);
  }
  const quoted = await who.post<QuoteView>('/checkout/quote', {});
  if (quoted.status !== 200) throw new Error(`quote answered ${quoted.status}: ${JSON.stringify(quoted.body)}`);
  return quoted.body;
}
