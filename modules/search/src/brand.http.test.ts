import { anAdmin, Browser } from '@um/auth/testing';
import { aNewChild } from '@um/family/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import { product, type AdminBrand, type ImportRow, type ProductView } from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import { search, type BrandView, type ProductPage } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

let p: TestPlatform;
let admin: Browser;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());
const guest = () => new Browser(p.fastify);

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product', 'inventory', 'search'] });
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
  ({ admin } = await anAdmin(p));
});
afterAll(() => p.stop());

async function aStore(over: { slug?: string; verified?: boolean } = {}): Promise<string> {
  const { account } = await guest().signUp();
  return openStore(p, account.id, over);
}
async function put(storeId: string, ...rows: Partial<ImportRow>[]): Promise<void> {
  const lines = rows.map((row) => JSON.stringify(anImportRow({ externalId: newId(), ...row })));
  const { problems } = await p.wire.client(product).importLines(ctx(), { storeId, lines, firstLine: 1 });
  expect(problems).toEqual([]);
  await p.settle();
}
const one = (slug: string, who = guest()) => who.get<BrandView & { code?: string }>(`/brands/${slug}`);
const slugs = async (query = '', who = guest()): Promise<string[]> =>
  (await who.get<{ items: BrandView[] }>(`/brands?limit=100&${query}`)).body.items.map((brand) => brand.slug);
const merge = (slug: string, into: string) =>
  admin.post<AdminBrand & { code?: string }>(`/admin/brands/${slug}/merge`, { into });
const found = async (q: string) =>
  (await admin.get<{ items: AdminBrand[] }>(`/admin/brands?q=${q}`)).body.items.map(({ slug, products }) => ({
    slug,
    products,
  }));
/** Waits until background work made it so. */
const becomes = (check: () => Promise<void>) =>
  vi.waitFor(
    async () => {
      await p.settle();
      await check();
    },
    { timeout: 20_000, interval: 100 },
  );
const titles = async (query: string): Promise<string[]> =>
  (await guest().get<ProductPage>(`/products?${query}`)).body.items.map((item) => item.title);

describe('brands', () => {
  test('are met with products, once for every way to write the name', async () => {
    const storeId = await aStore();
    await put(storeId, { brand: 'Qoʻgʻirchoq', title: text('One') });
    await put(await aStore(), { brand: "QO'G'IRCHOQ", title: text('Two') });
    expect(await one('qogirchoq')).toMatchObject({
      status: 200,
      body: { name: 'Qoʻgʻirchoq', logoId: null, store: null },
    });
    expect((await titles('brand=Qoʻgʻirchoq')).toSorted((a, b) => a.localeCompare(b))).toEqual(['One', 'Two']);
    const page = await guest().get<ProductPage>(`/products?brand=Qoʻgʻirchoq`);
    expect(new Set(page.body.items.map((item) => item.brand))).toEqual(new Set(['Qoʻgʻirchoq']));
    const { body } = await guest().get<ProductView>(`/products/${page.body.items[0]!.slug}`);
    expect(body).toMatchObject({ brand: 'Qoʻgʻirchoq', brandSlug: 'qogirchoq' });
  });

  test('are listed in their order, page by page, and by the beginning of a name', async () => {
    await put(await aStore(), { brand: 'Aaa 1' }, { brand: 'Aaa 2' }, { brand: 'Aaa 3' }, { brand: null });
    expect(await slugs('q=aaa')).toEqual(['aaa-1', 'aaa-2', 'aaa-3']);
    const first = await guest().get<{ items: BrandView[]; nextCursor: string }>('/brands?q=aaa&limit=2');
    const rest = await guest().get<{ items: BrandView[]; nextCursor: string | null }>(
      `/brands?q=aaa&limit=2&cursor=${first.body.nextCursor}`,
    );
    expect(rest.body).toMatchObject({ items: [{ slug: 'aaa-3' }], nextCursor: null });
  });

  test('that have nothing for somebody are not there for them', async () => {
    await put(await aStore(), { brand: 'Grown', categoryId: 'tools', infoMark: '18+', ageMinMonths: 216 });
    await put(await aStore({ verified: false }), { brand: 'Waiting' });
    await put(await aStore(), { brand: 'Teen', ageMinMonths: 144 });
    const device = guest();
    await device.signUp();
    const adult = await slugs('', device);
    const { body } = await device.post<{ id: string }>('/families/children', aNewChild({ birthDate: '2019-01-01' }));
    expect((await device.childSignIn(body.id, '4821')).status).toBe(200);
    const child = await slugs('', device);
    expect([adult.includes('grown'), (await slugs()).includes('grown'), child.includes('grown')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([adult.includes('teen'), child.includes('teen')]).toEqual([true, false]);
    expect(await one('teen', device)).toMatchObject({ status: 404, body: { code: 'product.NO_BRAND' } });
    expect([adult.includes('waiting'), (await one('waiting')).status]).toEqual([false, 404]);
    expect((await one('no-such')).status).toBe(404);
  });

  test('are dressed by admins: spelling, own store; their products are told anew', async () => {
    const owner = await aStore({ slug: 'mehr-shop' });
    await put(owner, { brand: 'mehr', title: text('Mehr thing') });
    const dress = (body: object, who = admin) => who.put<{ code?: string }>('/admin/brands/mehr', body);
    const said = { name: 'MEHR', logoId: null, ownerStoreId: owner };
    expect((await dress(said)).status).toBe(200);
    await p.settle();
    expect((await one('mehr')).body).toMatchObject({ name: 'MEHR', store: { slug: 'mehr-shop' } });
    await vi.waitFor(async () => {
      await p.settle();
      const { body } = await guest().get<ProductPage>('/products?brand=mehr');
      expect(body.items.map((item) => item.brand)).toEqual(['MEHR']);
    }, 10_000);
    expect((await dress({ ...said, logoId: newId() })).status).toBe(400);
    expect((await dress({ ...said, ownerStoreId: await aStore({ verified: false }) })).status).toBe(400);
    expect((await dress(said, guest())).status).toBe(401);
    expect((await admin.put('/admin/brands/nobody', { ...said, name: 'nobody' })).status).toBe(404);
  });

  test('do not name their own store to a child from whom it is hidden', async () => {
    const owner = await aStore();
    await put(owner, { brand: 'Sir' });
    await put(await aStore(), { brand: 'Sir' });
    await admin.put('/admin/brands/sir', { name: 'Sir', logoId: null, ownerStoreId: owner });
    await p.settle();
    const device = guest();
    await device.signUp();
    const { body } = await device.post<{ id: string }>('/families/children', aNewChild());
    const rules = { hiddenCategories: [], hiddenStores: [owner], hiddenHazards: [], maxPriceTiyin: null };
    expect((await device.put(`/families/children/${body.id}/policy`, rules)).status).toBe(200);
    await p.settle();
    expect((await one('sir', device)).body.store).not.toBeNull();
    expect((await device.childSignIn(body.id, '4821')).status).toBe(200);
    expect((await one('sir', device)).body).toMatchObject({ name: 'Sir', store: null });
  });

  test('have one name for every way to write it: case, apostrophes, Cyrillic', async () => {
    await put(await aStore(), { brand: 'Oʻrmon' }, { brand: "O'RMON" }, { brand: 'Ўрмон' }, { brand: ' oʻrmon ' });
    const { body } = await guest().get<ProductPage>('/products?brand=Oʻrmon&facets=true');
    expect(body.items).toHaveLength(4);
    expect(body.facets!.brands).toContainEqual({ name: 'Oʻrmon', count: 4 });
    expect(body.facets!.brands.filter(({ name }) => /rmon|рмон/i.test(name))).toHaveLength(1);
    expect(await found('ўрм')).toEqual([{ slug: 'ormon', products: 4 }]);
  });

  test('get another name and keep their address; the new name means them from then on, and no other brand’s does', async () => {
    await put(await aStore(), { brand: 'Kichik' }, { brand: 'Boshqa' });
    const rename = (slug: string, name: string) =>
      admin.put<AdminBrand & { code?: string }>(`/admin/brands/${slug}`, { name, logoId: null, ownerStoreId: null });
    expect(await rename('kichik', 'BOSHQA')).toMatchObject({ status: 400, body: { code: 'product.BAD_BRAND' } });
    expect(await rename('kichik', 'Katta Brend')).toMatchObject({
      status: 200,
      body: { slug: 'kichik', name: 'Katta Brend', aliases: ['katta-brend'] },
    });
    await put(await aStore(), { brand: 'KATTA brend' });
    expect((await one('katta-brend')).body).toMatchObject({ slug: 'kichik', name: 'Katta Brend' });
    await becomes(async () => expect(await titles('brand=Katta+Brend')).toHaveLength(2));
    expect((await rename('kichik', 'Kichik')).status).toBe(200);
    expect((await rename('katta-brend', 'Katta')).body.code).toBe('product.NO_BRAND');
  });

  test('are merged: products, addresses, names and later imports go along, also in a row of merges', async () => {
    const storeId = await aStore();
    const rows = [
      anImportRow({ externalId: newId(), brand: 'Eski' }),
      anImportRow({ externalId: newId(), brand: 'Yangi' }),
    ];
    await put(storeId, ...rows);
    expect(await merge('eski', 'yangi')).toMatchObject({ status: 200, body: { slug: 'yangi', aliases: ['eski'] } });
    await becomes(async () => expect(await titles('brand=Yangi')).toHaveLength(2));
    expect((await one('eski')).body).toMatchObject({ slug: 'yangi', name: 'Yangi' });
    expect(await slugs('q=eski')).toEqual([]);
    const again = { storeId, lines: rows.map((row) => JSON.stringify(row)), firstLine: 1 };
    expect(await p.wire.client(product).importLines(ctx(), again)).toMatchObject({ unchanged: 2 });
    await put(storeId, { brand: 'ESKI' }, { brand: 'Eng yangi' });
    await becomes(async () => expect(await titles('brand=Yangi')).toHaveLength(3));
    expect((await merge('yangi', 'eng-yangi')).status).toBe(200);
    await becomes(async () => expect(await titles('brand=Eng+yangi')).toHaveLength(4));
    expect((await one('eski')).body.slug).toBe('eng-yangi');
    expect(await found('eski')).toEqual([{ slug: 'eng-yangi', products: 4 }]);
    await p.wire.client(search).rebuild(ctx(), {});
    expect((await one('eski')).body.slug).toBe('eng-yangi');
    const trace = await p.rows('audit', "select action from entry where subject = 'brand:yangi'");
    expect(trace).toEqual([{ action: 'product.brand-merged' }]);
  });

  test('are merged into another that is there, by admins', async () => {
    await put(await aStore(), { brand: 'Solo' });
    expect((await merge('solo', 'solo')).body.code).toBe('product.BAD_BRAND');
    expect((await merge('solo', 'nobody')).body.code).toBe('product.NO_BRAND');
    expect((await merge('nobody', 'solo')).body.code).toBe('product.NO_BRAND');
    expect((await guest().post('/admin/brands/solo/merge', { into: 'mehr' })).status).toBe(401);
    expect((await guest().get('/admin/brands')).status).toBe(401);
  });

  test('lose no product to a merge that runs while sellers import', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => aStore()));
    await put(stores[0]!, { brand: 'Race from' }, { brand: 'Race into' });
    const load = async (storeId: string): Promise<void> => {
      for (let n = 0; n < 5; n += 1) {
        const lines = [JSON.stringify(anImportRow({ externalId: newId(), brand: 'Race from' }))];
        await p.wire.client(product).importLines(ctx(), { storeId, lines, firstLine: 1 });
      }
    };
    const [merged] = await Promise.all([merge('race-from', 'race-into'), ...stores.map(load)]);
    expect(merged.status).toBe(200);
    await becomes(async () =>
      expect(
        await p.rows(
          'product',
          "select brand_slug, count(*) as n from product where brand_slug like 'race-%' group by 1",
        ),
      ).toEqual([{ brand_slug: 'race-into', n: 22 }]),
    );
  });

  test('come back with a rebuild, and products from before find theirs', async () => {
    await put(await aStore(), { brand: 'Before' });
    await p.rows('product', "update product set brand_slug = null where brand = 'Before'");
    await p.rows('product', "delete from brand where slug = 'before'");
    await p.work('product.adopt-brands');
    expect(await p.rows('product', "select brand_slug from product where brand = 'Before'")).toEqual([
      { brand_slug: 'before' },
    ]);
    await p.rows('search', 'delete from brand');
    await p.wire.client(search).rebuild(ctx(), {});
    expect((await one('before')).body).toMatchObject({ name: 'Before' });
  });
});
