import { Browser } from '@um/auth/testing';
import { systemCtx, type Ctx } from '@um/kernel';
import {
  importMoved,
  product,
  stockDeclared,
  type ImportProblem,
  type ImportReport,
  type ImportRow,
} from '@um/product';
import { anImportRow, asLine, someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';

type Report = z.output<typeof ImportReport>;
type Problem = z.output<typeof ImportProblem>;

let p: TestPlatform;
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

async function send(
  { seller, storeId }: Shop,
  payload: string | Buffer,
  query = '',
  type = 'application/octet-stream',
) {
  const response = await p.fastify.inject({
    method: 'POST',
    url: `/api/v1/seller/products/import?storeId=${storeId}${query}`,
    payload,
    cookies: Object.fromEntries(seller.cookies),
    headers: { 'content-type': type, 'x-csrf-token': seller.cookies.get('um_csrf') ?? '' },
  });
  return { status: response.statusCode, body: response.json<Report & { code?: string; details?: object }>() };
}
/** Sends a file and waits until it is imported. */
async function load(shop: Shop, payload: string | Buffer, query = ''): Promise<Report> {
  const { status, body } = await send(shop, payload, query);
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`);
  return finished(shop, body.importId);
}
async function finished(shop: Shop, importId: string): Promise<Report> {
  for (let i = 0; i < 400; i += 1) {
    const { body: report } = await shop.seller.get<Report>(`/seller/imports/${importId}`);
    if (report.finishedAt) return report;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the import is not done after 20 s');
}
const problemsOf = async ({ seller }: Shop, { importId }: Report, lang = 'en') =>
  (await seller.get<{ items: Problem[] }>(`/seller/imports/${importId}/problems?lang=${lang}`)).body.items;
const fetched = ({ seller }: Shop, path: string) =>
  p.fastify.inject({ url: `/api/v1/seller${path}`, cookies: Object.fromEntries(seller.cookies) });
async function exported(shop: Shop, format: string): Promise<Buffer> {
  const response = await fetched(shop, `/products/export?storeId=${shop.storeId}&format=${format}`);
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-disposition']).toBe(`attachment; filename="catalog-2026-03-02.${format}"`);
  return response.rawPayload;
}
const productsOf = async (storeId: string) =>
  (
    await p.rows(
      'product',
      'select count(*)::int as n, max(version)::int as version from product where store_id = $1',
      [storeId],
    )
  )[0];

const HEAD = 'externalId,categoryId,title.uz,title.ru,title.en,ageMinMonths,infoMark,hazards,vatRate,sku,price';
const ROW = 'toys.blocks,Koptok,Мяч,Ball,36,,,12';
const csv = (...rows: string[]) => [HEAD, ...rows].join('\n');

describe('a table', () => {
  test('is imported with its columns in any order, its variants as rows', async () => {
    const shop = await aStore();
    const report = await load(
      shop,
      [
        'stock;PRICE;sku;externalId;categoryId;title.uz;title.ru;title.en;ageMinMonths;infoMark;hazards;vatRate;option1.name;option1.value;attr.material;attr.pieces',
        '10;"59 000,50";S1;a;toys.blocks;Koptok;Мяч;Ball;36;6+;small_parts | magnet;12;color;red;wood;60',
        ';60000;S2;a;;;;;;;;;;blue;;',
        '3;1000;T1;b;toys.dolls;Qoʻgʻirchoq;Кукла;Doll;36;;;12;;;;',
      ].join('\r\n'),
    );
    expect(report).toMatchObject({ state: 'done', format: 'csv', total: 2, created: 2, failed: 0 });
    const rows = await p.rows('product', 'select * from product where store_id = $1 order by external_id', [
      shop.storeId,
    ]);
    expect(rows).toMatchObject([
      {
        hazards: ['small_parts', 'magnet'],
        info_mark: '6+',
        options: ['color'],
        attributes: { material: 'wood', pieces: 60 },
      },
      { title: { uz: 'Qoʻgʻirchoq', ru: 'Кукла', en: 'Doll' }, options: [], warnings: null, brand: null },
    ]);
    const variants = await p.rows(
      'product',
      'select sku, price_tiyin::int as price, options, declared from variant where product_id = $1 order by position',
      [rows[0]!['id']],
    );
    expect(variants).toEqual([
      { sku: 'S1', price: 5_900_050, options: { color: 'red' }, declared: 10 },
      { sku: 'S2', price: 6_000_000, options: { color: 'blue' }, declared: 0 },
    ]);
  });

  test('in windows-1251 is read as it was written', async () => {
    const shop = await aStore();
    const cyrillic = (word: string) =>
      Buffer.from(
        [...word].map((letter) => (letter < '\u0080' ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x410 + 0xc0)),
      );
    await load(
      shop,
      Buffer.concat([Buffer.from(`${HEAD}\n`), cyrillic('a,toys.blocks,Koptok,Мяч,Ball,36,,,12,S1,100')]),
    );
    expect(
      await p.rows('product', "select title->>'ru' as ru from product where store_id = $1", [shop.storeId]),
    ).toEqual([{ ru: 'Мяч' }]);
  });

  test('tells what is wrong by row and column, in the reader’s language', async () => {
    const shop = await aStore();
    const report = await load(
      shop,
      csv(
        `ok,${ROW},S1,100`,
        `bad,${ROW},S2,cheap`,
        `two,${ROW},S3,5`,
        `two,tools,,,,,,,,S4,-1`,
        `,${ROW},S5,1`,
        `wide,${ROW},S6,1,extra`,
        `none,nowhere,Koptok,Мяч,Ball,36,,,12,S7,1`,
        `tiny,toys.blocks,Koptok,Мяч,Ball,12,,magnet,12,S8,1`,
      ),
    );
    expect(report).toMatchObject({ total: 7, created: 1, failed: 6 });
    expect(await problemsOf(shop, report)).toMatchObject([
      { line: 3, externalId: 'bad', field: 'price', message: 'The line is not valid. price: must be a number.' },
      {
        line: 5,
        externalId: 'two',
        field: 'categoryId',
        message: expect.stringContaining('categoryId: differs from the first row of the product.'),
      },
      {
        line: 6,
        externalId: null,
        field: 'externalId',
        message: 'The line is not valid. externalId: is not filled in.',
      },
      { line: 7, externalId: 'wide', field: '#12' },
      { line: 8, externalId: 'none', field: 'categoryId', code: 'product.NO_CATEGORY' },
      { line: 9, externalId: 'tiny', field: 'ageMinMonths', code: 'product.UNSAFE_AGE' },
    ]);
    expect((await problemsOf(shop, report, 'ru'))[0]!.message).toBe('Строка с ошибкой. price: должно быть числом.');
    expect((await problemsOf(shop, report, 'uz'))[0]!.message).toBe('Satr notoʻgʻri. price: son boʻlishi kerak.');
    const table = await fetched(shop, `/imports/${report.importId}/problems.csv?lang=ru`);
    expect(table.payload.split('\r\n').slice(0, 2)).toEqual([
      '\u{FEFF}Строка;Код товара;Поле;Причина;Код ошибки',
      '3;bad;price;Строка с ошибкой. price: должно быть числом.;product.BAD_LINE',
    ]);
  });

  test('without a column that matters, with one that means nothing or one that is there twice is refused as a whole', async () => {
    const shop = await aStore();
    expect(await send(shop, csv().replace('hazards', 'hazard') + ',sku\n')).toMatchObject({
      status: 400,
      body: { code: 'product.BAD_COLUMNS', details: { unknown: ['hazard'], missing: ['hazards'], repeated: ['sku'] } },
    });
    expect(await send(shop, csv())).toMatchObject({ status: 400, body: { code: 'product.EMPTY_FILE' } });
    expect(await send(shop, csv('a,"'))).toMatchObject({
      status: 400,
      body: { code: 'product.BAD_CSV', details: { line: 2 } },
    });
    expect(await send(shop, Buffer.from('PK\u0003\u0004 no workbook'))).toMatchObject({
      status: 400,
      body: { code: 'product.BAD_XLSX' },
    });
    expect(await p.rows('product', 'select 1 from import_job where store_id = $1', [shop.storeId])).toEqual([]);
  });
});

describe('a dry run', () => {
  test('reports what an import would, and changes nothing', async () => {
    const shop = await aStore();
    const [stays, changes] = [anImportRow(), anImportRow()];
    await load(shop, [stays, changes].map((row) => JSON.stringify(row)).join('\n'));
    const before = await productsOf(shop.storeId);
    const twice = anImportRow({ externalId: 'twice' });
    const file = [
      JSON.stringify(stays),
      JSON.stringify({ ...changes, brand: 'Momiqvoy' }),
      '{"bad":',
      JSON.stringify(twice),
      ...Array.from({ length: 600 }, () => asLine()),
      JSON.stringify({ ...twice, brand: 'Later' }),
      JSON.stringify({ ...twice, brand: 'Later' }),
    ].join('\n');
    const dry = await load(shop, file, '&dryRun=true&fileName=toys.ndjson');
    expect(dry).toMatchObject({
      dryRun: true,
      fileName: 'toys.ndjson',
      created: 601,
      updated: 2,
      unchanged: 2,
      failed: 1,
    });
    expect(await productsOf(shop.storeId)).toEqual(before);
    expect(await p.rows('product', 'select 1 from import_trial', [])).toEqual([]);
    const real = await load(shop, file);
    const { created, updated, unchanged, failed } = dry;
    expect(real).toMatchObject({ dryRun: false, created, updated, unchanged, failed });
    expect(await problemsOf(shop, real)).toEqual(await problemsOf(shop, dry));
  });
});

describe('stock', () => {
  const counts = async (storeId: string) =>
    (
      await p.rows('product', 'select payload from outbox where name = $1 and aggregate = $2 order by seq', [
        stockDeclared.name,
        storeId,
      ])
    ).map((row) => (row['payload'] as { items: { onHand: number }[] }).items.map(({ onHand }) => onHand));

  test('is declared when a file says another number, and left alone when it says the same or nothing', async () => {
    const shop = await aStore();
    const row = anImportRow();
    const withStock = (stock?: number) =>
      JSON.stringify({
        ...row,
        variants: [{ sku: 'A', options: {}, priceTiyin: 100, ...(stock === undefined ? {} : { stock }) }],
      });
    expect(await load(shop, withStock(10))).toMatchObject({ created: 1 });
    expect(await load(shop, withStock(10))).toMatchObject({ unchanged: 1 });
    expect(await load(shop, withStock())).toMatchObject({ unchanged: 1 });
    expect(await load(shop, withStock(7))).toMatchObject({ updated: 1 });
    expect(await counts(shop.storeId)).toEqual([[10], [7]]);
    expect(await productsOf(shop.storeId)).toEqual({ n: 1, version: 1 });
  });
});

describe('an import', () => {
  test('may be ended by its seller: what waits is not imported, and nobody else may', async () => {
    const [shop, other] = [await aStore(), await aStore()];
    const id = (await load(shop, asLine())).importId;
    await p.rows('product', "update import_job set state = 'running', total = 2, finished_at = null where id = $1", [
      id,
    ]);
    await p.rows('product', 'insert into import_line values ($1, 2, $2)', [id, [asLine()]]);
    expect((await other.seller.post(`/seller/imports/${id}/cancel`, {})).status).toBe(404);
    expect(await shop.seller.post(`/seller/imports/${id}/cancel`, {})).toMatchObject({
      status: 200,
      body: { state: 'cancelled', done: 1, finishedAt: expect.any(String) },
    });
    expect(await shop.seller.post(`/seller/imports/${id}/cancel`, {})).toMatchObject({
      status: 409,
      body: { code: 'product.IMPORT_OVER' },
    });
    expect(await p.rows('product', 'select 1 from import_line where import_id = $1', [id])).toEqual([]);
  });

  test('that was cut off is picked up by the next process at once', async () => {
    const shop = await aStore();
    const id = (await load(shop, asLine())).importId;
    await p.rows('product', "update import_job set state = 'running', total = 2, finished_at = null where id = $1", [
      id,
    ]);
    await p.rows('product', 'insert into import_line values ($1, 2, $2)', [id, [asLine()]]);
    p.clock.advance(1);
    await p.work('product.pick-up-imports');
    expect(await finished(shop, id)).toMatchObject({ state: 'done', done: 2, created: 2 });
  });

  test('tells its seller how it gets on', async () => {
    const shop = await aStore();
    const { importId } = await load(shop, asLine());
    const told = await p.rows('product', 'select payload from outbox where name = $1 and aggregate = $2 order by seq', [
      importMoved.name,
      importId,
    ]);
    expect(told.map((row) => (row['payload'] as { state: string }).state)).toEqual(['running', 'done']);
  });
});

describe('an export', () => {
  const word = fc.string({
    unit: fc.constantFrom(
      'a',
      'Ж',
      'ʻ',
      ' ',
      ',',
      ';',
      '|',
      '"',
      "'",
      '\n',
      '\r',
      '\t',
      '=',
      '-',
      '@',
      '<',
      '&',
      '🧸',
      '\u0001',
      '_x000D_',
      '12',
    ),
    minLength: 1,
    maxLength: 8,
  });
  const texts = (each: fc.Arbitrary<string>) => fc.record({ uz: each, ru: each, en: each });
  const value = fc.oneof(
    word,
    fc.constantFrom('', '12', '007', 'true', '"', '1e3'),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
    fc.boolean(),
  );
  const attributes = fc.dictionary(word, value, { maxKeys: 3, noNullPrototype: true });
  const price = fc.integer({ min: 1, max: 1_000_000 });
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
  const variants = fc
    .tuple(fc.uniqueArray(word, { minLength: 0, maxLength: 2 }), fc.uniqueArray(word, { minLength: 1, maxLength: 4 }))
    .chain(([options, choices]) =>
      fc.record({
        options: fc.constant(options),
        variants: fc.tuple(
          ...(options.length === 0 ? choices.slice(0, 1) : choices).map((choice, n) =>
            fc.record({
              sku: word.map((sku) => `${n}${sku}`),
              barcode: maybe(fc.constantFrom('4607086560006', '00000000')),
              options: fc.constant(Object.fromEntries(options.map((name) => [name, choice]))),
              priceTiyin: price,
              compareAtTiyin: maybe(price.map((more) => 1_000_000 + more)),
              weightGrams: maybe(price),
              stock: fc.nat(100),
            }),
          ),
        ),
      }),
    );
  const aProduct = fc
    .record({
      brand: maybe(word),
      title: texts(word),
      description: texts(fc.oneof(word, fc.constant(''))),
      ageMinMonths: fc.integer({ min: 36, max: 60 }),
      ageMaxMonths: maybe(fc.integer({ min: 60, max: 200 })),
      infoMark: maybe(fc.constantFrom('0+' as const, '12+' as const)),
      hazards: fc.uniqueArray(fc.constantFrom('small_parts' as const, 'magnet' as const, 'loud' as const)),
      warnings: maybe(texts(word)),
      manufacturer: maybe(word),
      importer: maybe(word),
      country: maybe(fc.constantFrom('UZ', 'CN')),
      receipt: fc.constantFrom(
        { mxik: null, packageCode: null },
        { mxik: '01234567890123456', packageCode: null },
        { mxik: '01234567890123456', packageCode: '0012' },
      ),
      vatRate: fc.constantFrom(0, 12),
      attributes,
      shown: fc.oneof(
        fc.constant<Pick<ImportRow, 'pictures' | 'pictureAlts'>>({ pictures: [], pictureAlts: [] }),
        fc.record({
          pictures: fc.constant<string[]>(['bear', 'ghost']),
          pictureAlts: fc.array(
            texts(
              fc.oneof(
                fc.constant(''),
                word.map((told) => told.replaceAll('|', '')),
              ),
            ),
            {
              maxLength: 2,
            },
          ),
        }),
      ),
    })
    .map(({ receipt, shown, ...row }) => ({ ...row, ...receipt, ...shown }))
    .chain((base) => variants.map((rest) => ({ ...base, ...rest })));

  test('imports to the same catalog, in each format, here and in another store', async () => {
    const [shop, copy] = [await aStore(), await aStore()];
    let catalog = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(aProduct, { minLength: 1, maxLength: 8 }), async (rows) => {
        catalog += 1;
        const lines = rows.map((row, n) => JSON.stringify(anImportRow({ ...row, externalId: `${catalog}-${n}` })));
        expect(await load(shop, lines.join('\n'))).toMatchObject({ created: rows.length });
        for (const format of ['ndjson', 'csv', 'xlsx']) {
          const file = await exported(shop, format);
          const again = await load(shop, file);
          expect(await problemsOf(shop, again)).toEqual([]);
          expect(again).toMatchObject({ format, created: 0, updated: 0, unchanged: again.total });
          expect(await load(copy, file)).toMatchObject({
            failed: 0,
            created: format === 'ndjson' ? rows.length : 0,
            updated: 0,
          });
        }
        expect((await exported(copy, 'csv')).equals(await exported(shop, 'csv'))).toBe(true);
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  test('leaves out what was recalled, and is nobody else’s', async () => {
    const [shop, other] = [await aStore(), await aStore()];
    await load(shop, [asLine({ externalId: 'good' }), asLine({ externalId: 'gone' })].join('\n'));
    await p.rows('product', "update product set state = 'recalled' where store_id = $1 and external_id = 'gone'", [
      shop.storeId,
    ]);
    const lines = (await exported(shop, 'ndjson')).toString().trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as ImportRow).externalId)).toEqual(['good']);
    expect((await other.seller.get(`/seller/products/export?storeId=${shop.storeId}`)).status).toBe(404);
    expect((await new Browser(p.fastify).get(`/seller/products/export?storeId=${shop.storeId}`)).status).toBe(401);
  });
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
