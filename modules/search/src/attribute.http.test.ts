import { Browser } from '@um/auth/testing';
import { aNewChild } from '@um/family/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import { product, type ImportRow } from '@um/product';
import { aColour, anAttribute, anImportRow, someCategories } from '@um/product/testing';
import { ProductPage, search, type AttributeFacet } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let p: TestPlatform;
let storeId: string;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product', 'inventory', 'search'] });
  const products = p.wire.client(product);
  await products.putCategories(ctx(), { categories: someCategories });
  await products.putAttributes(ctx(), {
    attributes: [
      aColour('color', { position: 1 }),
      anAttribute('pieces', { type: 'number', unit: text('pcs'), position: 2 }),
      anAttribute('washable', { position: 3 }),
      anAttribute('note', { type: 'text', facet: false }),
    ],
    categories: [
      {
        categoryId: 'toys',
        attributes: ['color', 'pieces', 'washable', 'note'].map((code) => ({ code, required: false })),
      },
    ],
  });
  const { account } = await new Browser(p.fastify).signUp();
  storeId = await openStore(p, account.id, { slug: 'lola' });
  await put(
    { title: text('Red ten'), attributes: { color: 'red', pieces: 10, washable: true } },
    { title: text('Red twenty'), attributes: { color: 'red', pieces: 20, washable: false, note: 'soft' } },
    { title: text('Blue twenty'), attributes: { color: 'blue', pieces: 20 }, categoryId: 'toys.dolls' },
    { title: text('Blue half'), attributes: { color: 'blue', pieces: 0.5 }, ageMinMonths: 144 },
    { title: text('Plain') },
    { title: text('Hammer red'), attributes: { color: 'red' }, categoryId: 'tools', infoMark: '18+' },
  );
});
afterAll(() => p.stop());

async function put(...rows: Partial<ImportRow>[]): Promise<void> {
  const lines = rows.map((row) => {
    const sku = newId();
    const variants = [{ sku, options: {}, priceTiyin: 5_000_000, stock: 5 }];
    return JSON.stringify(anImportRow({ externalId: sku, attributes: {}, variants, ...row }));
  });
  const { problems } = await p.wire.client(product).importLines(ctx(), { storeId, lines, firstLine: 1 });
  expect(problems).toEqual([]);
  await p.settle();
}
const raw = (query: string, who = new Browser(p.fastify)) => who.get<{ code?: string }>(`/products?${query}`);
const list = async (query: string, who?: Browser): Promise<ProductPage> => {
  const { status, body } = await raw(query, who);
  expect({ status, body }).toMatchObject({ status: 200 });
  return ProductPage.parse(body);
};
const titles = async (query: string, who?: Browser): Promise<string[]> =>
  (await list(query, who)).items.map((item) => item.title).toSorted();
/** Counts as `value: count`, or as a range. */
const shown = (facets: readonly AttributeFacet[]): Record<string, unknown> =>
  Object.fromEntries(
    facets.map(({ code, values, range }) => [
      code,
      range ?? Object.fromEntries(values.map(({ value, count }) => [value, count])),
    ]),
  );
const counts = async (query: string, who?: Browser) =>
  shown((await list(`${query}&facets=true`, who)).facets!.attributes);

describe('a list filtered by attributes', () => {
  test.each([
    ['attr.color=red', ['Red ten', 'Red twenty']],
    ['category=toys&attr.color=red', ['Red ten', 'Red twenty']],
    ['attr.color=red,blue&category=toys.dolls', ['Blue twenty']],
    ['attr.color=red&attr.color=blue&attr.pieces=20', ['Blue twenty', 'Red twenty']],
    ['attr.pieces=10..20', ['Blue twenty', 'Red ten', 'Red twenty']],
    ['attr.pieces=..10', ['Blue half', 'Red ten']],
    ['attr.pieces=10.5..', ['Blue twenty', 'Red twenty']],
    ['attr.washable=true', ['Red ten']],
    ['attr.color=red&attr.pieces=..15', ['Red ten']],
    ['q=twenty&attr.color=blue', ['Blue twenty']],
    ['q=twenty&attr.color=blue&sort=price_asc', ['Blue twenty']],
    ['attr.color=green', []],
    ['attr.nothing=red', []],
    ['attr.color=10..20', []],
    [`attr.color=${encodeURIComponent("x' | '~a:color=red")}`, []],
  ])('%s finds what it asks for', async (query, expected) => expect(await titles(query)).toEqual(expected));

  test.each(['attr.=red', 'attr.Color%22=red', 'attr.color=', `attr.color=${'x'.repeat(400)}`, 'other.color=red'])(
    'refuses %s',
    async (query) => expect(await raw(query)).toMatchObject({ status: 400, body: { code: 'http.INVALID' } }),
  );

  test('keeps its cursor to itself', async () => {
    const first = await list('attr.color=red&limit=1');
    expect(await titles(`attr.color=red&limit=5&cursor=${first.nextCursor}`)).toHaveLength(1);
    expect((await raw(`attr.color=blue&limit=5&cursor=${first.nextCursor}`)).status).toBe(400);
  });
});

describe('counts by attribute', () => {
  test('are exact, and of a filtered attribute as if it were not', async () => {
    expect(await counts('category=toys')).toEqual({
      color: { red: 2, blue: 2 },
      pieces: { min: 0.5, max: 20 },
      washable: { true: 1, false: 1 },
    });
    expect(await counts('category=toys&attr.color=blue')).toEqual({
      color: { red: 2, blue: 2 },
      pieces: { min: 0.5, max: 20 },
    });
    expect(await counts('category=toys&attr.color=red&attr.pieces=20')).toEqual({
      color: { red: 1, blue: 1 },
      pieces: { min: 10, max: 20 },
      washable: { false: 1 },
    });
    expect(await counts('q=twenty')).toEqual({
      color: { red: 1, blue: 1 },
      pieces: { min: 20, max: 20 },
      washable: { false: 1 },
    });
  });

  test('agree with the list that each value leads to', async () => {
    const { color } = (await counts('category=toys&attr.pieces=1..')) as { color: Record<string, number> };
    for (const [value, count] of Object.entries(color))
      expect(await titles(`category=toys&attr.pieces=1..&attr.color=${value}`)).toHaveLength(count);
  });

  test('read in the reader’s language', async () => {
    const { facets } = await list('category=toys&facets=true&lang=ru');
    expect(facets!.attributes[0]).toMatchObject({
      code: 'color',
      type: 'colour',
      values: expect.arrayContaining([{ value: 'red', name: 'красный', hex: '#d62f2f', count: 2 }]),
    });
    expect(facets!.attributesPartial).toBe(false);
  });

  test('are of what a child may see', async () => {
    const device = new Browser(p.fastify);
    await device.signUp();
    const { body } = await device.post<{ id: string }>('/families/children', aNewChild({ birthDate: '2019-01-01' }));
    expect((await device.childSignIn(body.id, '4821')).status).toBe(200);
    expect(await counts('sort=popular', device)).toEqual({
      color: { red: 2, blue: 1 },
      pieces: { min: 10, max: 20 },
      washable: { true: 1, false: 1 },
    });
    expect(await titles('attr.pieces=..1', device)).toEqual([]);
    expect(await titles('attr.color=red', device)).toEqual(['Red ten', 'Red twenty']);
  });

  test('know variants: a list finds those in stock, and so does a count, also when stock moves', async () => {
    const externalId = newId();
    const sizes = { S: 5, M: 0 } as const;
    const shirt = (stock: Readonly<Record<string, number>>): Partial<ImportRow> => ({
      externalId,
      title: text('Shirt'),
      categoryId: 'toys.dolls',
      attributes: { color: 'red', washable: true },
      options: ['color', 'size'],
      variants: Object.entries({ red: 5, ...stock }).flatMap(([color, units]) =>
        Object.entries(sizes).map(([size, some]) => ({
          sku: `${externalId}-${color}-${size}`,
          options: { color, size },
          priceTiyin: 5_000_000,
          stock: Math.min(units, some),
        })),
      ),
    });
    const blue = () => titles('category=toys.dolls&attr.color=blue');
    const before = (await counts('category=toys.dolls'))['color'];
    await put(shirt({ blue: 0 }));
    expect(await blue()).toEqual(['Blue twenty']);
    expect((await counts('category=toys.dolls'))['color']).toEqual({ ...(before as object), red: 1 });

    await put(shirt({ blue: 3 }));
    expect(await blue()).toEqual(['Blue twenty', 'Shirt']);
    expect((await counts('category=toys.dolls'))['color']).toEqual({ blue: 2, red: 1 });
    expect((await counts('category=toys.dolls&attr.color=blue'))['color']).toEqual({ blue: 2, red: 1 });
    expect((await counts('q=shirt'))['color']).toEqual({ blue: 1, red: 1 });
    expect(await titles('attr.size=S')).toEqual(['Shirt']);
    expect(await titles('attr.size=M')).toEqual([]);

    await p.rows('search', "update stock set options = '{}'");
    await p.rows('search', "update item set choices = '{}'");
    await p.wire.client(search).rebuild(ctx(), {});
    expect(await blue()).toEqual(['Blue twenty', 'Shirt']);
    expect((await counts('category=toys.dolls'))['color']).toEqual({ blue: 2, red: 1 });

    await put(shirt({ blue: 0 }));
    expect(await blue()).toEqual(['Blue twenty']);
    // What the product says of itself stays true of it, whatever is in stock.
    expect(await titles('category=toys.dolls&attr.color=red')).toEqual(['Shirt']);
    await put({ ...shirt({ blue: 0 }), infoMark: '18+', categoryId: 'tools' });
  });

  test('follow a definition that changes, and a rebuild keeps them', async () => {
    const products = p.wire.client(product);
    const put = (facet: boolean) =>
      products.putAttributes(ctx(), { attributes: [anAttribute('washable', { position: 3, facet })], categories: [] });
    await put(false);
    await p.settle();
    expect(await counts('category=toys')).not.toHaveProperty('washable');
    await put(true);
    await p.settle();
    await p.rows('search', "update item set traits = '{}'");
    await p.rows('search', 'delete from attribute');
    await p.wire.client(search).rebuild(ctx(), {});
    expect(await counts('category=toys')).toEqual({
      color: { red: 2, blue: 2 },
      pieces: { min: 0.5, max: 20 },
      washable: { true: 1, false: 1 },
    });
  });
});

test('a thousand variants with the longest names there are keep nobody from knowing what is in stock', async () => {
  const wide = (n: number, salt: number) => String.fromCodePoint(0x4e00 + n, 0x4e00 + salt).padEnd(60, '中');
  const options = [0, 1, 2].map((n) => wide(n, 3));
  const variants = Array.from({ length: 1_000 }, (_, n) => ({
    sku: newId(),
    options: Object.fromEntries(options.map((name, place) => [name, wide(n, place)])),
    priceTiyin: 5_000_000,
    stock: 3,
  }));
  await put({ title: text('Endless choice'), options, variants });
  const { body } = await new Browser(p.fastify).get<ProductPage>('/products?q=Endless+choice');
  expect(body.items).toMatchObject([{ title: 'Endless choice', inStock: true }]);
  expect(p.bugs).toEqual([]);
});
