import { auth } from '@um/auth';
import { systemCtx } from '@um/kernel';
import { product, type ImportLine } from '@um/product';
import { store } from '@um/store';
import type { House } from './house.js';
import { eventually, Person } from './person.js';

export const PASSWORD = 'qish-kechasi-choy';
export const address = {
  name: 'Nodira Karimova',
  phone: '+998901234567',
  region: 'UZ-TK',
  city: 'Toshkent',
  line: 'Bogʻ koʻchasi 1',
} as const;

const text = (words: string) => ({ uz: words, ru: words, en: words });

/** An import line with one variant; prices in tiyin. */
const line = (key: string, title: string, priceTiyin: number, stock: number, more: Partial<ImportLine> = {}): string =>
  JSON.stringify({
    externalId: key,
    categoryId: 'toys',
    brand: null,
    title: text(title),
    description: text(`${title} for the journey.`),
    ageMinMonths: 36,
    ageMaxMonths: null,
    infoMark: null,
    hazards: [],
    warnings: null,
    country: 'UZ',
    manufacturer: null,
    vatRate: 12,
    mxik: null,
    attributes: {},
    pictures: [],
    options: [],
    variants: [{ sku: key, options: {}, priceTiyin, stock }],
    ...more,
  } satisfies ImportLine);

/** What is for sale, by the seller's own key. */
export interface Thing {
  readonly productId: string;
  readonly variantId: string;
  readonly slug: string;
}
export interface Shop {
  readonly things: Readonly<Record<string, Thing>>;
  /** Sellers by their store. */
  readonly sellers: readonly Person[];
}

/** Opens two stores and imports what they sell, two things among it that are not for every age. */
export async function openShop(house: House, stock = 20): Promise<Shop> {
  const ctx = systemCtx(new Date());
  await house.client(product).putCategories(ctx, {
    categories: [{ id: 'toys', parentId: null, name: text('Toys'), icon: null, position: 1 }],
  });
  const shelves = {
    tulpor: [
      line('blocks', 'Castle blocks', 9_000_000, stock),
      line('axe', 'Camping axe', 7_000_000, stock, { ageMinMonths: 216, infoMark: '18+' }),
    ],
    humo: [
      line('puzzle', 'Farm puzzle', 4_000_000, stock),
      line('novel', 'Night novel', 3_000_000, stock, { infoMark: '12+' }),
    ],
  };
  const sellers: Person[] = [];
  for (const [slug, lines] of Object.entries(shelves)) {
    const email = `${slug}@seller.example`;
    const { accountId } = await house
      .client(auth)
      .openAccount(ctx, { email, password: PASSWORD, name: slug, roles: ['parent'] });
    const { storeId } = await house.client(store).open(ctx, {
      slug,
      name: text(slug),
      description: text(slug),
      city: text('Toshkent'),
      commissionBp: 1_000,
      ownerId: accountId,
      verified: true,
    });
    const { problems } = await house.client(product).importLines(ctx, { storeId, lines, firstLine: 1 });
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    const seller = new Person(house.url);
    await eventually('the seller may sell', async () => {
      await seller.does('POST', '/auth/sign-in', { email, password: PASSWORD });
      return (await seller.send('GET', '/seller/orders')).status === 200;
    });
    sellers.push(seller);
  }
  const docs = await house.client(product).docs(ctx, { after: null, limit: 100 });
  const things = Object.fromEntries(
    docs.map((d) => [
      d.variants[0]!.sku,
      { productId: d.productId, variantId: d.variants[0]!.variantId, slug: d.slug },
    ]),
  );
  const anybody = new Person(house.url);
  await eventually('the shelves are filled', async () => {
    const { items } = await anybody.does<{ items: unknown[] }>('GET', '/products?limit=60');
    const { status } = await anybody.send('POST', '/carts/current/items', {
      variantId: things['blocks']!.variantId,
      qty: 1,
    });
    return items.length >= 3 && status < 300;
  });
  return { things, sellers };
}
