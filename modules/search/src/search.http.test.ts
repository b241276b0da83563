import { Browser } from '@um/auth/testing';
import { aNewChild } from '@um/family/testing';
import { inventory } from '@um/inventory';
import { newId, systemCtx, textFor, type Ctx } from '@um/kernel';
import { product, type ImportRow } from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import { ProductPage, search, Suggestions } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

let p: TestPlatform;
let storeId: string;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product', 'inventory', 'search'] });
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
  ({ storeId } = await aStore('lola'));
});
afterAll(() => p.stop());

async function aStore(slug: string) {
  const { account } = await new Browser(p.fastify).signUp();
  return { storeId: await openStore(p, account.id, { slug }) };
}

/** A row of a brand of its own, so that tests find their own products alone. */
type Row = Partial<ImportRow> & { price?: number; stock?: number };
const one = ({ price = 5_000_000, stock = 5, ...over }: Row): ImportRow =>
  anImportRow({ externalId: newId(), variants: [{ sku: newId(), options: {}, priceTiyin: price, stock }], ...over });
async function put(rows: readonly Row[], into = storeId): Promise<ImportRow[]> {
  const made = rows.map(one);
  const report = await p.wire
    .client(product)
    .importLines(ctx(), { storeId: into, lines: made.map((row) => JSON.stringify(row)), firstLine: 1 });
  expect(report.problems).toEqual([]);
  await p.settle();
  return made;
}
let brands = 0;
const aBrand = (): string => `Brand${(brands += 1)}x`;
const guest = () => new Browser(p.fastify);
async function list(query: Record<string, string | number>, who = guest()): Promise<ProductPage> {
  const { status, body, headers } = await who.get(
    `/products?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}`,
  );
  expect({ status, body }).toMatchObject({ status: 200 });
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  return ProductPage.parse(body);
}
const titles = (page: ProductPage): string[] => page.items.map((item) => item.title);
/** Every page of a list, one after the other. */
async function all(query: Record<string, string | number>, who = guest()): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: ProductPage = await list({ ...query, ...(cursor ? { cursor } : {}) }, who);
    seen.push(...titles(page));
    cursor = page.nextCursor;
  }
  return seen;
}
async function aChild(birthDate: string, policy?: object) {
  const device = new Browser(p.fastify);
  await device.signUp();
  const { body } = await device.post<{ id: string }>('/families/children', aNewChild({ birthDate }));
  if (policy) {
    await device.post('/auth/step-up', { password: 'qish-kechasi-choy' });
    const none = { hiddenCategories: [], hiddenStores: [], hiddenHazards: [], maxPriceTiyin: null };
    const { status } = await device.put(`/families/children/${body.id}/policy`, { ...none, ...policy });
    if (status !== 200) throw new Error(`the policy was answered ${status}`);
  }
  expect((await device.childSignIn(body.id, '4821')).status).toBe(200);
  return device;
}

describe('a list', () => {
  test('holds what is on sale, as cards in the reader’s language', async () => {
    const brand = aBrand();
    await put([{ brand, title: { uz: 'Toʻp', ru: 'Мяч', en: 'Ball' }, price: 1_500_000, hazards: ['small_parts'] }]);
    const page = await list({ brand, lang: 'ru' });
    expect(page).toMatchObject({ nextCursor: null, corrected: null });
    expect(page.facets).toBeUndefined();
    expect(page.items).toMatchObject([
      {
        title: 'Мяч',
        brand,
        store: { id: storeId, slug: 'lola', name: 'lola' },
        price: { amount: 1_500_000, currency: 'UZS' },
        compareAt: null,
        ageMinMonths: 36,
        hazards: ['small_parts'],
        inStock: true,
        variants: 1,
        variantId: expect.any(String),
        pictureId: null,
      },
    ]);
  });

  test('is in Cyrillic for who reads Uzbek so: products, stores, categories and corrections, not the brand', async () => {
    const brand = aBrand();
    const [row] = await put([{ brand, title: { uz: `${brand} yogʻoch uy`, ru: 'Домик', en: 'Cottage' } }]);
    const page = await list({ brand, lang: 'uz-Cyrl', facets: 'true' });
    expect(titles(page)).toEqual([`${brand} ёғоч уй`]);
    expect(page.items[0]).toMatchObject({ brand, store: { name: 'lola' } });
    const category = someCategories.find(({ id }) => row!.categoryId === id || row!.categoryId.startsWith(`${id}.`))!;
    expect(page.facets!.categories).toMatchObject([{ id: category.id, name: textFor(category.name, 'uz-Cyrl') }]);
    expect(titles(await list({ brand }))).toEqual([`${brand} yogʻoch uy`]);
    const adult = new Browser(p.fastify);
    await adult.signUp();
    expect(titles(await list({ brand, lang: 'uz' }, adult))).toEqual([`${brand} yogʻoch uy`]);
    expect(titles(await list({ brand, lang: 'uz-Cyrl' }, adult))).toEqual([`${brand} ёғоч уй`]);
    const { body } = await guest().get(`/search/suggest?q=${brand}&lang=uz-Cyrl`);
    expect(Suggestions.parse(body)).toMatchObject({
      products: [{ title: `${brand} ёғоч уй` }],
      brands: [{ name: brand }],
      corrected: null,
    });
  });

  test.each(['price_asc', 'price_desc', 'new', 'popular'] as const)(
    'sorted by %s has no gaps and no repeats while products come and go',
    async (sort) => {
      const brand = aBrand();
      await put(
        Array.from({ length: 9 }, (_, i) => ({ brand, title: text(`${brand} ${i}`), price: 1_000 + (i % 3) * 100 })),
      );
      const first = await list({ brand, sort, limit: 4 });
      await put([{ brand, title: text(`${brand} late`), price: 1_050 }]);
      const seen = titles(first);
      for (let { nextCursor } = first; nextCursor !== null;) {
        const page: ProductPage = await list({ brand, sort, limit: 4, cursor: nextCursor });
        seen.push(...titles(page));
        nextCursor = page.nextCursor;
      }
      expect(new Set(seen).size).toBe(seen.length);
      for (let i = 0; i < 9; i += 1) expect(seen).toContain(`${brand} ${i}`);
    },
  );

  test('is sorted as it says', async () => {
    const brand = aBrand();
    await put([300, 100, 200].map((price) => ({ brand, title: text(`${brand} ${price}`), price })));
    const prices = async (sort: string) => (await list({ brand, sort })).items.map((item) => item.price.amount);
    expect([await prices('price_asc'), await prices('price_desc')]).toEqual([
      [100, 200, 300],
      [300, 200, 100],
    ]);
    p.clock.advance(1_000);
    await put([{ brand, title: text('newest'), price: 1 }]);
    expect((await prices('new'))[0]).toBe(1);
  });

  test('shows the windows of all stores side by side', async () => {
    const { storeId: other } = await aStore('second');
    const brand = aBrand();
    await put(Array.from({ length: 40 }, () => ({ brand })));
    await put(
      Array.from({ length: 3 }, () => ({ brand })),
      other,
    );
    const shops = (await list({ brand, sort: 'popular', limit: 10 })).items.map((item) => item.store.slug);
    expect(shops.filter((slug) => slug === 'second')).toHaveLength(3);
  });

  test('a cursor belongs to its list and cannot be made by hand', async () => {
    const brand = aBrand();
    await put([{ brand }, { brand }, { brand }]);
    const { nextCursor } = await list({ brand, limit: 1, sort: 'new' });
    const status = async (query: string) => (await guest().get(`/products?${query}`)).status;
    expect(await status(`brand=${brand}&limit=2&sort=new&lang=en&cursor=${nextCursor}`)).toBe(200);
    expect(await status(`brand=${brand}&sort=popular&cursor=${nextCursor}`)).toBe(400);
    expect(await status(`sort=new&cursor=${nextCursor}`)).toBe(400);
    expect(await status(`brand=${brand}&sort=new&cursor=${nextCursor!.slice(0, -2)}AA`)).toBe(400);
    expect(await status('cursor=nonsense')).toBe(400);
    expect(await status('colour=red')).toBe(400);
    expect(await status('limit=61')).toBe(400);
  });
});

describe('filters', () => {
  const brand = 'Filtered';
  beforeAll(async () => {
    const { storeId: other } = await aStore('filters');
    await put([
      { brand, title: text('block'), price: 100, ageMinMonths: 36, ageMaxMonths: 96 },
      { brand, title: text('doll'), categoryId: 'toys.dolls', price: 200, ageMinMonths: 60, infoMark: '6+' },
      { brand, title: text('gone'), price: 300, stock: 0 },
    ]);
    await put([{ brand, title: text('elsewhere'), price: 400, categoryId: 'tools', ageMinMonths: 0 }], other);
  });
  const found = async (query: object) => (await all({ brand, ...query })).toSorted();

  test('by category, with what lies below it', async () => {
    expect(await found({ category: 'toys' })).toEqual(['block', 'doll', 'gone']);
    expect(await found({ category: 'toys.dolls' })).toEqual(['doll']);
    expect(await found({ category: 'nowhere' })).toEqual([]);
    expect(await all({ category: 'toys.dolls' })).toContain('doll');
  });
  test('by store', async () => {
    expect(await found({ store: 'filters' })).toEqual(['elsewhere']);
    expect(await all({ store: 'filters' })).toEqual(['elsewhere']);
    expect(await all({ store: 'filters', category: 'toys' })).toEqual([]);
  });
  test('by price', async () => {
    expect(await found({ minPrice: 200, maxPrice: 300 })).toEqual(['doll', 'gone']);
    expect(await found({ minPrice: 300, maxPrice: 200 })).toEqual([]);
  });
  test('by age: what suits a child of so many years, by its grade, its end and its mark', async () => {
    expect(await found({ age: 3 })).toEqual(['block', 'elsewhere', 'gone']);
    expect(await found({ age: 5 })).toEqual(['block', 'elsewhere', 'gone']);
    expect(await found({ age: 6 })).toEqual(['block', 'doll', 'elsewhere', 'gone']);
    expect(await found({ age: 9 })).toEqual(['doll', 'elsewhere', 'gone']);
  });
  test('by what is in stock', async () =>
    expect(await found({ inStock: 'true' })).toEqual(['block', 'doll', 'elsewhere']));
  test('by brand, however it is written', async () => expect(await all({ brand: 'ФИЛТЕРЕД' })).toHaveLength(4));
  test('beside words', async () => {
    expect(await all({ q: 'filtered', category: 'toys', maxPrice: 200 })).toHaveLength(2);
    expect(await all({ q: 'filtered', store: 'filters' })).toEqual(['elsewhere']);
    expect(await all({ q: 'doll', brand })).toEqual(['doll']);
    expect(await all({ q: 'filtered doll', brand: 'Nobody' })).toEqual([]);
  });
});

describe('facets', () => {
  test('count what the viewer may see', async () => {
    const category = 'tools';
    await put([
      { brand: 'Facet A', categoryId: category, price: 100, ageMinMonths: 36 },
      { brand: 'Facet A', categoryId: category, price: 300, ageMinMonths: 120 },
      { brand: 'Facet B', categoryId: category, price: 200, ageMinMonths: 216, infoMark: '18+' },
    ]);
    const adult = guest();
    await adult.signUp();
    const counts = async (who: Browser) =>
      (await list({ category, store: 'lola', facets: 'true', limit: 1 }, who)).facets!;
    expect(await counts(adult)).toMatchObject({
      brands: [
        { name: 'Facet A', count: 2 },
        { name: 'Facet B', count: 1 },
      ],
      price: { min: { amount: 100 }, max: { amount: 300 } },
      partial: false,
    });
    expect(await counts(guest())).toMatchObject({ brands: [{ name: 'Facet A', count: 2 }] });
    const five = await counts(await aChild('2021-01-10'));
    expect(five).toMatchObject({
      brands: [{ name: 'Facet A', count: 1 }],
      price: { min: { amount: 100 }, max: { amount: 100 } },
    });
    expect(five.ages).toEqual([
      { months: 0, count: 0 },
      { months: 36, count: 1 },
      { months: 72, count: 1 },
      { months: 108, count: 1 },
      { months: 156, count: 1 },
    ]);
  });

  test('name the categories right below, agree with the list, and a brand does not narrow the brands', async () => {
    const root = (await list({ facets: 'true' })).facets!;
    expect(root.categories.map((c) => c.id).toSorted()).toEqual(['tools', 'toys']);
    const toys = (await list({ category: 'toys', facets: 'true' })).facets!;
    expect(toys.categories.map((c) => c.id).toSorted()).toEqual(['toys.blocks', 'toys.dolls']);
    for (const { id, count } of toys.categories) expect(await all({ category: id, limit: 60 })).toHaveLength(count);
    const chosen = (await list({ brand: 'Filtered', facets: 'true', limit: 1 })).facets!;
    expect(chosen.brands.length).toBeGreaterThan(3);
    expect(chosen.categories.reduce((sum, c) => sum + c.count, 0)).toBe(4);
  });

  test('of a search count what it found', async () => {
    const brand = aBrand();
    await put([
      { brand, title: text('Sirli quti') },
      { brand, title: text('Sirli sandiq'), categoryId: 'toys.dolls' },
    ]);
    expect((await list({ q: 'sirli', facets: 'true' })).facets).toMatchObject({
      categories: [{ id: 'toys', count: 2 }],
      brands: [{ name: brand, count: 2 }],
    });
  });

  test('of nothing are empty', async () => {
    expect(
      (await list({ brand: 'Nobody', category: 'toys.dolls', minPrice: 9_000_000_000, facets: 'true' })).facets,
    ).toMatchObject({ categories: [], brands: [], price: null });
  });
});

describe('searching', () => {
  beforeAll(() =>
    put([
      { title: { uz: 'Yogʻoch otcha', ru: 'Деревянная лошадка', en: 'Wooden rocking horse' }, brand: 'Chavandoz' },
      {
        title: { uz: 'Qizil mashina', ru: 'Красная машинка', en: 'Red racing car' },
        brand: 'Gʻildirak',
        description: { uz: 'Tez', ru: 'Под зелёную ёлку', en: 'For snowy days' },
      },
      { title: { uz: 'Kemasozlik toʻplami', ru: 'Кораблестроение', en: 'Shipbuilding kit' }, brand: 'Dengizchi' },
    ]),
  );
  const find = async (q: string, lang = 'en') => titles(await list({ q, lang, limit: 5 }));

  test.each([
    ['yogʻoch', 'uz', 'Yogʻoch otcha'],
    ["yog'och otcha", 'uz', 'Yogʻoch otcha'],
    ['ЁҒОЧ', 'uz', 'Yogʻoch otcha'],
    ['otchalarga', 'uz', 'Yogʻoch otcha'],
    ['kema', 'uz', 'Kemasozlik toʻplami'],
    ['лошадками', 'ru', 'Деревянная лошадка'],
    ['деревянные', 'ru', 'Деревянная лошадка'],
    ['машинки красные', 'ru', 'Красная машинка'],
    ['елки', 'ru', 'Красная машинка'],
    ['ёлка', 'ru', 'Красная машинка'],
    ['horses', 'en', 'Wooden rocking horse'],
    ['RACING cars', 'en', 'Red racing car'],
    ['gildirak', 'en', 'Red racing car'],
    ['a car for the red', 'en', 'Red racing car'],
    ['shipb', 'en', 'Shipbuilding kit'],
  ])('%s (%s) finds %s', async (q, lang, title) => expect((await find(q, lang))[0]).toBe(title));

  test('the exact name comes before a mention', async () => {
    const brand = aBrand();
    await put([
      { brand, title: text('Quti'), description: { uz: 'd', ru: 'd', en: 'Comes with a zebra sticker' } },
      { brand, title: { uz: 'Zebra', ru: 'Зебра', en: 'Zebra' } },
    ]);
    expect(await find('zebra')).toEqual(['Zebra', 'Quti']);
  });

  test.each([
    ['kemasozlk', 'uz', 'kemasozlik', 'Kemasozlik toʻplami'],
    ['shipbiulding', 'en', 'shipbuilding', 'Shipbuilding kit'],
    ['лашадка', 'ru', 'лошадка', 'Деревянная лошадка'],
    ['wooden hrose', 'en', 'wooden horse', 'Wooden rocking horse'],
    ['dengzchi', 'uz', 'dengizchi', 'Kemasozlik toʻplami'],
  ])('a slip is forgiven: %s (%s) is read as %s', async (q, lang, corrected, title) => {
    const page = await list({ q, lang });
    expect(page.corrected).toBe(corrected);
    expect(titles(page)).toContain(title);
  });

  test('when no product has all words, those with any of them are shown', async () => {
    const page = await list({ q: 'wooden shipbuilding', lang: 'en' });
    expect(titles(page).toSorted()).toEqual(['Shipbuilding kit', 'Wooden rocking horse']);
    expect(page.corrected).toBeNull();
  });

  test.each(['!!!', '🎈', 'qwzxqwzx', "'; drop table item; --", '\\', ':* & |', 'a'.repeat(200)])(
    '%s finds nothing and breaks nothing',
    async (q) => {
      const page = await list({ q, facets: 'true' });
      expect({ items: page.items, cursor: page.nextCursor, corrected: page.corrected }).toEqual({
        items: [],
        cursor: null,
        corrected: null,
      });
    },
  );

  test('by its sku and its barcode a product is found', async () => {
    const sku = `TOY-${brands}77-BROWN`;
    await put([
      { title: text('Coded'), variants: [{ sku, barcode: '2001000220014', options: {}, priceTiyin: 100, stock: 1 }] },
    ]);
    expect([await find(sku), await find('2001000220014')]).toEqual([['Coded'], ['Coded']]);
  });

  test('pages of a search have no gaps', async () => {
    const brand = aBrand();
    await put(Array.from({ length: 7 }, (_, i) => ({ brand, title: text(`Kaleydoskop ${i}`) })));
    expect(new Set(await all({ q: 'kaleydoskop', limit: 2 })).size).toBe(7);
    expect(new Set(await all({ q: 'kaleydskop', limit: 2 })).size).toBe(7);
    expect(await all({ q: 'kaleydoskop', limit: 2, sort: 'price_asc' })).toHaveLength(7);
  });

  test('suggestions are products that can be bought and categories that hold something', async () => {
    const brand = aBrand();
    await put([
      { brand, title: text('Xalqa otish') },
      { brand, title: text('Xalqa katta'), stock: 0 },
    ]);
    const suggest = async (q: string) =>
      Suggestions.parse((await guest().get(`/search/suggest?q=${encodeURIComponent(q)}`)).body);
    expect((await suggest('халқ')).products.map((found) => found.title)).toEqual(['Xalqa otish']);
    expect((await suggest('dol')).categories).toEqual([{ id: 'toys.dolls', name: 'Dolls' }]);
    expect(await suggest('?')).toEqual({ products: [], categories: [], brands: [], corrected: null });
    expect((await suggest(brand.toLowerCase())).brands).toEqual([{ name: brand }]);
    expect(await suggest('xalqq otish')).toMatchObject({
      corrected: 'xalqa otish',
      products: [{ title: 'Xalqa otish' }],
    });
  });
});

describe('a child', () => {
  const names = {
    nine: 'Sehrli tosh nine',
    magnet: 'Sehrli tosh magnet',
    dear: 'Sehrli tosh dear',
    doll: 'Sehrli tosh doll',
    fine: 'Sehrli tosh fine',
  };
  let ids: Map<string, string>;
  let five: Browser;
  beforeAll(async () => {
    await put([
      { title: text(names.nine), ageMinMonths: 108 },
      { title: text(names.magnet), ageMinMonths: 36, hazards: ['magnet'] },
      { title: text(names.dear), price: 90_000_000 },
      { title: text(names.doll), categoryId: 'toys.dolls' },
      { title: text(names.fine) },
    ]);
    const adult = guest();
    await adult.signUp();
    ids = new Map((await list({ q: 'sehrli tosh', limit: 60 }, adult)).items.map((item) => [item.title, item.id]));
    expect(ids.size).toBe(5);
    five = await aChild('2021-01-10', {
      hiddenHazards: ['magnet'],
      hiddenCategories: ['toys.dolls'],
      maxPriceTiyin: 50_000_000,
    });
  });

  test('sees in no list, search, suggestion or shelf what is not for it', async () => {
    for (const query of [
      { q: 'sehrli tosh' },
      { q: 'sehrl tohs' },
      { q: 'sehrli', sort: 'price_asc' },
      { category: 'toys', limit: 60 },
      { store: 'lola', limit: 60 },
      { limit: 60, sort: 'new' },
    ]) {
      const seen = (await all({ limit: 30, ...query }, five)).filter((title) => title.startsWith('Sehrli'));
      expect(seen).toEqual([names.fine]);
    }
    const { body } = await five.get('/search/suggest?q=sehr');
    expect(Suggestions.parse(body).products.map((found) => found.title)).toEqual([names.fine]);
    expect(Suggestions.parse((await five.get('/search/suggest?q=dolls')).body).categories).toEqual([]);
    for (const typed of ['magnte', 'sehrli magnett', 'nin'])
      expect(JSON.stringify((await five.get(`/search/suggest?q=${encodeURIComponent(typed)}`)).body)).not.toMatch(
        /magnet|nine/,
      );
    expect((await list({ q: 'sehrli magnte' }, five)).corrected).toBeNull();
    const related = await five.get<{ items: { title: string }[] }>(`/products/${ids.get(names.fine)}/related`);
    expect(related.status).toBe(200);
    for (const item of related.body.items)
      expect([names.nine, names.magnet, names.dear, names.doll]).not.toContain(item.title);
    for (const name of [names.nine, names.magnet, names.dear, names.doll])
      expect((await five.get(`/products/${ids.get(name)}/related`)).status).toBe(404);
  });

  test('gets no answer that was kept for guests', async () => {
    const query = { q: 'sehrli tosh', limit: 10 };
    const kept = await list(query);
    expect(kept.items).toHaveLength(5);
    expect((await list(query, five)).items).toHaveLength(1);
    expect((await list(query)).items).toHaveLength(5);
  });
});

describe('what happens is seen', () => {
  const inStock = async (brand: string) => (await list({ brand })).items.map((item) => item.inStock);
  const hold = async (variantId: string, qty: number, orderId = newId()) => {
    await p.wire
      .client(inventory)
      .reserve(ctx(), { orderId, lines: [{ variantId, qty }], expiresAt: new Date(p.clock.now().getTime() + 60_000) });
    await p.settle();
    return orderId;
  };

  test('by guests too: sold out, and back', async () => {
    const brand = aBrand();
    await put([{ brand, stock: 2 }]);
    const { variantId } = (await list({ brand })).items[0]!;
    const orderId = await hold(variantId!, 2);
    expect(await inStock(brand)).toEqual([false]);
    await p.wire.client(inventory).release(ctx(), { orderId, reason: 'cancelled' });
    await p.settle();
    expect(await inStock(brand)).toEqual([true]);
  });

  test('kept answers stay while nothing in them changed', async () => {
    const brand = aBrand();
    await put([{ brand, stock: 10 }]);
    const etag = async () => (await guest().get(`/products?brand=${brand}&limit=3`)).headers['etag'];
    const before = await etag();
    const query = vi.spyOn(pg.Pool.prototype, 'query');
    await hold((await list({ brand })).items[0]!.variantId!, 1);
    query.mockClear();
    expect(await etag()).toBe(before);
    expect(
      query.mock.calls.filter(([statement]) => (statement as unknown as { text: string }).text?.includes('item i')),
    ).toEqual([]);
    query.mockRestore();
  });

  test('a new price, name and withdrawal', async () => {
    const brand = aBrand();
    const [row] = await put([{ brand, title: text('Old name'), price: 100 }]);
    expect((await list({ brand })).items).toMatchObject([{ title: 'Old name' }]);
    const variants = row!.variants.map((variant) => ({ ...variant, priceTiyin: 70 }));
    await p.wire.client(product).importLines(ctx(), {
      storeId,
      lines: [JSON.stringify({ ...row, title: text('New name'), variants })],
      firstLine: 1,
    });
    await p.settle();
    expect((await list({ brand })).items).toMatchObject([{ title: 'New name', price: { amount: 70 } }]);
    expect(titles(await list({ q: 'new name', brand }))).toEqual(['New name']);
  });
});

test('a list reads products in one statement, a search in two, a related shelf in one', async () => {
  const query = vi.spyOn(pg.Pool.prototype, 'query');
  const statements = async (path: string) => {
    query.mockClear();
    expect((await guest().get(path)).status).toBe(200);
    return query.mock.calls.filter(([statement]) => (statement as unknown as { text: string }).text?.includes('item i'))
      .length; // the job queue asks meanwhile, too
  };
  const { id } = (await list({})).items[0]!;
  expect(await statements('/products?facets=true&limit=7')).toBe(1);
  expect(await statements('/products?q=car&facets=true&limit=7')).toBe(2);
  expect(await statements('/products?q=kemasozlk&facets=true&limit=7')).toBe(2);
  expect(await statements(`/products/${id}/related`)).toBe(1);
  expect(await statements('/search/suggest?q=kem')).toBe(2);
  query.mockRestore();
});

describe('the read model and the truth', () => {
  const verify = async () => (await p.wire.client(search).verify(ctx(), {})).differing;

  test('agree after all that happened', async () => expect(await verify()).toEqual([]));

  test('are compared, and made the same again', async () => {
    const rows = await p.rows('search', 'select product_id from item order by product_id limit 4');
    const [a, b, c, d] = rows.map((row) => String(row['product_id']));
    await p.rows('search', 'update item set version = version - 1 where product_id = $1', [a]);
    await p.rows('search', 'update item set in_stock = not in_stock where product_id = $1', [b]);
    await p.rows('search', 'delete from shelf where product_id = $1', [c]);
    await p.rows('search', 'delete from item where product_id = $1', [c]);
    await p.rows('search', 'update item set listed = false where product_id = $1', [d]);
    const ghost = 'ffffffff-ffff-7fff-8fff-ffffffffffff';
    await p.rows(
      'search',
      `insert into item select '${ghost}', 1, listed, 'ghost', store_id, store_slug, store_name, title, brand, brand_key, category_path, needed_months, age_min_months, age_max_months,
      info_mark, hazards, price_tiyin, compare_at_tiyin, picture_id, variant_ids, in_stock, popularity, created_ms, words from item limit 1`,
    );
    expect((await verify()).toSorted()).toEqual([a, b, c, d, ghost].toSorted());
    const { rows: written } = await p.wire.client(search).rebuild(ctx(), {});
    expect(written).toBe((await p.wire.client(product).count(ctx(), {})).products);
    expect(await verify()).toEqual([]);
    expect(await all({ brand: 'Filtered' })).toHaveLength(4);
  });
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
