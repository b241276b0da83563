import { anAdmin, Browser } from '@um/auth/testing';
import { FILE_FOLDER } from '@um/file';
import { aPdf, uploadDocument } from '@um/file/testing';
import { newId, systemCtx } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { product, type DigitalVariant, type ImportRow, type ProductDoc, type ProductView } from './contract.js';
import { anImportRow, someCategories } from './product.factory.js';

let p: TestPlatform;
let seller: Browser;
let other: Browser;
let admin: Browser;
let storeId: string;
let otherStore: string;
const uploads = mkdtempSync(path.join(tmpdir(), 'um-digital-'));
const ctx = () => systemCtx(p.clock.now());
const products = () => p.wire.client(product);

async function aSeller() {
  const browser = new Browser(p.fastify);
  const { account } = await browser.signUp();
  const storeId = await openStore(p, account.id);
  await p.settle();
  return { browser, storeId };
}
beforeAll(async () => {
  p = await testPlatform({
    services: 'file audit auth config user family store product inventory search'.split(' '),
    values: new Map([[FILE_FOLDER, uploads]]),
  });
  await products().putCategories(ctx(), { categories: [...someCategories] });
  ({ browser: seller, storeId } = await aSeller());
  ({ browser: other, storeId: otherStore } = await aSeller());
  ({ admin } = await anAdmin(p));
});
afterAll(async () => {
  expect(p.bugs).toEqual([]);
  await p.stop();
  rmSync(uploads, { recursive: true, force: true });
});

const aFile = async (who = seller): Promise<string> => (await uploadDocument(p, who, aPdf(newId()))).body.id;
const row = (sku: string, file?: string | null, over: Partial<ImportRow> = {}) =>
  anImportRow({
    externalId: sku,
    variants: [{ sku, options: {}, priceTiyin: 5_000_000, stock: 0, ...(file === undefined ? {} : { file }) }],
    ...over,
  });
async function imported(into: string, ...rows: ImportRow[]) {
  const lines = rows.map((one) => JSON.stringify(one));
  const outcome = await products().importLines(ctx(), { storeId: into, lines, firstLine: 1 });
  await p.settle();
  return outcome;
}
async function docOf(sku: string): Promise<ProductDoc> {
  const docs = await products().docs(ctx(), { after: null, limit: 1_000 });
  return docs.find((doc) => doc.variants.some((variant) => variant.sku === sku))!;
}
const attach = (who: Browser, variantId: string, fileId: string | null) =>
  who.put<DigitalVariant & { code: string }>(`/seller/variants/${variantId}/file`, { fileId });

test('a file makes a variant one that is downloaded; lists have it in stock and its page says what it is', async () => {
  const [sku, file] = [newId(), await aFile()];
  expect(await imported(storeId, row(sku, file))).toMatchObject({ created: 1, problems: [] });
  const doc = await docOf(sku);
  expect(doc).toMatchObject({ state: 'published', variants: [{ digital: true }] });
  const listed = await seller.get<{ items: { id: string; inStock: boolean }[] }>(`/products?q=${sku}`);
  expect(listed.body.items).toMatchObject([{ id: doc.productId, inStock: true }]);
  const page = await seller.get<ProductView>(`/products/${doc.productId}`);
  expect(page.body.variants).toMatchObject([{ digital: { contentType: 'application/pdf' } }]);
  expect(JSON.stringify(page.body)).not.toContain(file);
});

test('the same line again changes nothing, one that leaves the file out keeps it, and an export says it', async () => {
  const [sku, file] = [newId(), await aFile()];
  await imported(storeId, row(sku, file));
  const same = row(sku, file);
  await imported(storeId, same);
  expect(await imported(storeId, same)).toMatchObject({ unchanged: 1, updated: 0 });
  await imported(storeId, row(sku));
  const { variantId } = (await docOf(sku)).variants[0]!;
  expect((await products().variants(ctx(), { ids: [variantId] }))[0]!.digital).toMatchObject({ fileId: file });
  for (const format of ['ndjson', 'csv']) {
    const exported = await p.fastify.inject({
      url: `/api/v1/seller/products/export?storeId=${storeId}&format=${format}`,
      cookies: Object.fromEntries(seller.cookies),
    });
    expect(exported.body).toContain(file);
  }
});

test('a store sells what its own people uploaded, and nobody else’s file', async () => {
  const [sku, file, theirs] = [newId(), await aFile(), await aFile(other)];
  const refused = await imported(storeId, row(sku, theirs), row(newId(), newId()), row(newId(), file));
  expect(refused).toMatchObject({
    created: 1,
    problems: [
      { line: 1, code: 'product.BAD_FILE', field: 'variants.0.file' },
      { line: 2, code: 'product.BAD_FILE' },
    ],
  });
  await imported(storeId, row(sku));
  const { variantId } = (await docOf(sku)).variants[0]!;
  expect((await attach(seller, variantId, theirs)).body.code).toBe('product.BAD_FILE');
  expect((await attach(other, variantId, theirs)).status).toBe(404);
  const picture = newId();
  await p.rows(
    'file',
    `insert into file values ('${picture}', 'image', 'public', null, '${newId()}', 1, 1, null, now())`,
  );
  expect((await attach(seller, variantId, picture)).body.code).toBe('product.BAD_FILE');
  expect(otherStore).not.toBe(storeId);
});

test('a file that nobody has looked at takes a product off sale until a moderator has, however it comes', async () => {
  const [sku, file] = [newId(), await aFile()];
  await imported(storeId, row(sku, file));
  const { productId, variants } = await docOf(sku);
  const variantId = variants[0]!.variantId;
  const publish = async () => {
    expect((await admin.post(`/moderation/products/${productId}/decision`, { decision: 'publish' })).status).toBe(200);
    await p.settle();
  };
  await imported(storeId, row(sku, await aFile()));
  expect((await docOf(sku)).state).toBe('in_review');
  await publish();
  const next = await aFile();
  const given = await attach(seller, variantId, next);
  expect(given.body).toMatchObject({ state: 'in_review', file: { fileId: next } });
  await publish();
  expect((await attach(seller, variantId, next)).body.state).toBe('published');
  const taken = await attach(seller, variantId, null);
  expect(taken.body).toMatchObject({ state: 'published', file: null });
  await p.settle();
  const listed = await seller.get<{ items: { inStock: boolean }[] }>(`/products?q=${sku}`);
  expect(listed.body.items).toMatchObject([{ inStock: false }]);
  const audit = await p.rows(
    'product',
    "select count(*)::int as n from outbox where name like 'audit.%' and payload->>'action' = 'product.file-changed'",
  );
  expect(audit).toEqual([{ n: 2 }]);
});
