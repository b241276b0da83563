import { accountsOf, anAdmin, Browser } from '@um/auth/testing';
import { aNewChild } from '@um/family/testing';
import { newId, systemCtx, type Ctx, type PayloadOf } from '@um/kernel';
import {
  product,
  productsChanged,
  stockDeclared,
  type ImportReport,
  type ImportRow,
  type ProductView,
} from '@um/product';
import { anImportRow, asLine, someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';

type Report = z.output<typeof ImportReport>;

let p: TestPlatform;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());
const products = () => p.wire.client(product);

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product'] });
  await products().putCategories(ctx(), { categories: someCategories });
});
afterAll(() => p.stop());

async function aStore(over: { slug?: string; verified?: boolean } = {}) {
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  return { storeId: await openStore(p, account.id, over), seller, ownerId: account.id };
}
const load = (storeId: string, ...rows: ImportRow[]) =>
  products().importLines(ctx(), { storeId, lines: rows.map((row) => JSON.stringify(row)), firstLine: 1 });
/** A product on sale with a name of its own, and its page's address. */
async function put(over: Partial<ImportRow> = {}, storeId?: string) {
  const row = anImportRow({ externalId: newId(), ...over });
  const into = storeId ?? (await aStore()).storeId;
  expect((await load(into, row)).problems).toEqual([]);
  const [found] = await p.rows('product', 'select id, slug, version, state from product where external_id = $1', [
    row.externalId,
  ]);
  return { row, storeId: into, id: String(found!['id']), slug: String(found!['slug']), state: String(found!['state']) };
}
const facts = async <E extends typeof productsChanged | typeof stockDeclared>(
  event: E,
  storeId: string,
): Promise<PayloadOf<E>[]> =>
  (
    await p.rows('product', 'select payload from outbox where name = $1 and aggregate = $2 order by seq', [
      event.name,
      storeId,
    ])
  ).map((row) => row['payload'] as PayloadOf<E>);
const page = (slug: string, who = new Browser(p.fastify)) =>
  who.get<ProductView & { code?: string }>(`/products/${slug}`);
const setStore = (storeId: string, state: 'verified' | 'suspended', admin: Browser) =>
  admin.post(`/admin/stores/${storeId}/state`, { state, reason: 'papers' });

describe('importing lines', () => {
  test('makes products that shoppers see, in their language', async () => {
    const { slug } = await put({
      title: { uz: 'Yogʻoch qalʼa', ru: 'Замок', en: 'Castle' },
      warnings: text('Small parts'),
      hazards: ['small_parts'],
    });
    expect(slug).toBe('yogoch-qala');
    expect(await new Browser(p.fastify).get(`/products/${slug}?lang=ru`)).toMatchObject({
      status: 200,
      body: {
        title: 'Замок',
        categories: [
          { id: 'toys', name: 'Toys' },
          { id: 'toys.blocks', name: 'Blocks' },
        ],
        ageMinMonths: 36,
        hazards: ['small_parts'],
        warnings: 'Small parts',
        variants: [{ options: {}, price: { amount: 5_000_000, currency: 'UZS' }, compareAt: null }],
      },
    });
  });

  test('tells the whole product and its stock, once', async () => {
    const { storeId } = await aStore({ slug: 'told-once' });
    const row = anImportRow();
    await load(storeId, row);
    await load(storeId, row);
    const [changed, ...more] = await facts(productsChanged, storeId);
    expect(more).toEqual([]);
    expect(changed!.items).toMatchObject([
      {
        version: 1,
        state: 'published',
        storeSlug: 'told-once',
        categoryPath: ['toys', 'toys.blocks'],
        priceTiyin: 5_000_000,
        variants: [{ sku: row.variants[0]!.sku }],
      },
    ]);
    expect(await facts(stockDeclared, storeId)).toMatchObject([
      { items: [{ onHand: 10, productId: changed!.items[0]!.productId }] },
    ]);
  });

  test('again changes nothing, and with a change only what changed', async () => {
    const { storeId } = await aStore();
    const [a, b] = [anImportRow(), anImportRow()];
    expect(await load(storeId, a, b)).toMatchObject({ created: 2, updated: 0, unchanged: 0 });
    expect(await load(storeId, a, b)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    const dearer = { ...a, title: text('Another name'), variants: [{ ...a.variants[0]!, priceTiyin: 1_000 }] };
    expect(await load(storeId, dearer, b)).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    const told = (await facts(productsChanged, storeId))
      .flatMap((fact) => fact.items)
      .filter((item) => item.variants[0]!.sku === a.variants[0]!.sku);
    expect(told.map((item) => [item.version, item.priceTiyin])).toEqual([
      [1, 5_000_000],
      [2, 1_000],
    ]);
    expect(new Set(told.map((item) => `${item.productId} ${item.slug} ${item.variants[0]!.variantId}`)).size).toBe(1);
  });

  test('leaves out bad lines, by number, and takes the others', async () => {
    const { storeId } = await aStore();
    const lines = [
      asLine(),
      '{',
      '',
      asLine({ categoryId: 'nowhere' }),
      asLine({ ageMinMonths: 12, hazards: ['magnet'] }),
      asLine(),
    ];
    const report = await products().importLines(ctx(), { storeId, lines, firstLine: 101 });
    expect(report).toMatchObject({
      created: 2,
      problems: [
        { line: 102, code: 'product.BAD_JSON' },
        { line: 104, code: 'product.NO_CATEGORY' },
        { line: 105, code: 'product.UNSAFE_AGE' },
      ],
    });
  });

  test('of the same key twice in a file, the later line holds', async () => {
    const { storeId } = await aStore();
    const first = anImportRow({ title: text('First') });
    expect(await load(storeId, first, { ...first, title: text('Second') })).toMatchObject({ created: 1, updated: 1 });
    expect((await facts(productsChanged, storeId)).at(-1)!.items[0]).toMatchObject({
      title: text('Second'),
      version: 2,
    });
  });

  test('a variant that left the file is off sale and still known', async () => {
    const variants = ['red', 'blue'].map((color) => ({
      sku: color,
      options: { color },
      priceTiyin: color === 'red' ? 100 : 200,
      stock: 1,
    }));
    const { row, storeId, slug } = await put({ options: ['color'], variants });
    const before = (await page(slug)).body.variants;
    await load(storeId, { ...row, variants: variants.slice(1) });
    await p.settle();
    const after = (await page(slug)).body;
    expect(after.variants.map((v) => [v.sku, v.id])).toEqual([['blue', before[1]!.id]]);
    expect(after.options).toEqual([{ name: 'color', values: ['blue'] }]);
    const known = await products().variants(ctx(), { ids: before.map((v) => v.id) });
    expect(new Map(known.map((v) => [v.sku, v.state]))).toEqual(
      new Map([
        ['red', 'archived'],
        ['blue', 'published'],
      ]),
    );
    expect((await facts(stockDeclared, storeId)).at(-1)!.items).toContainEqual(
      expect.objectContaining({ variantId: before[0]!.id, onHand: 0 }),
    );
  });

  test('equal names get addresses of their own, whichever stores import them at once', async () => {
    const stores = await Promise.all([aStore(), aStore(), aStore(), aStore()]);
    const title = text(`Same name ${newId()}`);
    await Promise.all(stores.map(({ storeId }) => load(storeId, anImportRow({ title }))));
    const slugs = await p.rows('product', "select slug from product where title->>'en' = $1", [title.en]);
    expect(new Set(slugs.map((row) => row['slug'])).size).toBe(4);
  });

  test('of one file sent several times at once makes each product once', async () => {
    const { storeId } = await aStore();
    const rows = Array.from({ length: 20 }, () => anImportRow());
    const reports = await Promise.all([1, 2, 3, 4].map(() => load(storeId, ...rows)));
    expect(reports.reduce((sum, report) => sum + report.created, 0)).toBe(20);
    expect(reports.reduce((sum, report) => sum + report.unchanged, 0)).toBe(60);
  });

  test('into a store that is not there is refused', async () => {
    await expect(load(newId(), anImportRow())).rejects.toMatchObject({ code: 'store.NOT_FOUND' });
  });

  test('the last line of defence: the database itself refuses a magnet for a baby', async () => {
    const { id } = await put();
    await expect(
      p.rows('product', "update product set hazards = '{magnet}', age_min_months = 12 where id = $1", [id]),
    ).rejects.toThrow('check constraint');
  });
});

describe('a product’s page', () => {
  async function aChild(birthDate: string) {
    const device = new Browser(p.fastify);
    await device.signUp();
    const { body } = await device.post<{ id: string }>('/families/children', aNewChild({ birthDate }));
    await device.childSignIn(body.id, '4821');
    return device;
  }

  test('is there by its id and by its slug', async () => {
    const { id, slug } = await put();
    expect((await page(id)).body).toEqual((await page(slug)).body);
    expect(await page(newId())).toMatchObject({ status: 404, body: { code: 'product.NOT_FOUND' } });
    expect((await page('no-such-thing')).status).toBe(404);
  });

  test('is answered to a child as if it did not exist when it is not for its age', async () => {
    const forNine = await put({ ageMinMonths: 108 });
    const forThree = await put({ ageMinMonths: 36 });
    const marked = await put({ ageMinMonths: 0, infoMark: '12+' });
    const [five, ten, thirteen] = [await aChild('2021-01-10'), await aChild('2016-01-10'), await aChild('2013-01-10')];
    const seen = async (who: Browser) =>
      Promise.all([forThree, forNine, marked].map(async ({ slug }) => (await page(slug, who)).status));
    expect(await seen(five)).toEqual([200, 404, 404]);
    expect(await seen(ten)).toEqual([200, 200, 404]);
    expect(await seen(thirteen)).toEqual([200, 200, 200]);
  });

  test('for adults is shown to no guest, also after an adult has looked', async () => {
    const { slug } = await put({ ageMinMonths: 216, infoMark: '18+', categoryId: 'tools' });
    const adult = new Browser(p.fastify);
    await adult.signUp();
    expect((await page(slug)).status).toBe(404);
    expect((await page(slug, adult)).status).toBe(200);
    expect((await page(slug)).status).toBe(404);
  });

  test('kept for guests is shown to no child', async () => {
    const { slug } = await put({ ageMinMonths: 108 });
    const guest = await page(slug);
    expect(guest.status).toBe(200);
    expect((await page(slug)).headers['etag']).toBe(guest.headers['etag']);
    expect((await page(slug, await aChild('2021-01-10'))).status).toBe(404);
  });

  test('changes for guests when the product does', async () => {
    const { slug, row, storeId } = await put();
    expect((await page(slug)).body.brand).toBe('Tulporcha');
    await load(storeId, { ...row, brand: 'Momiqvoy' });
    await p.settle();
    expect((await page(slug)).body.brand).toBe('Momiqvoy');
  });

  test('is gone while its store may not sell', async () => {
    const { admin } = await anAdmin(p);
    const { slug, storeId, id } = await put();
    expect((await page(slug)).status).toBe(200);
    await setStore(storeId, 'suspended', admin);
    await p.settle();
    expect((await page(slug)).status).toBe(404);
    expect((await facts(productsChanged, storeId)).at(-1)!.items).toMatchObject([
      { productId: id, version: 2, state: 'in_review' },
    ]);
    await setStore(storeId, 'verified', admin);
    await p.settle();
    expect((await page(slug)).status).toBe(200);
    expect((await facts(productsChanged, storeId)).at(-1)!.items).toMatchObject([{ version: 3, state: 'published' }]);
  });
});

describe('categories', () => {
  test('are a tree in the reader’s language, parents first', async () => {
    const { body } = await new Browser(p.fastify).get<{
      items: { id: string; depth: number; parentId: string | null }[];
    }>('/categories');
    const seen = new Set<string>();
    for (const { id, parentId } of body.items) {
      expect(parentId === null || seen.has(parentId)).toBe(true);
      seen.add(id);
    }
    expect(body.items.find((item) => item.id === 'toys.dolls')).toMatchObject({ depth: 1, parentId: 'toys' });
  });

  test('that hang nowhere change nothing', async () => {
    const orphan = { id: 'x.y', parentId: 'x', name: text('Y'), icon: null, position: 1 };
    await expect(products().putCategories(ctx(), { categories: [orphan] })).rejects.toMatchObject({
      code: 'product.BAD_CATEGORY_TREE',
    });
  });

  test('when they are renamed, the products below are told anew, and pages follow', async () => {
    const cats = [
      { id: 'pets', parentId: null, name: text('Pets'), icon: null, position: 9 },
      { id: 'pets.cats', parentId: 'pets', name: text('Cats'), icon: null, position: 1 },
    ];
    await products().putCategories(ctx(), { categories: cats });
    const { slug, storeId } = await put({ categoryId: 'pets.cats' });
    expect((await page(slug)).body.categories).toMatchObject([{ name: 'Pets' }, { name: 'Cats' }]);
    await products().putCategories(ctx(), { categories: [{ ...cats[0]!, name: text('Animals') }] });
    await vi.waitFor(async () => {
      await p.settle();
      expect((await page(slug)).body.categories).toMatchObject([{ name: 'Animals' }, { name: 'Cats' }]);
      expect((await facts(productsChanged, storeId)).at(-1)!.items).toMatchObject([
        { version: 2, categoryNames: [text('Animals'), text('Cats')] },
      ]);
    }, 10_000);
  });
});

describe('a seller', () => {
  async function send(who: Browser, storeId: string, payload: string, type = 'application/x-ndjson') {
    const response = await p.fastify.inject({
      method: 'POST',
      url: `/api/v1/seller/products/import?storeId=${storeId}`,
      payload,
      cookies: Object.fromEntries(who.cookies),
      headers: { 'content-type': type, 'x-csrf-token': who.cookies.get('um_csrf') ?? '' },
    });
    return { status: response.statusCode, body: response.json<Report & { code?: string }>() };
  }
  /** Waits until the background has done an import. */
  async function done(who: Browser, importId: string): Promise<Report> {
    for (let i = 0; i < 200; i += 1) {
      const { body } = await who.get<Report>(`/seller/imports/${importId}`);
      if (body.state === 'done' || body.state === 'failed') return body;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the import is not done after 20 s');
  }

  test('sends a file that is imported in the background, with a report of what was refused', async () => {
    const { storeId, seller } = await aStore();
    const lines = [
      ...Array.from({ length: 1_200 }, () => asLine()),
      '',
      'not json',
      asLine({ externalId: 'bad', categoryId: 'nowhere' }),
    ];
    const got = await send(seller, storeId, lines.join('\n'));
    expect(got).toMatchObject({ status: 202, body: { state: 'queued', total: 1_202, done: 0 } });
    const report = await done(seller, got.body.importId);
    expect(report).toMatchObject({
      state: 'done',
      total: 1_202,
      done: 1_202,
      created: 1_200,
      failed: 2,
      finishedAt: expect.any(String),
    });
    const problems = await seller.get(`/seller/imports/${got.body.importId}/problems?lang=en`);
    expect(problems.body).toMatchObject({
      items: [
        { line: 1_202, externalId: null, code: 'product.BAD_JSON', message: 'The line is not JSON.' },
        { line: 1_203, externalId: 'bad', code: 'product.NO_CATEGORY', message: 'There is no such category.' },
      ],
      nextCursor: null,
    });
    expect((await seller.get<{ items: Report[] }>('/seller/imports')).body.items).toMatchObject([
      { importId: got.body.importId },
    ]);
  });

  test('may send it as plain text', async () => {
    const { storeId, seller } = await aStore();
    const got = await send(seller, storeId, asLine(), 'text/plain');
    expect(await done(seller, got.body.importId)).toMatchObject({ created: 1 });
  });

  test('sends no empty file, and nothing into somebody else’s store', async () => {
    const [mine, other] = [await aStore(), await aStore()];
    expect(await send(mine.seller, mine.storeId, '\n\n')).toMatchObject({
      status: 400,
      body: { code: 'product.EMPTY_FILE' },
    });
    expect(await send(mine.seller, other.storeId, asLine())).toMatchObject({
      status: 404,
      body: { code: 'store.NOT_FOUND' },
    });
    expect(
      await p.rows('product', 'select id from import_job where store_id = any($1::uuid[])', [
        [mine.storeId, other.storeId],
      ]),
    ).toEqual([]);
    const sent = await send(mine.seller, mine.storeId, asLine());
    expect((await other.seller.get(`/seller/imports/${sent.body.importId}`)).status).toBe(404);
    expect((await other.seller.get(`/seller/imports/${sent.body.importId}/problems`)).status).toBe(404);
  });

  test('whose import stood still in the middle finds it done all the same', async () => {
    const { storeId, seller, ownerId } = await aStore();
    const id = newId();
    const [one, two] = [asLine(), asLine()];
    await p.rows(
      'product',
      "insert into import_job (id, store_id, state, total, started_by, started_at, touched_at) values ($1, $2, 'running', 2, $3, $4, $4)",
      [id, storeId, ownerId, p.clock.now()],
    );
    await p.rows('product', 'insert into import_line values ($1, 1, $2), ($1, 2, $3)', [id, [one], [two]]);
    await p.work('product.resume-imports');
    expect(
      await p.rows('product', "select 1 from outbox where name = 'product.import-file' and payload->>'importId' = $1", [
        id,
      ]),
    ).toEqual([]);
    p.clock.advance(6 * 60_000);
    await p.work('product.resume-imports');
    await p.settle();
    expect(await done(seller, id)).toMatchObject({ state: 'done', created: 2, done: 2 });
  });

  test('lists their own products alone, page by page, by state and by name', async () => {
    const [{ storeId, seller }, other] = [await aStore(), await aStore()];
    const rows = ['Qizil koptok', 'Yashil koptok', 'Arqon_100%'].map((title) => anImportRow({ title: text(title) }));
    await load(storeId, ...rows);
    await load(other.storeId, anImportRow());
    const titles = async (query: string) =>
      (await seller.get<{ items: { title: { uz: string } }[] }>(`/seller/products?${query}`)).body.items.map(
        (item) => item.title.uz,
      );
    expect((await titles('')).toSorted()).toEqual(['Arqon_100%', 'Qizil koptok', 'Yashil koptok']);
    expect((await titles('q=KOPTOK')).length).toBe(2);
    expect(await titles('q=%25')).toEqual(['Arqon_100%']);
    expect(await titles('state=rejected')).toEqual([]);
    expect(await titles(`storeId=${other.storeId}`)).toEqual([]);
    const first = await seller.get<{ items: { id: string }[]; nextCursor: string }>('/seller/products?limit=2');
    const second = await seller.get<{ items: { id: string }[]; nextCursor: null }>(
      `/seller/products?limit=2&cursor=${first.body.nextCursor}`,
    );
    expect(new Set([...first.body.items, ...second.body.items].map((item) => item.id)).size).toBe(3);
    expect(second.body.nextCursor).toBeNull();
    expect((await seller.get(`/seller/products?cursor=${first.body.nextCursor}&q=koptok`)).status).toBe(400);
  });

  test('is asked for by these routes: nobody else gets in', async () => {
    const buyer = new Browser(p.fastify);
    await buyer.signUp();
    for (const path of ['/seller/products', '/seller/imports', '/moderation/products']) {
      expect((await new Browser(p.fastify).get(path)).status).toBe(401);
      expect((await buyer.get(path)).status).toBe(403);
    }
  });
});

describe('moderation', () => {
  async function aModerator() {
    const moderator = new Browser(p.fastify);
    const { account } = await moderator.signUp();
    await accountsOf(p).grantRole(ctx(), { accountId: account.id, role: 'moderator' });
    return { moderator, id: account.id };
  }
  const decide = (who: Browser, id: string, body: object) =>
    who.post<{ state: string; code?: string }>(`/moderation/products/${id}/decision`, body);

  test('of a store that is not verified comes before anybody sees it', async () => {
    const { storeId, seller } = await aStore({ verified: false });
    const { slug, id, state } = await put({}, storeId);
    const { moderator } = await aModerator();
    expect(state).toBe('in_review');
    expect((await page(slug)).status).toBe(404);
    const waiting = await moderator.get<{ items: { id: string; storeName: object }[] }>(
      '/moderation/products?limit=100',
    );
    expect(waiting.body.items).toContainEqual(expect.objectContaining({ id, storeId }));
    expect(await decide(moderator, id, { decision: 'publish' })).toMatchObject({
      status: 200,
      body: { state: 'published' },
    });
    expect((await page(slug)).status).toBe(404); // the store may still not sell
    await setStore(storeId, 'verified', (await anAdmin(p)).admin);
    await p.settle();
    expect((await page(slug)).status).toBe(200);
    expect((await seller.get<{ items: { id: string; state: string }[] }>('/seller/products')).body.items).toMatchObject(
      [{ id, state: 'published' }],
    );
  });

  test('tells the seller why, is remembered and audited', async () => {
    const { storeId, seller } = await aStore({ verified: false });
    const { id } = await put({}, storeId);
    const { moderator, id: moderatorId } = await aModerator();
    expect((await decide(moderator, id, { decision: 'reject' })).status).toBe(400);
    expect(
      (await decide(moderator, id, { decision: 'reject', reason: 'The picture shows something else' })).status,
    ).toBe(200);
    expect((await seller.get('/seller/products?state=rejected')).body).toMatchObject({
      items: [{ id, reason: 'The picture shows something else' }],
    });
    expect(
      await p.rows('product', 'select from_state, to_state, by_account from product_history where product_id = $1', [
        id,
      ]),
    ).toEqual([{ from_state: 'in_review', to_state: 'rejected', by_account: moderatorId }]);
    await p.settle();
    expect(await p.rows('audit', 'select action, actor from entry where subject = $1', [`product:${id}`])).toEqual([
      { action: 'product.rejected', actor: moderatorId },
    ]);
  });

  test('decides once when two decide at once, and nothing twice', async () => {
    const { storeId } = await aStore({ verified: false });
    const { id } = await put({}, storeId);
    const { moderator } = await aModerator();
    const got = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        decide(moderator, id, n % 2 ? { decision: 'publish' } : { decision: 'reject', reason: 'not clear' }),
      ),
    );
    expect(got.map((g) => g.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    expect((await decide(moderator, newId(), { decision: 'publish' })).status).toBe(404);
  });

  test('that recalls a product takes it off sale for good', async () => {
    const { slug, id, row, storeId } = await put();
    const { moderator } = await aModerator();
    expect((await page(slug)).status).toBe(200);
    expect((await decide(moderator, id, { decision: 'recall', reason: 'magnets come loose' })).body.state).toBe(
      'recalled',
    );
    await p.settle();
    expect((await page(slug)).status).toBe(404);
    await load(storeId, { ...row, brand: 'New brand' });
    await p.settle();
    expect((await page(slug)).status).toBe(404);
    expect((await decide(moderator, id, { decision: 'publish' })).body).toMatchObject({ code: 'product.BAD_STATE' });
  });

  test('what was refused and sent again is looked at again', async () => {
    const { storeId } = await aStore({ verified: false });
    const { id, row } = await put({}, storeId);
    const { moderator } = await aModerator();
    await decide(moderator, id, { decision: 'reject', reason: 'no warning' });
    await load(storeId, { ...row, warnings: text('Small parts') });
    expect(await p.rows('product', 'select state from product where id = $1', [id])).toEqual([{ state: 'in_review' }]);
    expect(
      await p.rows(
        'product',
        'select from_state, to_state from product_history where product_id = $1 order by at, id',
        [id],
      ),
    ).toEqual([
      { from_state: 'in_review', to_state: 'rejected' },
      { from_state: 'rejected', to_state: 'in_review' },
    ]);
  });

  test('sees a product again that claims to be safer than it was, and nobody else does until then', async () => {
    const { slug, id, row, storeId } = await put({ ageMinMonths: 96, hazards: ['magnet'] });
    const { moderator } = await aModerator();
    expect((await page(slug)).status).toBe(200);
    await load(storeId, { ...row, ageMinMonths: 36, hazards: [] });
    await p.settle();
    expect((await page(slug)).status).toBe(404);
    expect((await facts(productsChanged, storeId)).at(-1)!.items).toMatchObject([
      { state: 'in_review', facts: { ageMinMonths: 36 } },
    ]);
    expect((await decide(moderator, id, { decision: 'publish' })).status).toBe(200);
    await p.settle();
    expect((await page(slug)).body).toMatchObject({ ageMinMonths: 36, hazards: [] });
  });

  test('is nobody’s for a store of their own', async () => {
    const { storeId, seller, ownerId } = await aStore({ verified: false });
    const { id } = await put({}, storeId);
    await accountsOf(p).grantRole(ctx(), { accountId: ownerId, role: 'moderator' });
    expect(await decide(seller, id, { decision: 'publish' })).toMatchObject({
      status: 403,
      body: { code: 'http.FORBIDDEN' },
    });
  });
});

test('documents come in pages, each product once', async () => {
  const all: string[] = [];
  for (let after: string | null = null; ;) {
    const docs = await products().docs(ctx(), { after, limit: 7 });
    all.push(...docs.map((doc) => doc.productId));
    if (docs.length < 7) break;
    after = docs.at(-1)!.productId;
  }
  expect(new Set(all).size).toBe(all.length);
  expect((await products().count(ctx(), {})).products).toBe(all.length);
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
