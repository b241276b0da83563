import { accountsOf, anAdmin, Browser } from '@um/auth/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import {
  product,
  type ChangePage,
  type ChangeView,
  type ImportRow,
  type OfferMade,
  type ProductView,
} from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';

type Changes = z.output<typeof ChangePage>;
type Answer = ChangeView & { code?: string };
let p: TestPlatform;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());

beforeAll(async () => {
  p = await testPlatform();
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
});
afterAll(async () => {
  expect(p.bugs).toEqual([]);
  await p.stop();
});

async function aStore() {
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  return { seller, storeId: await openStore(p, account.id), ownerId: account.id };
}
type Store = Awaited<ReturnType<typeof aStore>>;
async function load({ storeId }: Store, row: ImportRow) {
  const report = await p.wire
    .client(product)
    .importLines(ctx(), { storeId, lines: [JSON.stringify(row)], firstLine: 1 });
  expect(report.problems).toEqual([]);
  await p.settle();
}
/** A product that two stores sell. */
async function aShared() {
  const [owner, other] = [await aStore(), await aStore()];
  const row = anImportRow({ externalId: newId(), title: text('Castle') });
  await load(owner, row);
  const [found] = await p.rows(
    'product',
    'select p.id, p.slug, v.id as variant from product p join variant v on v.product_id = p.id where external_id = $1',
    [row.externalId],
  );
  const id = String(found!['id']);
  const offered = await other.seller.put<OfferMade>('/seller/offers', {
    storeId: other.storeId,
    masterId: id,
    deliveryDays: 2,
    items: [{ variantId: found!['variant'], sku: 'X', priceTiyin: 4_000_000, stock: 3 }],
  });
  expect(offered.status).toBe(200);
  await p.settle();
  return { owner, other, row, id, slug: String(found!['slug']) };
}
async function aModerator() {
  const moderator = new Browser(p.fastify);
  const { account, email } = await moderator.signUp();
  await accountsOf(p).grantRole(ctx(), { accountId: account.id, role: 'moderator' });
  await moderator.signIn(email);
  return { moderator, id: account.id };
}
const ask = ({ seller, storeId }: Store, productId: string, changes: object, note?: string) =>
  seller.post<Answer>('/seller/change-requests', { storeId, productId, changes, ...(note ? { note } : {}) });
const decide = (who: Browser, id: string, decision: object) =>
  who.post<Answer>(`/moderation/change-requests/${id}/decision`, decision);
const page = async (slug: string) => (await new Browser(p.fastify).get<ProductView>(`/products/${slug}`)).body;

describe('a change of a shared product', () => {
  test('waits for a moderator, is seen with what it changes, and takes effect for everybody when approved', async () => {
    const { other, id, slug } = await aShared();
    const { moderator } = await aModerator();
    const asked = await ask(
      other,
      id,
      { title: text('Great castle'), description: text('New words'), brand: 'Tulporcha' },
      'a better name',
    );
    expect(asked).toMatchObject({ status: 201, body: { state: 'waiting', stale: false, note: 'a better name' } });
    expect(asked.body.changes).toEqual({ title: text('Great castle'), description: text('New words') }); // the brand is what it was
    expect(asked.body.before.title).toEqual(text('Castle'));
    expect((await page(slug)).title).toBe('Castle');
    const queue = (await moderator.get<Changes>('/moderation/change-requests')).body.items;
    expect(queue.map((change) => change.id)).toContain(asked.body.id);
    expect(await decide(moderator, asked.body.id, { decision: 'approve' })).toMatchObject({
      status: 200,
      body: { state: 'approved' },
    });
    await p.settle();
    expect(await page(slug)).toMatchObject({ title: 'Great castle', description: 'New words' });
    const { body: list } = await new Browser(p.fastify).get<{ items: { id: string }[] }>('/products?q=great+castle');
    expect(list.items.map((card) => card.id)).toContain(id);
    const notices = await other.seller.get<{ items: { kind: string; href: string; title: string }[] }>(
      '/notifications',
    );
    expect(notices.body.items).toMatchObject([{ kind: 'change_decided', href: '/admin/changes' }]);
    const trace = await p.rows('audit', 'select action from entry where subject = $1', [`product:${id}`]);
    expect(trace.map((row) => row['action'])).toContain('product.change-approved');
  });

  test('of its brand makes it that brand’s', async () => {
    const { owner, id, slug } = await aShared();
    const { moderator } = await aModerator();
    const { body } = await ask(owner, id, { brand: 'Янги Бренд' });
    await decide(moderator, body.id, { decision: 'approve' });
    await p.settle();
    expect(await page(slug)).toMatchObject({ brand: 'Янги Бренд', brandSlug: 'yangi-brend' });
  });

  test('that is refused changes nothing, and its seller reads why', async () => {
    const { owner, id, slug } = await aShared();
    const { moderator } = await aModerator();
    const { body } = await ask(owner, id, { title: text('BUY NOW') });
    expect((await decide(moderator, body.id, { decision: 'reject' })).status).toBe(400);
    expect((await decide(moderator, body.id, { decision: 'reject', reason: 'no shouting' })).status).toBe(200);
    await p.settle();
    expect((await page(slug)).title).toBe('Castle');
    const mine = await owner.seller.get<Changes>('/seller/change-requests');
    expect(mine.body.items).toMatchObject([{ state: 'rejected', reason: 'no shouting' }]);
    expect(await decide(moderator, body.id, { decision: 'approve' })).toMatchObject({
      status: 409,
      body: { code: 'product.CHANGE_DECIDED' },
    });
  });

  test('asked again replaces the first, and can be taken back', async () => {
    const { owner, id } = await aShared();
    const { moderator } = await aModerator();
    const first = await ask(owner, id, { title: text('A') });
    const second = await ask(owner, id, { title: text('B') });
    expect(second.body).toMatchObject({ id: first.body.id, changes: { title: text('B') } });
    expect((await owner.seller.post(`/seller/change-requests/${first.body.id}/withdraw`)).status).toBe(204);
    expect((await owner.seller.post(`/seller/change-requests/${first.body.id}/withdraw`)).status).toBe(409);
    expect((await decide(moderator, first.body.id, { decision: 'approve' })).status).toBe(409);
  });

  test('of two that change the same, the second is out of date when the first is approved', async () => {
    const { owner, other, id, slug } = await aShared();
    const { moderator } = await aModerator();
    const [one, two] = [await ask(owner, id, { title: text('One') }), await ask(other, id, { title: text('Two') })];
    const answers = await Promise.all(
      [one, two].map(({ body }) => decide(moderator, body.id, { decision: 'approve' })),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const left = answers[0]!.status === 409 ? one : two;
    expect(
      (await moderator.get<Changes>('/moderation/change-requests')).body.items.find(({ id: c }) => c === left.body.id),
    ).toMatchObject({ stale: true });
    expect(await decide(moderator, left.body.id, { decision: 'approve' })).toMatchObject({
      status: 409,
      body: { code: 'product.CHANGE_STALE' },
    });
    await p.settle();
    expect((await page(slug)).title).toBe(answers[0]!.status === 200 ? 'One' : 'Two');
  });

  test('is decided once, however many decide at the same moment', async () => {
    const { owner, id } = await aShared();
    const { body } = await ask(owner, id, { title: text('Once') });
    const moderators = await Promise.all(Array.from({ length: 4 }, () => aModerator()));
    const answers = await Promise.all(
      moderators.map(({ moderator }, n) =>
        decide(moderator, body.id, n % 2 ? { decision: 'approve' } : { decision: 'reject', reason: 'no no' }),
      ),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
  });

  test('is asked by its sellers alone, for something that several sell, and in good form', async () => {
    const { owner, other, id } = await aShared();
    const stranger = await aStore();
    expect(await ask(stranger, id, { title: text('X') })).toMatchObject({
      status: 409,
      body: { code: 'product.NOT_SHARED' },
    });
    expect((await ask({ ...stranger, storeId: owner.storeId }, id, { title: text('X') })).status).toBe(404);
    const alone = anImportRow({ externalId: newId() });
    await load(stranger, alone);
    const [mine] = await p.rows('product', 'select id from product where external_id = $1', [alone.externalId]);
    expect((await ask(stranger, String(mine!['id']), { title: text('X') })).status).toBe(409);
    expect(await ask(other, id, { title: text('Castle') })).toMatchObject({
      status: 400,
      body: { code: 'product.NOTHING_TO_CHANGE' },
    });
    expect(await ask(other, id, { pictures: [newId()] })).toMatchObject({
      status: 400,
      body: { code: 'product.NO_PICTURE' },
    });
    expect((await ask(other, id, { ageMinMonths: 0 })).status).toBe(400);
    const { body } = await ask(other, id, { title: text('Y') });
    expect((await owner.seller.post(`/seller/change-requests/${body.id}/withdraw`)).status).toBe(404);
    expect((await decide(owner.seller, body.id, { decision: 'approve' })).status).toBe(403);
    expect((await other.seller.get('/moderation/change-requests')).status).toBe(403);
  });

  test('is not decided by somebody of a store that sells it', async () => {
    const { owner, other, id } = await aShared();
    for (const someone of [owner, other])
      await accountsOf(p).grantRole(ctx(), { accountId: someone.ownerId, role: 'moderator' });
    const { body } = await ask(other, id, { title: text('Mine') });
    for (const someone of [owner, other])
      expect((await decide(someone.seller, body.id, { decision: 'approve' })).status).toBe(403);
    const { admin } = await anAdmin(p);
    expect((await decide(admin, body.id, { decision: 'approve' })).status).toBe(200);
  });
});

test('a file of the store that described it changes prices at once, and its words only by a request', async () => {
  const { owner, row, id, slug } = await aShared();
  const line = { ...row, title: text('From a file'), variants: [{ ...row.variants[0]!, priceTiyin: 3_000_000 }] };
  await load(owner, line);
  expect(await page(slug)).toMatchObject({ title: 'Castle', variants: [{ price: { amount: 3_000_000 } }] });
  const { body } = await owner.seller.get<Changes>('/seller/change-requests');
  expect(body.items).toMatchObject([{ productId: id, state: 'waiting', changes: { title: text('From a file') } }]);
  await load(owner, line); // the same line again asks nothing again
  expect((await owner.seller.get<Changes>('/seller/change-requests')).body.items).toHaveLength(1);
  const { moderator } = await aModerator();
  expect((await decide(moderator, body.items[0]!.id, { decision: 'approve' })).status).toBe(200);
  await p.settle();
  expect((await page(slug)).title).toBe('From a file');
});
