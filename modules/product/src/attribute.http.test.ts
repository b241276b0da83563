import { anAdmin, Browser } from '@um/auth/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import { product, type AdminAttribute, type AskedAttribute, type ImportRow, type ProductView } from '@um/product';
import { aColour, anAttribute, anImportRow, someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let p: TestPlatform;
let storeId: string;
let admin: Browser;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product'] });
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
  ({ admin } = await anAdmin(p));
  const { account } = await new Browser(p.fastify).signUp();
  storeId = await openStore(p, account.id, { slug: 'lola' });
});
afterAll(() => p.stop());

const load = (lang: 'uz' | 'ru' | 'en', ...rows: Partial<ImportRow>[]) =>
  p.wire.client(product).importLines(
    { ...ctx(), locale: lang },
    {
      storeId,
      lines: rows.map((row) => JSON.stringify(anImportRow({ externalId: newId(), ...row }))),
      firstLine: 1,
    },
  );
const define = ({ code, ...body }: ReturnType<typeof anAttribute>, who = admin) =>
  who.put<{ code?: string }>(`/admin/attributes/${code}`, body);
const ask = (categoryId: string, attributes: { code: string; required: boolean }[], who = admin) =>
  who.put<{ items: AskedAttribute[]; code?: string }>(`/admin/categories/${categoryId}/attributes`, { attributes });

describe('attributes of a category', () => {
  test('are defined by admins, asked down the tree, and judged when products come in', async () => {
    expect((await define(aColour('color', { position: 2 }))).status).toBe(200);
    expect((await define(anAttribute('heightCm', { type: 'number', unit: text('cm'), position: 1 }))).status).toBe(200);
    expect((await ask('toys', [{ code: 'color', required: true }])).status).toBe(200);
    const { body } = await ask('toys.dolls', [{ code: 'heightCm', required: false }]);
    expect(body.items.map(({ code, required, from }) => [code, required, from])).toEqual([
      ['heightCm', false, 'toys.dolls'],
      ['color', true, 'toys'],
    ]);
    const bad = await load(
      'ru',
      { categoryId: 'toys.dolls', attributes: { color: 'red', heightCm: 'tall' } },
      { categoryId: 'toys.blocks', attributes: { heightCm: 4 } },
      { categoryId: 'toys.dolls', attributes: { color: 'red', heightCm: 40 } },
      { categoryId: 'tools', attributes: { anything: 'goes' } },
    );
    expect(bad).toMatchObject({
      created: 2,
      problems: [
        {
          line: 1,
          code: 'product.BAD_ATTRIBUTE',
          message: 'Характеристики не подходят категории. attributes.heightCm: должно быть число.',
        },
        {
          line: 2,
          code: 'product.BAD_ATTRIBUTE',
          message:
            'Характеристики не подходят категории. attributes.heightCm: в этой категории нет такой характеристики. attributes.color: нужно заполнить.',
        },
      ],
    });
  });

  test('are read on a product’s page in the reader’s language, and anew when they are renamed', async () => {
    const brand = newId();
    await load('en', { brand, categoryId: 'toys.dolls', attributes: { color: 'red', heightCm: 40 } });
    const [row] = await p.rows('product', 'select slug from product where brand = $1', [brand]);
    const guest = new Browser(p.fastify);
    const page = () => guest.get<ProductView>(`/products/${String(row!['slug'])}?lang=ru`);
    expect((await page()).body.features).toEqual([
      { code: 'heightCm', name: 'heightCm', value: 40, text: null, unit: 'cm', hex: null },
      { code: 'color', name: 'color', value: 'red', text: 'красный', unit: null, hex: '#d62f2f' },
    ]);
    await define(aColour('color', { position: 0, name: { uz: 'Rang', ru: 'Цвет', en: 'Colour' } }));
    expect((await page()).body.features[0]).toMatchObject({ code: 'color', name: 'Цвет' });
  });

  test('keep their type and the values that were given', async () => {
    await define(aColour('shade'));
    const changed = await define(anAttribute('shade', { type: 'number' }));
    expect(changed).toMatchObject({ status: 400, body: { code: 'product.BAD_DEFINITION' } });
    const fewer = await define({ ...aColour('shade'), choices: aColour('shade').choices.slice(1) });
    expect(fewer).toMatchObject({ status: 400, body: { code: 'product.BAD_DEFINITION' } });
    expect((await define({ ...aColour('shade'), facet: false })).status).toBe(200);
  });

  test('are asked for only where there is a category and an attribute', async () => {
    expect(await ask('nowhere', [])).toMatchObject({ status: 400, body: { code: 'product.NO_CATEGORY' } });
    expect(await ask('toys', [{ code: 'nothing', required: true }])).toMatchObject({
      status: 400,
      body: { code: 'product.NO_ATTRIBUTE' },
    });
    const twice = { code: 'color', required: true };
    expect(await ask('toys', [twice, twice])).toMatchObject({ status: 400, body: { code: 'product.BAD_DEFINITION' } });
    expect((await new Browser(p.fastify).get('/categories/nowhere/attributes')).status).toBe(400);
  });

  test('are listed with who asks for them, and changes leave a trace', async () => {
    const { body } = await admin.get<{ items: AdminAttribute[] }>('/admin/attributes');
    expect(body.items.find(({ code }) => code === 'heightCm')?.categories).toEqual([
      { categoryId: 'toys.dolls', required: false },
    ]);
    await p.settle();
    const traced = await p.rows(
      'audit',
      "select distinct action from entry where action like 'product.%attribute%' order by action",
    );
    expect(traced.map((row) => row['action'])).toEqual(['product.attribute-defined', 'product.category-attributes']);
  });

  test('are no business of others', async () => {
    const parent = new Browser(p.fastify);
    await parent.signUp();
    expect((await define(aColour('color'), parent)).status).toBe(403);
    expect((await ask('toys', [], parent)).status).toBe(403);
    expect((await parent.get('/admin/attributes')).status).toBe(403);
  });
});
