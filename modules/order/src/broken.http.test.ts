import { Browser } from '@um/auth/testing';
import { inventory } from '@um/inventory';
import { systemCtx } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { CheckoutAnswer } from './contract.js';
import { anAddress, aShop, fillCart, fillShelf, keyed, orderServices } from './order.factory.js';

/** The connection breaks while an order is committed: nobody hears whether it was. */
let p: TestPlatform;
let storeId: string;
const STOCK = 5;

beforeAll(async () => {
  p = await testPlatform({
    services: orderServices,
  });
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  ({ storeId } = await aShop(p, account.id));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => p.stop());

type Query = (this: pg.Client, text: unknown, ...rest: unknown[]) => Promise<unknown>;

type Fate = 'lost' | 'done' | 'done unseen';
const LOOK = /from "placement" .* for update/;

/** Breaks the connection that writes an order, once: as its commit is sent (`lost`), or as the answer to it comes back (`done`), and then the next one that asks whether it was (`unseen`). */
function breakAtCommit(fate: Fate): void {
  const real = Reflect.get(pg.Client.prototype, 'query') as Query;
  const writers = new WeakSet<pg.Client>();
  const gone = new Error('Connection terminated unexpectedly');
  let broken = false;
  let blind = fate === 'done unseen';
  const query: Query = async function (text, ...rest) {
    // A frequent statement comes with its name.
    const words = typeof text === 'string' ? text : String((text as { text: unknown }).text);
    if (words.includes('insert into orders')) writers.add(this);
    if (broken && blind && LOOK.test(words)) {
      blind = false;
      throw gone;
    }
    if (text !== 'commit' || broken || !writers.has(this)) return real.call(this, text, ...rest);
    broken = true;
    if (fate !== 'lost') await real.call(this, text, ...rest);
    throw gone;
  };
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(query as never);
}

async function aBuyerOf(variantId: string) {
  const buyer = new Browser(p.fastify);
  await buyer.signUp();
  const { fingerprint } = await fillCart(buyer, { variantId, qty: 1 });
  const key = crypto.randomUUID();
  const body = { fingerprint, payment: 'cash', address: anAddress };
  return () => keyed<CheckoutAnswer & { code: string }>(buyer, '/checkout', body, key);
}
const ordersOf = (variantId: string) =>
  p.rows('order', 'select o.id, o.state from orders o join line l on l.order_id = o.id where l.variant_id = $1', [
    variantId,
  ]);
const free = async (variantId: string): Promise<number> =>
  (await p.wire.client(inventory).availability(systemCtx(p.clock.now()), { variantIds: [variantId] }))[0]!.available;

test.each([
  ['done', [201, undefined]],
  ['done unseen', [503, 'http.UNAVAILABLE']],
  ['lost', [503, 'http.UNAVAILABLE']],
] as const)('a commit that is %s: one order, one unit, and the key tells of it', async (fate, first) => {
  const variantId = (await fillShelf(p, storeId, { stock: STOCK, price: 5_000_000 }))[0]!;
  const checkout = await aBuyerOf(variantId);
  breakAtCommit(fate);
  const told = await checkout();
  vi.restoreAllMocks();
  expect([told.status, told.body.code]).toEqual(first);
  const again = await checkout();
  expect(again.status).toBe(201);
  await p.settle();
  expect(await ordersOf(variantId)).toEqual([{ id: again.body.orderId, state: 'confirmed' }]);
  expect(await free(variantId)).toBe(STOCK - 1);
});
