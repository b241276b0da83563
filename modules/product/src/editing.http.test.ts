import { Browser } from '@um/auth/testing';
import { systemCtx, type Ctx } from '@um/kernel';
import {
  product,
  type Draft,
  type DraftSummary,
  type EditedProduct,
  type ImportRow,
  type Published,
} from '@um/product';
import { anImportRow, asLine, someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let p: TestPlatform;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product'] });
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
});
afterAll(() => p.stop());

async function aStore() {
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  return { seller, storeId: await openStore(p, account.id) };
}
type Shop = Awaited<ReturnType<typeof aStore>>;
interface Refusal {
  readonly code: string;
  readonly details: { readonly problems: readonly { readonly field: string; readonly message: string }[] };
}

const write = <T = Published>(
  { seller, storeId }: Shop,
  line: object,
  over: { productId?: string; basis?: string; draftId?: string; lang?: string } = {},
) => {
  const { lang = 'en', ...rest } = over;
  const body = { storeId, productId: null, basis: null, draftId: null, ...rest, line };
  return seller.put<T>(`/seller/products?lang=${lang}`, body);
};
const opened = async ({ seller }: Shop, id: string) => (await seller.get<EditedProduct>(`/seller/products/${id}`)).body;
const problemsOf = async (shop: Shop, line: object, lang = 'en') => {
  const { status, body } = await write<Refusal>(shop, line, { lang });
  expect([status, body.code]).toEqual([422, 'product.NOT_VALID']);
  return body.details.problems;
};

describe('a product is written', () => {
  test('as an import writes it, opened as its line, and written again', async () => {
    const shop = await aStore();
    const made = await write(shop, anImportRow({ externalId: 'bear', title: text('Bear') }));
    expect(made).toMatchObject({ status: 200, body: { state: 'published', outcome: 'created', slug: 'bear' } });
    const opens = await opened(shop, made.body.id);
    expect(opens.line).toMatchObject({ externalId: 'bear', title: text('Bear') });

    const { id, basis } = opens;
    expect((await write(shop, opens.line, { productId: id, basis })).body.outcome).toBe('unchanged');
    const line = { ...opens.line, brand: 'Momiqvoy', importer: 'Savdo MChJ' };
    expect((await write(shop, line, { productId: id, basis })).body).toMatchObject({ id, outcome: 'updated' });
    expect((await opened(shop, id)).line).toMatchObject({ brand: 'Momiqvoy', importer: 'Savdo MChJ' });
    const lines = [JSON.stringify(line)];
    const { unchanged } = await p.wire
      .client(product)
      .importLines(ctx(), { storeId: shop.storeId, lines, firstLine: 1 });
    expect(unchanged).toBe(1);
  });

  test('not over what somebody else wrote meanwhile, nor over another product', async () => {
    const shop = await aStore();
    const { body } = await write(shop, anImportRow({ externalId: 'a' }));
    const { line, basis } = await opened(shop, body.id);
    await p.wire.client(product).importLines(ctx(), {
      storeId: shop.storeId,
      lines: [JSON.stringify({ ...line, brand: 'Other' })],
      firstLine: 1,
    });
    const mine = { ...line, brand: 'Mine' };
    const late = await write<Refusal>(shop, mine, { productId: body.id, basis });
    expect([late.status, late.body.code]).toEqual([409, 'product.CHANGED_MEANWHILE']);
    const taken = await write<Refusal>(shop, mine);
    expect([taken.status, taken.body.code]).toEqual([409, 'product.KEY_TAKEN']);
    const renamed = await write<Refusal>(shop, { ...line, externalId: 'b' }, { productId: body.id, basis });
    expect([renamed.status, renamed.body.code]).toEqual([404, 'product.NOT_FOUND']);
    expect((await opened(shop, body.id)).line).toMatchObject({ brand: 'Other' });
  });

  test('of two that write the same new product at once, one', async () => {
    const shop = await aStore();
    const line = anImportRow({ externalId: 'twice' });
    const answers = await Promise.all([write(shop, line), write(shop, line), write(shop, line)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });

  test('by nobody but the people of its store', async () => {
    const [shop, other] = [await aStore(), await aStore()];
    const line = anImportRow();
    const { body } = await write(shop, line);
    expect((await other.seller.get(`/seller/products/${body.id}`)).status).toBe(404);
    expect((await write({ ...other, storeId: shop.storeId }, anImportRow())).status).toBe(404);
    const { basis } = await opened(shop, body.id);
    expect((await write(other, line, { productId: body.id, basis })).status).toBe(404);
  });
});

describe('what is wrong is told', () => {
  test('field by field, in the reader’s language, and changes nothing', async () => {
    const shop = await aStore();
    const line = {
      ...anImportRow({ externalId: 'wrong' }),
      country: 'XX',
      variants: [{ sku: '', barcode: '4006381333932', options: {}, priceTiyin: 100 }],
    };
    expect(await problemsOf(shop, line, 'ru')).toEqual([
      { field: 'country', message: 'должны быть две заглавные буквы страны (ISO 3166-1), например UZ' },
      { field: 'variants.0.sku', message: 'слишком коротко, нужно не меньше символов: 1' },
      { field: 'variants.0.barcode', message: 'последняя цифра не сходится: штрихкод записан с ошибкой' },
    ]);
    const rows = await p.rows('product', "select 1 from product where external_id = 'wrong'");
    expect(rows).toEqual([]);
  });

  test.each<[string, Partial<ImportRow>, string, string]>([
    ['a category that is not there', { categoryId: 'x' }, 'categoryId', 'Bunday turkum yoʻq.'],
    ['parts for a child under three', { ageMinMonths: 0, hazards: ['magnet'] }, 'ageMinMonths', 'SAF-03'],
  ])('%s', async (_what, over, field, words) => {
    const [problem] = await problemsOf(await aStore(), anImportRow(over), 'uz');
    expect(problem).toMatchObject({ field, message: expect.stringContaining(words) as string });
  });

  test('a line that says nothing', async () => {
    const fields = (await problemsOf(await aStore(), {})).map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['externalId', 'title', 'categoryId', 'variants']));
  });
});

describe('a draft', () => {
  const keep = ({ seller, storeId }: Shop, id: string, line: object, productId: string | null = null) =>
    seller.put<DraftSummary>(`/seller/drafts/${id}`, { storeId, productId, line });
  const drafts = async ({ seller, storeId }: Shop) =>
    (await seller.get<{ items: DraftSummary[] }>(`/seller/drafts?storeId=${storeId}`)).body.items;

  test('is kept unfinished, whatever it says, and is gone when it is published', async () => {
    const shop = await aStore();
    const id = randomUUID();
    const half = { title: { uz: ' Ayiqcha', ru: 7 }, pictures: [3], brand: '' };
    expect(await keep(shop, id, half)).toMatchObject({ status: 200, body: { id, title: 'Ayiqcha' } });
    expect((await shop.seller.get<Draft>(`/seller/drafts/${id}`)).body).toMatchObject({ line: half, basis: null });
    expect((await drafts(shop)).map((draft) => draft.id)).toEqual([id]);
    await keep(shop, id, { ...half, brand: 'B' });
    expect((await drafts(shop)).length).toBe(1);
    expect(await problemsOf(shop, half)).not.toEqual([]);
    expect((await write(shop, anImportRow(), { draftId: id })).status).toBe(200);
    expect(await drafts(shop)).toEqual([]);
  });

  test('of changes leaves the product as it is', async () => {
    const shop = await aStore();
    const { body } = await write(shop, anImportRow({ brand: 'Old' }));
    const { line, basis } = await opened(shop, body.id);
    const id = randomUUID();
    await keep(shop, id, { ...line, brand: 'New' }, body.id);
    expect(await opened(shop, body.id)).toMatchObject({ draftId: id, basis, line: { brand: 'Old' } });
    expect((await shop.seller.get<Draft>(`/seller/drafts/${id}`)).body).toMatchObject({ basis, productId: body.id });
    expect((await keep(shop, randomUUID(), line, body.id)).status).toBe(404);
    expect((await shop.seller.delete(`/seller/drafts/${id}`)).status).toBe(204);
    expect((await opened(shop, body.id)).draftId).toBeNull();
  });

  test('is nobody else’s', async () => {
    const [shop, other] = [await aStore(), await aStore()];
    const id = randomUUID();
    await keep(shop, id, { brand: 'Mine' });
    expect((await other.seller.get(`/seller/drafts/${id}`)).status).toBe(404);
    expect((await other.seller.delete(`/seller/drafts/${id}`)).status).toBe(404);
    expect((await keep(other, id, { brand: 'Theirs' })).status).toBe(404);
    expect((await keep({ ...other, storeId: shop.storeId }, randomUUID(), {})).status).toBe(404);
    expect((await write(other, anImportRow(), { draftId: id })).status).toBe(200);
    expect((await drafts(shop)).length).toBe(1);
    const { body } = await write(shop, anImportRow());
    expect((await keep(other, randomUUID(), {}, body.id)).status).toBe(404);
  });

  test('is one of two hundred at most, however many are saved at once', async () => {
    const shop = await aStore();
    await keep(shop, randomUUID(), {});
    await p.rows(
      'product',
      `insert into draft (id, store_id, title, line, saved_at) select gen_random_uuid(), $1, '', '{}', now() from generate_series(1, 197)`,
      [shop.storeId],
    );
    const answers = await Promise.all(Array.from({ length: 5 }, () => keep(shop, randomUUID(), {})));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 409, 409, 409]);
  });
});

describe('a product of many variants', () => {
  const digits = Array.from({ length: 10 }, (_, n) => String(n));
  const thousand = digits.flatMap((a) => digits.flatMap((b) => digits.map((c) => ({ a, b, c }))));
  const lineOf = (choices: readonly Record<string, string>[], price: number) => ({
    ...anImportRow({ externalId: 'many', options: ['a', 'b', 'c'] }),
    variants: choices.map((options, n) => ({ sku: `S${n}`, options, priceTiyin: price + n, stock: n })),
  });

  test('is written with all thousand of them, and changed as a whole', async () => {
    const shop = await aStore();
    const { body } = await write(shop, lineOf(thousand, 100));
    expect(body).toMatchObject({ outcome: 'created' });
    const { basis } = await opened(shop, body.id);
    const changed = await write(shop, lineOf(thousand, 200), { productId: body.id, basis });
    expect(changed.body.outcome).toBe('updated');
    const rows = await p.rows(
      'product',
      'select count(*)::int as n, min(price_tiyin)::int as least, max(declared)::int as most from variant where product_id = $1',
      [body.id],
    );
    expect(rows).toEqual([{ n: 1_000, least: 200, most: 999 }]);
  });

  test('is refused with one more', async () => {
    const more = [...thousand, { a: '10', b: '0', c: '0' }];
    expect(await problemsOf(await aStore(), lineOf(more, 100))).toEqual([
      { field: 'variants', message: 'may have 1000 at most' },
    ]);
  });
});

test('a line of the editor says what a line of a file says', async () => {
  const [shop, other] = [await aStore(), await aStore()];
  const line = JSON.parse(asLine({ externalId: 'same', hazards: ['loud'], ageMinMonths: 36 })) as object;
  await write(shop, line);
  await p.wire
    .client(product)
    .importLines(ctx(), { storeId: other.storeId, lines: [JSON.stringify(line)], firstLine: 1 });
  const rows = await p.rows(
    'product',
    "select content_hash, state, hazards, title, attributes from product where external_id = 'same' order by id",
  );
  expect(rows.length).toBe(2);
  expect(rows[0]).toEqual(rows[1]);
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
