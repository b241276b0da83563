import { anAdmin, Browser } from '@um/auth/testing';
import type { CartView } from '@um/cart';
import { family, type ApprovalView, type ChildView } from '@um/family';
import { aNewChild } from '@um/family/testing';
import { inventory } from '@um/inventory';
import { newId, systemCtx } from '@um/kernel';
import { payment } from '@um/payment';
import { product, type Bundle, type ProductView } from '@um/product';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { order, type CheckoutAnswer, type OrderView, type SellerTask } from './contract.js';
import { anAddress, aShop, fillCart, fillShelf, keyed, orderServices, type OnShelf } from './order.factory.js';

let p: TestPlatform;
let seller: Browser;
let admin: Browser;
let storeId: string;
interface Problem {
  code: string;
}
type Task = z.infer<typeof SellerTask>;
const ctx = () => systemCtx(p.clock.now());

beforeAll(async () => {
  p = await testPlatform({ services: [...orderServices, 'search'] });
  seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  ({ storeId } = await aShop(p, account.id));
  ({ admin } = await anAdmin(p));
});
afterAll(async () => {
  await whole();
  expect(p.bugs).toEqual([]);
  await p.stop();
});

/** Every invariant of the contexts that take part. */
async function whole() {
  await p.settle();
  p.clock.advance(120_000);
  const clients = [p.wire.client(order), p.wire.client(payment), p.wire.client(inventory), p.wire.client(family)];
  const checks = (await Promise.all(clients.map((client) => client.checkInvariants(ctx(), {})))).flat();
  expect(checks.filter((check) => check.violations.length > 0)).toEqual([]);
}
const free = async (...variantIds: string[]): Promise<number[]> => {
  const found = await p.wire.client(inventory).availability(ctx(), { variantIds });
  return variantIds.map((id) => found.find((row) => row.variantId === id)!.available);
};
const put = async (thing: OnShelf): Promise<string> => (await fillShelf(p, storeId, thing))[0]!;
const makes = (who: Browser, variantId: string, ...parts: [string, number][]) =>
  who.put<Bundle & Problem>(`/seller/variants/${variantId}/parts`, {
    parts: parts.map(([id, qty]) => ({ variantId: id, qty })),
  });
/** A bundle of two of one thing and one of another. */
async function aBundle({
  a = {},
  b = {},
  price = 12_000_000,
}: { a?: Partial<OnShelf>; b?: Partial<OnShelf>; price?: number } = {}) {
  const [kite, ball] = [await put({ stock: 10, ...a }), await put({ stock: 10, ...b })];
  const variantId = await put({ stock: 0, price });
  const made = await makes(seller, variantId, [kite, 2], [ball, 1]);
  expect([made.status, made.body.code]).toEqual([200, undefined]);
  await p.settle();
  return { variantId, kite, ball, productId: made.body.productId };
}
async function anAdult(): Promise<Browser> {
  const browser = new Browser(p.fastify);
  await browser.signUp();
  return browser;
}
async function buys(who: Browser, variantId: string, qty = 1): Promise<OrderView> {
  const { fingerprint } = await fillCart(who, { variantId, qty });
  const placed = await keyed<CheckoutAnswer>(who, '/checkout', { fingerprint, payment: 'cash', address: anAddress });
  expect(placed.status).toBe(201);
  await p.settle();
  return (await who.get<OrderView>(`/orders/${placed.body.orderId}`)).body;
}
const stateOf = async (variantId: string) => (await p.wire.client(product).variants(ctx(), { ids: [variantId] }))[0]!;
const inStock = async (who: Browser, productId: string): Promise<boolean | undefined> => {
  const { body } = await who.get<{ items: { id: string; inStock: boolean }[] }>(
    '/products?category=order-test&limit=48',
  );
  return body.items.find((item) => item.id === productId)?.inStock;
};

describe('a bundle', () => {
  test('shows its parts and what is saved, is there as often as its parts allow, and is packed as its parts', async () => {
    const { variantId, kite, ball, productId } = await aBundle({ a: { vatRate: 0 } });
    const buyer = await anAdult();
    const { variants } = (await buyer.get<ProductView>(`/products/${productId}`)).body;
    expect(variants).toMatchObject([
      {
        price: { amount: 12_000_000 },
        saving: { amount: 3_000_000 },
        parts: [
          { variantId: kite, qty: 2 },
          { variantId: ball, qty: 1 },
        ],
      },
    ]);
    expect(await free(variantId)).toEqual([5]);
    const bought = await buys(buyer, variantId, 2);
    expect(await free(variantId, kite, ball)).toEqual([3, 6, 8]);
    // A third of the price is the ball's, with 12 % inside; the kites have none.
    expect(bought).toMatchObject({ goods: { amount: 24_000_000 }, vatIncluded: { amount: 857_143 } });
    const parts = [{ qty: 4 }, { qty: 2 }];
    expect(bought.sellerOrders[0]!.lines).toMatchObject([{ qty: 2, parts }]);
    const { items } = (await seller.get<{ items: Task[] }>('/seller/orders?limit=1')).body;
    expect(items[0]!.lines).toMatchObject([{ parts }]);
    expect((await keyed(buyer, `/orders/${bought.id}/cancel`)).status).toBe(200);
    await p.settle();
    expect(await free(variantId, kite, ball)).toEqual([5, 10, 10]);
  });

  test('is sold out for everybody as soon as one part is, and back with it', async () => {
    const { variantId, ball, productId } = await aBundle({ b: { stock: 1, key: 'ball-of-one' } });
    const buyer = await anAdult();
    expect(await inStock(buyer, productId)).toBe(true);
    const bought = await buys(buyer, ball);
    expect(await free(variantId)).toEqual([0]);
    expect(await inStock(buyer, productId)).toBe(false);
    const refused = await buyer.post<Problem>('/carts/current/items', { variantId, qty: 1 });
    expect(refused.body.code).toBe('cart.NOT_ENOUGH');
    await keyed(buyer, `/orders/${bought.id}/cancel`);
    await p.settle();
    expect(await inStock(buyer, productId)).toBe(true);
  });

  test('is off sale while a part is: recalled, gone from the file, or moved out of its category', async () => {
    const recalled = await aBundle();
    const { productId } = await stateOf(recalled.ball);
    await admin.post(`/moderation/products/${productId}/decision`, {
      decision: 'recall',
      reason: 'The paint comes off.',
    });
    await p.settle();
    const buyer = await anAdult();
    expect((await stateOf(recalled.variantId)).state).toBe('in_review');
    expect((await buyer.get(`/products/${recalled.productId}`)).status).toBe(404);
    expect(await inStock(buyer, recalled.productId)).toBeUndefined();
    expect((await buyer.post('/carts/current/items', { variantId: recalled.variantId, qty: 1 })).status).toBe(404);
    const key = newId();
    const moved = await aBundle({ a: { key } });
    const text = { uz: 'Balls', ru: 'Balls', en: 'Balls' };
    await p.wire.client(product).putCategories(ctx(), {
      categories: [{ id: 'order-balls', parentId: 'order-test', name: text, icon: null, position: 1 }],
    });
    await put({ key, stock: 10, categoryId: 'order-balls' });
    expect((await stateOf(moved.variantId)).state).toBe('in_review');
  });

  test('is made of what is on sale in its own store and category alone, and costs less than its parts', async () => {
    const [kite, set] = [await put({ stock: 1 }), await put({ stock: 0, price: 9_000_000 })];
    const other = new Browser(p.fastify);
    const { account } = await other.signUp();
    const theirs = (await aShop(p, account.id, { stock: 5 })).variants[0]!;
    expect((await makes(other, set, [kite, 2])).status).toBe(404);
    for (const parts of [
      [[theirs, 2]],
      [[kite, 1]],
      [[set, 2]],
      [
        [kite, 1],
        [kite, 2],
      ],
      [[newId(), 2]],
    ] as [string, number][][])
      expect((await makes(seller, set, ...parts)).body.code).toBe('product.BAD_BUNDLE');
    const dear = await put({ stock: 0, price: 10_000_000 });
    expect((await makes(seller, dear, [kite, 2])).body.code).toBe('product.BUNDLE_PRICE');
    expect((await makes(seller, set, [kite, 2])).status).toBe(200);
    const nested = await put({ stock: 0, price: 1_000 });
    expect((await makes(seller, nested, [set, 2])).body.code).toBe('product.BAD_BUNDLE');
    expect((await makes(seller, kite, [nested, 2])).body.code).toBe('product.BAD_BUNDLE');
    await p.settle();
  });
});

describe('a child', () => {
  async function aFamily() {
    const parent = await anAdult();
    const { body: profile } = await parent.post<ChildView>('/families/children', aNewChild());
    await p.settle();
    const child = parent.onSameDevice();
    await child.childSignIn(profile.id, '4821');
    return { parent, child };
  }

  test('never meets a bundle with a part that is not for it, from the moment the part is not', async () => {
    const { child } = await aFamily();
    for (const over of [{ ageMinMonths: 200 }, { infoMark: '18+' as const }]) {
      const key = newId();
      const { variantId, productId } = await aBundle({ b: { key } });
      expect(await inStock(child, productId)).toBe(true);
      await put({ key, stock: 10, ...over });
      expect(await inStock(child, productId)).toBeUndefined();
      expect((await child.get(`/products/${productId}`)).status).toBe(404);
      expect((await child.post('/carts/current/items', { variantId, qty: 1 })).status).toBe(404);
    }
    const { variantId } = await aBundle({ a: { hazards: ['magnet'] }, b: { hazards: ['small_parts'] } });
    expect((await stateOf(variantId)).facts.hazards.toSorted()).toEqual(['magnet', 'small_parts']);
  });

  test('gets exactly the parts that a parent approved', async () => {
    const { parent, child } = await aFamily();
    const { variantId, kite, ball } = await aBundle();
    await fillCart(child, { variantId, qty: 1 });
    const picks = (await child.get<CartView>('/carts/current')).body;
    expect(picks.lines).toMatchObject([{ parts: [{ qty: 2 }, { qty: 1 }] }]);
    const asked = await keyed<{ approvalId: string }>(child, '/approvals');
    const ask = (await parent.get<ApprovalView>(`/approvals/${asked.body.approvalId}`)).body;
    expect(ask.lines).toMatchObject([{ parts: [{ qty: 2 }, { qty: 1 }] }]);
    expect((await makes(seller, variantId, [kite, 1], [ball, 2])).status).toBe(200);
    await keyed(parent, `/approvals/${ask.id}/decision`, {
      decision: 'approve',
      snapshotHash: ask.snapshotHash,
      payment: 'cash',
      address: anAddress,
    });
    await p.settle();
    expect((await parent.get<ApprovalView>(`/approvals/${ask.id}`)).body.state).toBe('changed');
  });
});

describe('at the same time', () => {
  test('bundles and their parts are sold by many connections: never more than there is, and what is told is true', async () => {
    const { variantId, kite, ball, productId } = await aBundle({ a: { stock: 23 }, b: { stock: 14 } });
    const stock = p.wire.client(inventory);
    const wants = Array.from({ length: 60 }, (_, n) => {
      if (n % 3 === 0)
        return [
          { variantId: kite, qty: 2 },
          { variantId: ball, qty: 1 },
        ];
      return n % 3 === 1 ? [{ variantId: ball, qty: 1 }] : [{ variantId: kite, qty: 1 }];
    });
    const expiresAt = new Date(p.clock.now().getTime() + 60_000);
    const results = await Promise.allSettled(
      wants.map(async (lines, n) => {
        const orderId = newId();
        await stock.reserve(ctx(), { orderId, lines: n % 2 === 0 ? lines : lines.toReversed(), expiresAt });
        if (n % 4 === 0) await stock.release(ctx(), { orderId, reason: 'cancelled' });
        else await stock.commit(ctx(), { orderId });
        return n % 4 === 0 ? [] : lines;
      }),
    );
    const sold = results.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    const units = (id: string) => sold.filter((line) => line.variantId === id).reduce((sum, line) => sum + line.qty, 0);
    const [kites, balls] = [23 - units(kite), 14 - units(ball)];
    expect(
      results.filter((one) => one.status === 'rejected' && !/SOLD_OUT/.test((one.reason as Problem).code)),
    ).toEqual([]);
    expect(Math.min(kites, balls)).toBeGreaterThanOrEqual(0);
    const left = Math.min(Math.floor(kites / 2), balls);
    expect(await free(variantId, kite, ball)).toEqual([left, kites, balls]);
    await p.settle();
    const told = await p.rows('search', 'select available from stock where variant_id = $1', [variantId]);
    expect(told).toEqual([{ available: left }]);
    expect(await inStock(await anAdult(), productId)).toBe(left > 0);
    await whole();
  });

  test('many buyers of bundles and of parts get what there is, and no more', async () => {
    const { variantId, kite, ball } = await aBundle({ a: { stock: 6 }, b: { stock: 4 } });
    const placed = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const buyer = await anAdult();
        const { fingerprint } = await fillCart(buyer, { variantId: n % 2 === 0 ? variantId : kite, qty: 1 });
        return { buyer, fingerprint, n };
      }),
    );
    const answers = await Promise.all(
      placed.map(async ({ buyer, fingerprint, n }) => {
        const body = { fingerprint, payment: 'cash', address: anAddress };
        return { n, ...(await keyed<Problem>(buyer, '/checkout', body)) };
      }),
    );
    await p.settle();
    const done = answers.filter(({ status }) => status === 201);
    const sets = done.filter(({ n }) => n % 2 === 0).length;
    const singles = done.length - sets;
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    expect(await free(kite, ball)).toEqual([6 - 2 * sets - singles, 4 - sets]);
    await whole();
  });
});

test('an order of many bundles of many parts is held whole', async () => {
  const things = await fillShelf(p, storeId, ...Array.from({ length: 20 }, () => ({ stock: 50 })));
  const bundles = await fillShelf(p, storeId, ...Array.from({ length: 6 }, () => ({ stock: 0, price: 10_000_000 })));
  for (const one of bundles)
    expect((await makes(seller, one, ...things.map((id): [string, number] => [id, 1]))).status).toBe(200);
  await p.settle();
  const who = await anAdult();
  const { fingerprint } = await fillCart(who, ...bundles.map((variantId) => ({ variantId, qty: 1 })));
  const placed = await keyed<CheckoutAnswer & Problem>(who, '/checkout', {
    fingerprint,
    payment: 'cash',
    address: anAddress,
  });
  expect([placed.status, placed.body.code]).toEqual([201, undefined]);
  await p.settle();
  expect(await free(...bundles)).toEqual([44, 44, 44, 44, 44, 44]);
});
