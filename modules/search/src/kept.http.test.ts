import { Browser, PASSWORD } from '@um/auth/testing';
import { aNewChild } from '@um/family/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import { product, type ImportRow } from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import type { ProductPage } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

let p: TestPlatform;
let storeId: string;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());
const open = { hiddenCategories: [], hiddenStores: [], hiddenHazards: [], maxPriceTiyin: null };

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product', 'inventory', 'search'] });
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
  const { account } = await new Browser(p.fastify).signUp();
  storeId = await openStore(p, account.id, { slug: 'lola' });
  await put(
    { title: text('Blocks'), ageMinMonths: 36 },
    { title: text('Magnets'), ageMinMonths: 96, hazards: ['magnet'] },
  );
  await put({ title: text('Saw'), ageMinMonths: 216, categoryId: 'tools' });
});
afterAll(() => p.stop());

async function put(...rows: Partial<ImportRow>[]): Promise<void> {
  const lines = rows.map((row) =>
    JSON.stringify(
      anImportRow({
        externalId: newId(),
        variants: [{ sku: newId(), options: {}, priceTiyin: 100, stock: 5 }],
        ...row,
      }),
    ),
  );
  await p.wire.client(product).importLines(ctx(), { storeId, lines, firstLine: 1 });
  await p.settle();
}

async function anAdult(): Promise<Browser> {
  const browser = new Browser(p.fastify);
  await browser.signUp();
  return browser;
}

/** A child's own device, and how its parent sets what it may see. */
async function aChild(birthDate: string): Promise<{ child: Browser; mayNot: (policy: object) => Promise<void> }> {
  const [adult, child] = [new Browser(p.fastify), new Browser(p.fastify)];
  const { email } = await adult.signUp();
  const { body } = await adult.post<{ id: string }>('/families/children', aNewChild({ birthDate }));
  await child.signIn(email);
  const { status } = await child.childSignIn(body.id, '4821');
  if (status !== 200) throw new Error(`the child's sign-in was answered ${status}`);
  const mayNot = async (policy: object): Promise<void> => {
    await adult.post('/auth/step-up', { password: PASSWORD });
    const { status: done } = await adult.put(`/families/children/${body.id}/policy`, { ...open, ...policy });
    if (done !== 200) throw new Error(`the policy was answered ${done}`);
  };
  return { child, mayNot };
}

const LIST = '/products?sort=price_asc';
const titles = async (who: Browser, path = LIST): Promise<string[]> =>
  (await who.get<ProductPage>(path)).body.items.map((item) => item.title).sort();
/** How many lists of people who are signed in were answered from memory, and how many were not. */
const lists = (): [number, number] => {
  const area = p.cache.stats().areas.find(({ name }) => name === 'lists');
  return [area?.hits.l1 ?? 0, area?.misses ?? 0];
};

describe('a list', () => {
  test('is made once for all adults, and anew when something in it changes', async () => {
    const [hits, misses] = lists();
    for (const adult of [await anAdult(), await anAdult(), await anAdult()])
      expect(await titles(adult)).toEqual(['Blocks', 'Magnets', 'Saw']);
    expect(lists()).toEqual([hits + 2, misses + 1]);
    await put({ title: text('Doll') });
    expect(await titles(await anAdult())).toEqual(['Blocks', 'Doll', 'Magnets', 'Saw']);
  });

  test('is shared by children only when they may see exactly the same', async () => {
    const { child: eight } = await aChild('2018-03-01');
    const { child: also } = await aChild('2018-02-15');
    const { child: five } = await aChild('2021-03-01');
    const { child: careful, mayNot } = await aChild('2018-03-01');
    await mayNot({ hiddenHazards: ['magnet'] });
    const [hits, misses] = lists();
    expect(await titles(eight)).toEqual(['Blocks', 'Doll', 'Magnets']);
    expect(await titles(five)).toEqual(['Blocks', 'Doll']);
    expect(await titles(careful)).toEqual(['Blocks', 'Doll']);
    expect(lists()).toEqual([hits, misses + 3]);
    expect(await titles(also)).toEqual(['Blocks', 'Doll', 'Magnets']);
    expect(lists()).toEqual([hits + 1, misses + 3]);
  });

  test('obeys a parent at the next look, whatever was kept', async () => {
    const { child, mayNot } = await aChild('2018-03-01');
    expect(await titles(child)).toContain('Magnets');
    await mayNot({ hiddenCategories: ['toys'] });
    expect(await titles(child)).toEqual([]);
    await mayNot({});
    expect(await titles(child)).toContain('Magnets');
  });
});

test('what somebody who is signed in sees is never kept for guests, however the cookie is written', async () => {
  const [adult, guest] = [await anAdult(), new Browser(p.fastify)];
  for (const [n, between] of [' =', '\t=', '='].entries()) {
    const path = `/products?maxPrice=${1_000 + n}`;
    const cookie = [...adult.cookies].map(([name, value]) => `${name}${between}${value}`).join(';');
    const own = await p.fastify.inject({ url: `/api/v1${path}`, headers: { cookie } });
    expect(own.json<ProductPage>().items.map((item) => item.title)).toContain('Saw');
    expect(await titles(guest, path)).not.toContain('Saw');
  }
});

test('while the read model is down guests and adults see what was kept lately; a child sees nothing', async () => {
  const [guest, adult, { child }] = [new Browser(p.fastify), await anAdult(), await aChild('2018-03-01')];
  const all = [guest, adult, child];
  const path = '/products?maxPrice=150';
  const [toGuest, toAdult, toChild] = [await titles(guest, path), await titles(adult, path), await titles(child, path)];
  expect([toGuest, toAdult, toChild].map((seen) => seen.length)).toEqual([3, 4, 3]);
  const admin = new pg.Client({ connectionString: p.url });
  await admin.connect();
  await admin.query('alter table search.item rename to item_away');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 60_000 });
  try {
    const answers = await Promise.all(all.map((who) => who.get<ProductPage>(path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 500]);
    const seen = answers.slice(0, 2).map(({ body }) => body.items.map((item) => item.title).sort());
    expect(seen).toEqual([toGuest, toAdult]);
  } finally {
    vi.useRealTimers();
    await admin.query('alter table search.item_away rename to item');
    await admin.end();
  }
});
