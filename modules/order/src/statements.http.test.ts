import { Browser } from '@um/auth/testing';
import { PAYMENT_SANDBOX } from '@um/payment';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { QuoteView } from './contract.js';
import { anAddress, aShop, fillCart, keyed } from './order.factory.js';

let p: TestPlatform;
let buyer: Browser;
let variants: string[];

beforeAll(async () => {
  p = await testPlatform({
    mode: 'local', // in wire mode every query runs twice on purpose
    services: [
      'audit',
      'config',
      'auth',
      'user',
      'family',
      'store',
      'product',
      'inventory',
      'cart',
      'payment',
      'order',
    ],
    values: new Map([[PAYMENT_SANDBOX, { platformUrl: () => '' }]]),
  });
  const { account } = await new Browser(p.fastify).signUp();
  ({ variants } = await aShop(p, account.id, { stock: 100 }, { stock: 100 }));
  buyer = new Browser(p.fastify);
  await buyer.signUp();
  await fillCart(buyer, { variantId: variants[0]!, qty: 1 });
});
afterAll(() => p.stop());

/** Delivery of facts and transaction brackets around it: they follow a request and are not part of it. */
const DELIVERY = /outbox o\b|update "outbox"|inbox|^(begin|commit)/;
const EXPLICIT = ['um:inventory', 'um:order']; // one transaction each while an order is placed

/** Statements of the contexts while something is done. */
async function statements(work: () => Promise<unknown>): Promise<string[]> {
  await p.settle();
  const texts: string[] = [];
  const original = pg.Client.prototype.query;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: never[]) {
    const [first] = args as unknown as [string | { text: string }];
    const text = typeof first === 'string' ? first : first.text;
    const { application_name: by } = (this as unknown as { connectionParameters: { application_name: string } })
      .connectionParameters;
    if (by.startsWith('um:') && by !== 'um:jobs' && by !== 'um:audit' && !DELIVERY.test(text))
      texts.push(`${by} ${text.trim().slice(0, 60)}`);
    return (original as (...all: never[]) => unknown).apply(this, args) as never;
  } as never);
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  await p.settle();
  return texts;
}

test('adding to a cart takes four statements; six are allowed', async () => {
  const texts = await statements(() => buyer.post('/carts/current/items', { variantId: variants[1]!, qty: 1 }));
  expect(texts).toHaveLength(4);
});

test('placing an order takes eighteen statements, both transactions included; twenty-five are allowed', async () => {
  const { body: quote } = await buyer.post<QuoteView>('/checkout/quote');
  const body = { fingerprint: quote.fingerprint, payment: 'sandbox', address: anAddress };
  let status = 0;
  const texts = await statements(async () => ({ status } = await keyed(buyer, '/checkout', body)));
  expect(status).toBe(201);
  expect(texts.length + EXPLICIT.length * 2).toBe(18);
});
