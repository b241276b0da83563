import { accountsOf, Browser } from '@um/auth/testing';
import { FILE_FOLDER, FILE_REACH, type Reach } from '@um/file';
import { systemCtx, type Ctx } from '@um/kernel';
import { product, type ChangePage, type ImportProblem, type ImportReport, type ProductView } from '@um/product';
import { asLine, someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';

type Report = z.output<typeof ImportReport>;

let p: TestPlatform;
let base: string;
const folder = mkdtempSync(path.join(tmpdir(), 'um-pictures-'));
const asked: string[] = [];
let away = true;
const ctx = (): Ctx => systemCtx(p.clock.now());
const text = (words: string) => ({ uz: words, ru: words, en: words });
const picture = (side: number, color: string) =>
  sharp({ create: { width: side, height: side, channels: 3, background: color } })
    .png()
    .toBuffer();

/** Somebody else's server. */
const elsewhere = createServer((request, response) => {
  const name = request.url!.slice(1);
  asked.push(name);
  if (name === 'text') return void response.end('<script>');
  if (name === 'later' && away) return void response.writeHead(503).end();
  if (name === 'inside') return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  return void picture(name === 'small' ? 50 : 300, name === 'good' ? '#ff0000' : '#00ff00').then((body) =>
    response.end(body),
  );
});
/** Its port alone may be reached. */
const reach: Reach = {
  mayReach: (address) => address === '127.0.0.1',
  urlOf: (url) => (URL.canParse(url) ? new URL(url) : undefined),
};

beforeAll(async () => {
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  p = await testPlatform({
    services: ['file', 'audit', 'auth', 'family', 'store', 'product'],
    values: new Map<symbol | string, unknown>([
      [FILE_FOLDER, folder],
      [FILE_REACH, reach],
    ]),
  });
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
});
afterAll(async () => {
  elsewhere.close();
  await p.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function waitFor<T>(what: string, look: () => Promise<T | false>): Promise<T> {
  for (let i = 0; i < 400; i += 1) {
    const seen = await look();
    if (seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`still waiting: ${what}`);
}
async function aStore(slug: string): Promise<{ seller: Browser; storeId: string }> {
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  return { seller, storeId: await openStore(p, account.id, { slug }) };
}
async function load(seller: Browser, storeId: string, lines: string): Promise<Report> {
  const response = await p.fastify.inject({
    method: 'POST',
    url: `/api/v1/seller/products/import?storeId=${storeId}`,
    payload: lines,
    cookies: Object.fromEntries(seller.cookies),
    headers: { 'content-type': 'application/x-ndjson', 'x-csrf-token': seller.cookies.get('um_csrf') ?? '' },
  });
  const { importId } = response.json<Report>();
  return waitFor('the import is done', async () => {
    const { body } = await seller.get<Report>(`/seller/imports/${importId}`);
    return body.finishedAt !== null && body;
  });
}
const picturesOf = async (externalId: string) =>
  (await p.rows('product', 'select pictures from product where external_id = $1', [externalId]))[0]![
    'pictures'
  ] as string[];
const waiting = async (report: Report, seller: Browser) =>
  (await seller.get<Report>(`/seller/imports/${report.importId}`)).body.waitingPictures;

test('pictures are fetched after the import, in their order; one that fails is a row of the report and no failed product', async () => {
  const { seller, storeId } = await aStore('pictures');
  const named = ['later', 'good', 'text', 'small', 'inside'].map((name) => `${base}/${name}`);
  const pictureAlts = [text('Its back'), { uz: 'Oldi', ru: 'Спереди', en: 'Its front' }];
  const file = asLine({ externalId: 'bear', pictures: [...named, 'http://10.0.0.1/x.png'], pictureAlts });
  const report = await load(seller, storeId, file);
  expect(report).toMatchObject({ created: 1, failed: 0 });
  await waitFor('all but one are settled', async () => (await waiting(report, seller)) === 1 && true);
  const [good] = await picturesOf('bear');
  const problems = await seller.get<{ items: z.output<typeof ImportProblem>[] }>(
    `/seller/imports/${report.importId}/problems?lang=en`,
  );
  expect(problems.body.items).toMatchObject([
    { line: 1, externalId: 'bear', field: 'pictures', code: 'product.BAD_PICTURE' },
  ]);
  const [{ issues } = { issues: [] }] = (await p.rows('product', 'select issues from import_problem')) as {
    issues: { reason: string; values: { url: string } }[];
  }[];
  expect(issues.map(({ reason, values }) => [values.url, reason]).toSorted(([a], [b]) => (a! < b! ? -1 : 1))).toEqual([
    ['http://10.0.0.1/x.png', 'PICTURE_ADDRESS'],
    [`${base}/inside`, 'PICTURE_ADDRESS'],
    [`${base}/small`, 'PICTURE_TOO_SMALL'],
    [`${base}/text`, 'NO_PICTURE'],
  ]);

  away = false;
  p.clock.advance(60_000);
  await p.work('product.resume-imports');
  await waitFor('the late one is here', async () => (await waiting(report, seller)) === 0 && true);
  const both = await picturesOf('bear');
  expect(both).toEqual([expect.any(String), good]);
  expect(both[0]).not.toBe(good);
  const [{ slug } = { slug: '' }] = await p.rows('product', "select slug from product where external_id = 'bear'");
  const shown = await seller.get<ProductView>(`/products/${String(slug)}?lang=ru`);
  expect(shown.body.pictures).toEqual([
    { id: both[0], alt: 'Its back' },
    { id: good, alt: 'Спереди' },
  ]);

  const before = asked.filter((name) => name === 'good').length;
  expect(await load(seller, storeId, asLine({ ...(JSON.parse(file) as object), title: text('Bear') }))).toMatchObject({
    updated: 1,
  });
  expect(await picturesOf('bear')).toEqual(both);
  expect(asked.filter((name) => name === 'good').length).toBe(before);
});

test('a picture that is fetched for a product that others sell, too, waits for a moderator', async () => {
  const [owner, other, moderator] = [await aStore('mine'), await aStore('theirs'), new Browser(p.fastify)];
  const line = JSON.parse(asLine({ externalId: 'shared' })) as object;
  await load(owner.seller, owner.storeId, JSON.stringify(line));
  const [found] = await p.rows(
    'product',
    "select p.id, v.id as variant from product p join variant v on v.product_id = p.id where external_id = 'shared'",
  );
  const items = [{ variantId: found!['variant'], sku: 'X', priceTiyin: 4_000_000, stock: 3 }];
  const offer = { storeId: other.storeId, masterId: found!['id'], deliveryDays: 2, items };
  expect((await other.seller.put('/seller/offers', offer)).status).toBe(200);

  const url = `${base}/unseen`;
  const report = await load(
    owner.seller,
    owner.storeId,
    JSON.stringify({ ...line, title: text('Named'), pictures: [url] }),
  );
  await waitFor('it was fetched', async () => (await waiting(report, owner.seller)) === 0 && true);
  expect(await picturesOf('shared')).toEqual([]);
  const { body } = await owner.seller.get<z.output<typeof ChangePage>>('/seller/change-requests');
  expect(body.items).toMatchObject([{ state: 'waiting', changes: { title: text('Named') } }]);
  const [request] = body.items;
  expect(request!.changes.pictures).toEqual([expect.any(String)]);

  const { account, email } = await moderator.signUp();
  await accountsOf(p).grantRole(ctx(), { accountId: account.id, role: 'moderator' });
  await moderator.signIn(email);
  const decided = await moderator.post(`/moderation/change-requests/${request!.id}/decision`, { decision: 'approve' });
  expect(decided.status).toBe(200);
  expect(await picturesOf('shared')).toEqual(request!.changes.pictures);
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
