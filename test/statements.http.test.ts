import { AsyncLocalStorage } from 'node:async_hooks';
import { Browser } from '@um/auth/testing';
import { Relay } from '@um/kernel';
import type { QuoteView } from '@um/order';
import { anAddress, aShop, fillCart, keyed } from '@um/order/testing';
import { PAYMENT_SANDBOX } from '@um/payment';
import { anImportRow } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import table from '../bench/statements.json' with { type: 'json' };

let p: TestPlatform;
let buyer: Browser;
let variants: string[];

beforeAll(async () => {
  // In wire mode every query runs twice on purpose.
  p = await testPlatform({ mode: 'local', values: new Map([[PAYMENT_SANDBOX, { platformUrl: () => '' }]]) });
  const { account } = await new Browser(p.fastify).signUp();
  ({ variants } = await aShop(p, account.id, { stock: 100 }, { stock: 100 }));
  buyer = new Browser(p.fastify);
  await buyer.signUp();
  await fillCart(buyer, { variantId: variants[0]!, qty: 1 });
});
afterAll(() => p?.stop());

/** Marks what a request does itself: jobs and listeners of the platform go on beside it. */
const asked = new AsyncLocalStorage<string[]>();

/** Statements that a request waits for, the brackets of its transactions included. */
async function statements(work: () => Promise<{ status: number }>, status: number): Promise<readonly string[]> {
  await p.settle();
  const delivery = vi.spyOn(Relay.prototype, 'wake').mockImplementation(() => undefined); // it follows a request and is not part of it
  const texts: string[] = [];
  const { query: original } = pg.Client.prototype as unknown as { query: (...all: never[]) => unknown };
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: never[]) {
    const [first] = args as unknown as [string | { text: string }];
    asked.getStore()?.push((typeof first === 'string' ? first : first.text).trim());
    return original.apply(this, args) as never;
  } as never);
  try {
    expect((await asked.run(texts, work)).status).toBe(status);
    return [...texts];
  } finally {
    spy.mockRestore();
    delivery.mockRestore();
  }
}

const agrees = (line: keyof typeof table, texts: readonly string[]): void => {
  const { statements: known, budget } = table[line];
  expect(texts, `${line}: after a change that is meant, put the new number into bench/statements.json`).toHaveLength(
    known,
  );
  expect(known).toBeLessThanOrEqual(budget);
};

const guest = async (url: string) => {
  const { statusCode } = await p.fastify.inject({ method: 'GET', url });
  return { status: statusCode };
};

// Each address is asked for the first time: nothing of the answer is ready.
test('a product list', async () => {
  agrees('product list', await statements(() => guest('/api/v1/products?limit=24&lang=en'), 200));
});

test('a product page', async () => {
  const { items } = (await p.fastify.inject('/api/v1/products?limit=1')).json<{ items: { slug: string }[] }>();
  agrees('product page', await statements(() => guest(`/api/v1/products/${items[0]!.slug}?lang=en`), 200));
});

test('adding to a cart', async () => {
  const item = { variantId: variants[1]!, qty: 1 };
  agrees('add to cart', await statements(() => buyer.post('/carts/current/items', item), 200));
});

test('placing an order', async () => {
  const { body: quote } = await buyer.post<QuoteView>('/checkout/quote');
  const body = { fingerprint: quote.fingerprint, payment: 'sandbox', address: anAddress };
  agrees('place an order', await statements(() => keyed(buyer, '/checkout', body), 201));
});

test('a product of a thousand variants is saved by as many statements as one of two', async () => {
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  const { storeId } = await aShop(p, account.id, { stock: 1 });
  const many = (externalId: string, count: number) => ({
    ...anImportRow({ externalId, categoryId: 'order-test', attributes: {}, options: ['n'] }),
    variants: Array.from({ length: count }, (_, n) => ({
      sku: `S${n}`,
      options: { n: `${n}` },
      priceTiyin: 100,
      stock: n,
    })),
  });
  const save = (line: object) => () =>
    seller.put('/seller/products', { storeId, productId: null, basis: null, draftId: null, line });
  expect((await save(many('first', 2))()).status).toBe(200); // who is asked once is asked now
  const few = await statements(save(many('few', 2)), 200);
  expect(await statements(save(many('many', 1_000)), 200)).toHaveLength(few.length);
});
