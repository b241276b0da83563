import { anAdmin, Browser } from '@um/auth/testing';
import type { CartView } from '@um/cart';
import { family, type ApprovalView, type ChildView } from '@um/family';
import { aNewChild } from '@um/family/testing';
import { inventory } from '@um/inventory';
import { newId, systemCtx } from '@um/kernel';
import { payment, PAYMENT_SANDBOX } from '@um/payment';
import { store } from '@um/store';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { order, type CheckoutAnswer, type OrderSummary, type OrderView, type SellerTask } from './contract.js';
import { anAddress, aShop, fillCart, fillShelf, keyed, orderServices } from './order.factory.js';

let p: TestPlatform;
let url = '';
let seller: Browser;
let storeId: string;
type Task = z.infer<typeof SellerTask>;
type Problem = { code: string; details?: Record<string, unknown> };

beforeAll(async () => {
  p = await testPlatform({
    services: orderServices,
    values: new Map([[PAYMENT_SANDBOX, { platformUrl: () => url }]]),
  });
  url = (await p.listen(0, '127.0.0.1')).replace('[::1]', '127.0.0.1');
  ({ seller, storeId } = await aSeller());
});
afterAll(async () => {
  await whole();
  expect(p.bugs).toEqual([]);
  await p.stop();
});

const ctx = () => systemCtx(p.clock.now());

async function aSeller() {
  const browser = new Browser(p.fastify);
  const { account } = await browser.signUp();
  const shop = await aShop(p, account.id);
  return { seller: browser, storeId: shop.storeId };
}
const onShelf = async (stock: number, price = 5_000_000): Promise<string> =>
  (await fillShelf(p, storeId, { stock, price }))[0]!;
async function anAdult() {
  const browser = new Browser(p.fastify);
  const { account } = await browser.signUp();
  return { buyer: browser, id: account.id };
}
const placing = (fingerprint: string, pay: 'cash' | 'sandbox' = 'cash', more: object = {}) => ({
  fingerprint,
  payment: pay,
  address: anAddress,
  ...more,
});
async function buys(who: Browser, variantId: string, qty = 1, pay: 'cash' | 'sandbox' = 'cash', more: object = {}) {
  const quote = await fillCart(who, { variantId, qty });
  const placed = await keyed<CheckoutAnswer>(who, '/checkout', placing(quote.fingerprint, pay, more));
  expect(placed.status).toBe(201);
  await p.settle();
  return placed.body;
}
const seen = async (who: Browser, id: string): Promise<OrderView> => (await who.get<OrderView>(`/orders/${id}`)).body;
const free = async (variantId: string): Promise<number> =>
  (await p.wire.client(inventory).availability(ctx(), { variantIds: [variantId] }))[0]!.available;
async function tasksOf(who: Browser, orderNumber: string): Promise<Task[]> {
  const { body } = await who.get<{ items: Task[] }>('/seller/orders?limit=50');
  return body.items.filter((task) => task.orderNumber === orderNumber);
}
async function move(who: Browser, taskId: string, ...steps: string[]) {
  let last = { status: 0, body: {} as Task & Problem };
  for (const to of steps) last = await keyed<Task & Problem>(who, `/seller/orders/${taskId}/moves`, { to });
  await p.settle();
  return last;
}

/** Opens the bank's page; answers what presses one of its buttons and waits until the callback has taken effect. */
async function openPage(redirectUrl: string) {
  const page = await p.fastify.inject({ method: 'GET', url: redirectUrl });
  expect(page.headers['content-type']).toContain('text/html');
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.body)![1]!;
  const [until, signature] = [field('until'), field('signature')];
  return async (decision: 'paid' | 'declined') => {
    const form = new URLSearchParams({ until, signature, decision }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await p.fastify.inject({ method: 'POST', url: redirectUrl.split('?')[0]!, payload: form, headers });
    await p.settle();
    return { status: answer.statusCode, location: answer.headers['location'] };
  };
}
const bankDecides = async (redirectUrl: string, decision: 'paid' | 'declined') =>
  (await openPage(redirectUrl))(decision);

/** Every invariant of the contexts that take part. */
async function whole() {
  await p.settle();
  p.clock.advance(120_000);
  const clients = [p.wire.client(order), p.wire.client(payment), p.wire.client(inventory), p.wire.client(family)];
  const checks = (await Promise.all(clients.map((client) => client.checkInvariants(ctx(), {})))).flat();
  expect(checks.filter((check) => check.violations.length > 0)).toEqual([]);
  return checks;
}

describe('an adult', () => {
  test('buys for cash: confirmed at once, packed, shipped, delivered, completed, the ledger agrees', async () => {
    const variantId = await onShelf(5, 10_000_000);
    const { buyer } = await anAdult();
    const placed = await buys(buyer, variantId, 2);
    expect(placed).toMatchObject({ state: 'confirmed', redirectUrl: null, total: { amount: 22_000_000 } });
    expect((await buyer.get<CartView>('/carts/current')).body.count).toBe(0);
    expect(await free(variantId)).toBe(3);
    const [task] = await tasksOf(seller, placed.number);
    expect(task).toMatchObject({
      state: 'new',
      paid: false,
      payment: 'cash',
      commission: { amount: 2_000_000 },
      moves: ['accepted', 'cancelled'],
      address: anAddress,
    });
    expect((await move(seller, task!.id, 'accepted', 'packed', 'shipped')).body).toMatchObject({
      state: 'shipped',
      moves: ['delivered'],
    });
    expect((await seen(buyer, placed.orderId)).cancellable).toBe(false);
    await move(seller, task!.id, 'delivered');
    const done = await seen(buyer, placed.orderId);
    expect(done).toMatchObject({ state: 'completed', sellerOrders: [{ state: 'delivered' }] });
    expect(done.history.map((h) => h.state)).toEqual([
      'confirmed',
      'accepted',
      'packed',
      'shipped',
      'delivered',
      'completed',
    ]);
    expect((await tasksOf(seller, placed.number))[0]).toMatchObject({ paid: true, address: null, moves: [] });
    expect(await p.wire.client(payment).byOrder(ctx(), { orderId: placed.orderId })).toMatchObject({
      state: 'succeeded',
      amountTiyin: 22_000_000,
    });
    const lines = done.sellerOrders[0]!.lines;
    const bought = (accountId: string) =>
      p.wire.client(order).hasBought(ctx(), { accountId, productId: lines[0]!.productId });
    expect(await bought((await buyer.get<{ id: string }>('/me')).body.id)).toEqual({ bought: true });
    expect(await bought(newId())).toEqual({ bought: false });
  });

  test('pays at the bank: back in the shop the order is paid and the seller may start', async () => {
    const variantId = await onShelf(3);
    const { buyer } = await anAdult();
    const placed = await buys(buyer, variantId, 1, 'sandbox');
    expect(placed.state).toBe('pending_payment');
    expect(await tasksOf(seller, placed.number)).toEqual([]);
    expect((await seen(buyer, placed.orderId)).redirectUrl).toContain('/payments/sandbox/pay/');
    expect(await bankDecides(placed.redirectUrl!, 'paid')).toEqual({
      status: 303,
      location: `/orders/${placed.orderId}`,
    });
    expect(await seen(buyer, placed.orderId)).toMatchObject({ state: 'paid', redirectUrl: null, payUntil: null });
    expect(await tasksOf(seller, placed.number)).toMatchObject([{ state: 'new', paid: true }]);
    expect(await free(variantId)).toBe(2);
  });

  test('may try again after the bank declined', async () => {
    const { buyer } = await anAdult();
    const placed = await buys(buyer, await onShelf(1), 1, 'sandbox');
    await bankDecides(placed.redirectUrl!, 'declined');
    expect(await seen(buyer, placed.orderId)).toMatchObject({ state: 'pending_payment', redirectUrl: null });
    const again = await keyed<CheckoutAnswer>(buyer, `/payments/${placed.orderId}/start`);
    expect(again.status).toBe(200);
    expect(again.body.redirectUrl).not.toBe(placed.redirectUrl);
    await bankDecides(again.body.redirectUrl!, 'paid');
    expect((await seen(buyer, placed.orderId)).state).toBe('paid');
  });

  test('is shown the new quote when a price changed meanwhile, and nothing is ordered', async () => {
    const variantId = await onShelf(5);
    const { buyer } = await anAdult();
    const quote = await fillCart(buyer, { variantId, qty: 1 });
    await fillCart(buyer, { variantId, qty: 1 });
    const refused = await keyed<Problem>(buyer, '/checkout', placing(quote.fingerprint));
    expect([refused.status, refused.body.code]).toEqual([409, 'order.QUOTE_CHANGED']);
    const fresh = refused.body.details!['quote'] as { fingerprint: string; total: { amount: number } };
    expect(fresh.total.amount).toBe(12_000_000);
    expect(await free(variantId)).toBe(5);
    expect((await keyed(buyer, '/checkout', placing(fresh.fingerprint))).status).toBe(201);
    await p.settle();
    expect(await free(variantId)).toBe(3);
  });

  test('does not get what was sold out meanwhile, and may order the rest under the same key', async () => {
    const [last, plenty] = [await onShelf(1), await onShelf(9)];
    const [a, b] = [await anAdult(), await anAdult()];
    const quote = await fillCart(a.buyer, { variantId: last, qty: 1 }, { variantId: plenty, qty: 1 });
    await buys(b.buyer, last);
    const key = newId();
    const refused = await keyed<Problem>(a.buyer, '/checkout', placing(quote.fingerprint), key);
    expect([refused.status, refused.body.code]).toEqual([409, 'cart.NOT_ORDERABLE']);
    expect(await free(plenty)).toBe(9);
    const { body: cart } = await a.buyer.get<CartView>('/carts/current');
    await a.buyer.delete(`/carts/current/items/${cart.lines.find((l) => l.variantId === last)!.id}`);
    const { body: rest } = await a.buyer.post<{ fingerprint: string }>('/checkout/quote');
    expect((await keyed(a.buyer, '/checkout', placing(rest.fingerprint), key)).status).toBe(201);
  });

  test('pays for delivery only below the free amount', async () => {
    const { buyer } = await anAdult();
    expect(await fillCart(buyer, { variantId: await onShelf(1, 49_000_000), qty: 1 })).toMatchObject({
      delivery: { amount: 2_000_000 },
    });
    expect(await fillCart(buyer, { variantId: await onShelf(1, 1_000_000), qty: 1 })).toMatchObject({
      delivery: { amount: 0 },
      total: { amount: 50_000_000 },
    });
  });

  test('cancels a paid order: the money goes back, units return, sellers stop', async () => {
    const variantId = await onShelf(2);
    const { buyer } = await anAdult();
    const placed = await buys(buyer, variantId, 2, 'sandbox');
    await bankDecides(placed.redirectUrl!, 'paid');
    const [task] = await tasksOf(seller, placed.number);
    await move(seller, task!.id, 'accepted');
    const cancelled = await keyed<OrderView>(buyer, `/orders/${placed.orderId}/cancel`);
    expect(cancelled.body).toMatchObject({
      state: 'cancelled',
      cancellable: false,
      sellerOrders: [{ state: 'cancelled' }],
    });
    await p.settle();
    expect(await free(variantId)).toBe(2);
    expect(await p.wire.client(payment).byOrder(ctx(), { orderId: placed.orderId })).toMatchObject({
      state: 'refunded',
    });
    expect((await move(seller, task!.id, 'packed')).body.code).toBe('order.BAD_MOVE');
    expect((await keyed<Problem>(buyer, `/orders/${placed.orderId}/cancel`)).body.code).toBe('order.BAD_MOVE');
  });

  test('loses an order that was not paid in time; money that comes later goes back', async () => {
    const variantId = await onShelf(1);
    const { buyer } = await anAdult();
    const placed = await buys(buyer, variantId, 1, 'sandbox');
    p.clock.advance(10 * 60_000);
    const press = await openPage(placed.redirectUrl!);
    p.clock.advance(21 * 60_000);
    await p.work('order.sweep-unpaid');
    await p.settle();
    expect(await seen(buyer, placed.orderId)).toMatchObject({
      state: 'expired',
      sellerOrders: [{ state: 'cancelled' }],
    });
    expect(await free(variantId)).toBe(1);
    expect((await keyed<Problem>(buyer, `/payments/${placed.orderId}/start`)).body.code).toBe('order.BAD_MOVE');
    await press('paid');
    expect(
      await p.rows(
        'payment',
        'select kind, amount from refund where payment_id = (select id from payment where order_id = $1)',
        [placed.orderId],
      ),
    ).toEqual([{ kind: 'late', amount: 7_000_000 }]);
    expect((await seen(buyer, placed.orderId)).state).toBe('expired');
  });
});

describe('a guest', () => {
  test('fills a cart, buys with an e-mail address and finds the order again', async () => {
    const variantId = await onShelf(2);
    const guest = new Browser(p.fastify);
    const quote = await fillCart(guest, { variantId, qty: 1 });
    const nameless = await keyed<Problem>(guest, '/checkout', placing(quote.fingerprint));
    expect([nameless.status, nameless.body.code]).toEqual([400, 'order.EMAIL_NEEDED']);
    const placed = await keyed<CheckoutAnswer>(
      guest,
      '/checkout',
      placing(quote.fingerprint, 'sandbox', { email: 'guest@example.com' }),
    );
    expect(placed.status).toBe(201);
    await bankDecides(placed.body.redirectUrl!, 'paid');
    expect(await seen(guest, placed.body.orderId)).toMatchObject({ state: 'paid', address: anAddress });
    const { body } = await guest.get<{ items: z.infer<typeof OrderSummary>[] }>('/orders');
    expect(body.items).toMatchObject([{ id: placed.body.orderId, count: 1 }]);
    const stranger = new Browser(p.fastify);
    expect((await stranger.get(`/orders/${placed.body.orderId}`)).status).toBe(404);
    expect((await stranger.get<{ items: unknown[] }>('/orders')).body.items).toEqual([]);
  });

  test('without a cart shares no idempotency key with another stranger', async () => {
    const sent = { headers: { 'idempotency-key': newId() } };
    const asks = [placing('a', 'cash', { email: 'not an address' }), placing('b', 'sandbox')];
    for (const body of asks) {
      const { body: answer } = await new Browser(p.fastify).post<Problem>('/checkout', body, sent);
      expect(answer.code).not.toBe('http.KEY_REUSED');
    }
  });
});

describe('a child', () => {
  async function aFamily(limits: object = { dayTiyin: 100_000_000, weekTiyin: null, monthTiyin: null }) {
    const parent = new Browser(p.fastify);
    const { account } = await parent.signUp();
    const { body: profile } = await parent.post<ChildView>('/families/children', aNewChild({ limits } as never));
    await p.settle();
    const child = parent.onSameDevice();
    const signedIn = await child.childSignIn(profile.id, '4821');
    expect(signedIn.status).toBe(200);
    return { parent, parentId: account.id, child, childId: profile.id };
  }
  const decide = (parent: Browser, ask: ApprovalView, pay: 'cash' | 'sandbox' = 'cash') =>
    keyed<ApprovalView>(parent, `/approvals/${ask.id}/decision`, {
      decision: 'approve',
      snapshotHash: ask.snapshotHash,
      payment: pay,
      address: anAddress,
    });
  async function asks(child: Browser, parent: Browser, variantId: string, qty = 1): Promise<ApprovalView> {
    await fillCart(child, { variantId, qty });
    const asked = await keyed<{ approvalId: string }>(child, '/approvals', { note: 'Iltimos!' });
    expect(asked.status).toBe(201);
    return (await parent.get<ApprovalView>(`/approvals/${asked.body.approvalId}`)).body;
  }
  const orderOf = async (who: Browser): Promise<OrderView> => {
    const { body } = await who.get<{ items: z.infer<typeof OrderSummary>[] }>('/orders');
    return seen(who, body.items[0]!.id);
  };
  /** Something at 50 000 soʻm whose price its seller can change. */
  async function repriceable() {
    const key = newId();
    const [variantId] = await fillShelf(p, storeId, { stock: 3, key });
    return { variantId: variantId!, reprice: (price: number) => fillShelf(p, storeId, { stock: 3, price, key }) };
  }
  const left = async (parent: Browser, childId: string) => {
    const { body } = await parent.get<ChildView>(`/families/children/${childId}`);
    return body.spending.find((s) => s.window === 'day');
  };

  test('asks, the parent approves, and exactly that is ordered and delivered', async () => {
    const { parent, parentId, child, childId } = await aFamily();
    const variantId = await onShelf(5, 10_000_000);
    expect((await keyed<Problem>(child, '/checkout', placing('x'))).status).toBe(403);
    const ask = await asks(child, parent, variantId, 2);
    expect(ask).toMatchObject({
      state: 'pending',
      total: { amount: 22_000_000 },
      lines: [{ qty: 2 }],
      note: 'Iltimos!',
    });
    expect((await child.get<CartView>('/carts/current')).body.count).toBe(0);
    expect((await decide(parent, ask)).status).toBe(200);
    await p.settle();
    const own = await orderOf(child);
    expect(own).toMatchObject({
      state: 'confirmed',
      address: null,
      cancellable: false,
      childId,
      approvalId: ask.id,
      total: { amount: 22_000_000 },
    });
    expect(await orderOf(parent)).toMatchObject({ id: own.id, address: anAddress, cancellable: true });
    expect((await parent.get<ApprovalView>(`/approvals/${ask.id}`)).body).toMatchObject({
      state: 'ordered',
      orderId: own.id,
    });
    expect(await p.rows('order', 'select buyer_id, child_id from orders where id = $1', [own.id])).toEqual([
      { buyer_id: parentId, child_id: childId },
    ]);
    const [task] = await tasksOf(seller, own.number);
    await move(seller, task!.id, 'accepted', 'packed', 'shipped', 'delivered');
    expect((await orderOf(child)).state).toBe('completed');
    expect(await left(parent, childId)).toMatchObject({ settled: { amount: 22_000_000 }, held: { amount: 0 } });
  });

  test('gets an order that the parent pays at the bank; cancelling frees the limit', async () => {
    const { parent, child, childId } = await aFamily();
    const ask = await asks(child, parent, await onShelf(1, 10_000_000));
    await decide(parent, ask, 'sandbox');
    await p.settle();
    const waiting = await orderOf(parent);
    expect(waiting).toMatchObject({ state: 'pending_payment' });
    expect((await orderOf(child)).redirectUrl).toBeNull();
    await bankDecides(waiting.redirectUrl!, 'paid');
    expect((await orderOf(child)).state).toBe('paid');
    expect((await keyed(child, `/orders/${waiting.id}/cancel`)).status).toBe(403);
    expect((await keyed(parent, `/orders/${waiting.id}/cancel`)).status).toBe(200);
    await p.settle();
    expect(await left(parent, childId)).toMatchObject({ settled: { amount: 0 }, held: { amount: 0 } });
  });

  test('gets nothing dearer than what was approved: the ask ends as changed and the limit is free', async () => {
    const { parent, child, childId } = await aFamily();
    const { variantId, reprice } = await repriceable();
    const ask = await asks(child, parent, variantId);
    await reprice(5_000_001);
    await decide(parent, ask);
    await p.settle();
    expect((await parent.get<ApprovalView>(`/approvals/${ask.id}`)).body).toMatchObject({
      state: 'changed',
      orderId: null,
    });
    expect((await parent.get<{ items: unknown[] }>('/orders')).body.items).toEqual([]);
    expect(await left(parent, childId)).toMatchObject({ held: { amount: 0 } });
  });

  test('gets the lower price when it fell', async () => {
    const { parent, child } = await aFamily();
    const { variantId, reprice } = await repriceable();
    const ask = await asks(child, parent, variantId);
    await reprice(4_000_000);
    await decide(parent, ask);
    await p.settle();
    expect(await orderOf(parent)).toMatchObject({ total: { amount: 6_000_000 } });
  });

  test('gets nothing when it was sold out meanwhile', async () => {
    const { parent, child } = await aFamily();
    const variantId = await onShelf(1);
    const ask = await asks(child, parent, variantId);
    await buys((await anAdult()).buyer, variantId);
    await decide(parent, ask);
    await p.settle();
    expect((await parent.get<ApprovalView>(`/approvals/${ask.id}`)).body).toMatchObject({ state: 'changed' });
    expect((await parent.get<{ items: unknown[] }>('/orders')).body.items).toEqual([]);
  });

  test('one approval is one order, however often its fact arrives', async () => {
    const { parent, child } = await aFamily();
    const ask = await asks(child, parent, await onShelf(9));
    await decide(parent, ask);
    await p.settle();
    const facts = await p.rows(
      'family',
      "select payload from outbox where name = 'family.approval-decided.v1' and payload->>'approvalId' = $1 and payload->>'state' = 'approved'",
      [ask.id],
    );
    expect(facts).toHaveLength(1);
    await p.rows('order', "delete from inbox where subscriber = 'order.orderApproved'");
    await p.rows(
      'family',
      "update outbox set state = 'pending', done_at = null where name = 'family.approval-decided.v1' and payload->>'approvalId' = $1",
      [ask.id],
    );
    await p.settle();
    expect((await parent.get<{ items: unknown[] }>('/orders')).body.items).toHaveLength(1);
  });

  test('cannot ask when its parent no longer allows shopping, and nothing approved is ordered then', async () => {
    const { parent, child, childId } = await aFamily();
    const variantId = await onShelf(5);
    const ask = await asks(child, parent, variantId);
    await fillCart(child, { variantId, qty: 1 });
    await parent.delete(`/families/children/${childId}/consents/shopping`);
    const refused = await keyed<Problem>(child, '/approvals');
    expect([refused.status, refused.body.code, refused.body.details]).toEqual([
      403,
      'family.BLOCKED',
      { reasons: ['consent'] },
    ]);
    await decide(parent, ask);
    await p.settle();
    expect((await parent.get<{ items: unknown[] }>('/orders')).body.items).toEqual([]);
    expect((await parent.get<ApprovalView>(`/approvals/${ask.id}`)).body.state).toBe('changed');
  });

  test('gets nothing under another policy than the one that was approved', async () => {
    const { parent, child, childId } = await aFamily();
    const ask = await asks(child, parent, await onShelf(5));
    await parent.put(`/families/children/${childId}/policy`, {
      hiddenCategories: [],
      hiddenStores: [],
      hiddenHazards: [],
      maxPriceTiyin: 90_000_000,
    });
    await decide(parent, ask);
    await p.settle();
    expect((await parent.get<ApprovalView>(`/approvals/${ask.id}`)).body.state).toBe('changed');
  });

  test('one key is one ask, also when its first answer was lost', async () => {
    const { parent, child } = await aFamily();
    await fillCart(child, { variantId: await onShelf(5), qty: 1 });
    const key = newId();
    const all = await Promise.all(
      [1, 2, 3, 4].map(() => keyed<{ approvalId: string } & Problem>(child, '/approvals', {}, key)),
    );
    const first = all.find((a) => a.status === 201)!.body;
    await p.rows('order', 'delete from idempotency where key = $1', [key]);
    expect((await keyed<{ approvalId: string }>(child, '/approvals', {}, key)).body.approvalId).toBe(first.approvalId);
    expect((await parent.get<{ items: unknown[] }>('/approvals')).body.items).toHaveLength(1);
  });

  test('sees only its own orders, and a stranger none of them', async () => {
    const { parent, child } = await aFamily();
    const own = await buys(parent, await onShelf(1));
    expect((await child.get(`/orders/${own.orderId}`)).status).toBe(404);
    expect((await child.get<{ items: unknown[] }>('/orders')).body.items).toEqual([]);
    expect((await (await anAdult()).buyer.get(`/orders/${own.orderId}`)).status).toBe(404);
  });
});

describe('an order of several sellers', () => {
  async function split(pay: 'cash' | 'sandbox') {
    const other = await aSeller();
    const mine = await onShelf(3, 10_000_000);
    const [theirs] = await fillShelf(p, other.storeId, { stock: 3, price: 20_000_000 });
    const { buyer } = await anAdult();
    const quote = await fillCart(buyer, { variantId: mine, qty: 1 }, { variantId: theirs!, qty: 1 });
    const { body: placed } = await keyed<CheckoutAnswer>(buyer, '/checkout', placing(quote.fingerprint, pay));
    await p.settle();
    if (placed.redirectUrl) await bankDecides(placed.redirectUrl, 'paid');
    const [[myTask], [theirTask]] = [await tasksOf(seller, placed.number), await tasksOf(other.seller, placed.number)];
    return { buyer, placed, other, myTask: myTask!, theirTask: theirTask! };
  }

  test('is packed by each for itself; a cancelled part is given back, the rest completes the order', async () => {
    const { buyer, placed, other, myTask, theirTask } = await split('sandbox');
    expect((await other.seller.get(`/seller/orders/${myTask.id}`)).status).toBe(404);
    expect((await move(other.seller, myTask.id, 'accepted')).status).toBe(404);
    await move(seller, myTask.id, 'cancelled');
    expect(await seen(buyer, placed.orderId)).toMatchObject({ state: 'paid', cancellable: true });
    expect(await p.wire.client(payment).byOrder(ctx(), placed)).toMatchObject({ state: 'partially_refunded' });
    await move(other.seller, theirTask.id, 'accepted', 'packed', 'shipped', 'delivered');
    expect((await seen(buyer, placed.orderId)).state).toBe('completed');
  });

  test('collects cash only for what was delivered', async () => {
    const { buyer, placed, other, myTask, theirTask } = await split('cash');
    await move(other.seller, theirTask.id, 'accepted', 'packed', 'shipped', 'delivered');
    expect((await seen(buyer, placed.orderId)).state).toBe('confirmed');
    await move(seller, myTask.id, 'cancelled');
    expect((await seen(buyer, placed.orderId)).state).toBe('completed');
    expect(await p.wire.client(payment).byOrder(ctx(), placed)).toMatchObject({
      state: 'succeeded',
      amountTiyin: 22_000_000,
    });
  });

  test('is cancelled when every seller cancels, and everything goes back', async () => {
    const { buyer, placed, other, myTask, theirTask } = await split('sandbox');
    await move(seller, myTask.id, 'cancelled');
    await move(other.seller, theirTask.id, 'accepted', 'cancelled');
    expect((await seen(buyer, placed.orderId)).state).toBe('cancelled');
    expect(await p.wire.client(payment).byOrder(ctx(), placed)).toMatchObject({ state: 'refunded' });
  });

  test('delivered by both at the same time is completed once', async () => {
    const { buyer, placed, other, myTask, theirTask } = await split('cash');
    await move(seller, myTask.id, 'accepted', 'packed', 'shipped');
    await move(other.seller, theirTask.id, 'accepted', 'packed', 'shipped');
    await Promise.all([move(seller, myTask.id, 'delivered'), move(other.seller, theirTask.id, 'delivered')]);
    await p.settle();
    const done = await seen(buyer, placed.orderId);
    expect(done.history.filter((h) => h.state === 'completed')).toHaveLength(1);
    expect(await p.wire.client(payment).byOrder(ctx(), placed)).toMatchObject({
      state: 'succeeded',
      amountTiyin: 32_000_000,
    });
  });

  test('shipped and cancelled at the same time is one of the two', async () => {
    const parcels = await Promise.all([1, 2, 3, 4, 5].map(() => split('cash')));
    for (const { myTask } of parcels) await move(seller, myTask.id, 'accepted', 'packed');
    await Promise.all(
      parcels.flatMap(({ buyer, placed, myTask }) => [
        keyed(buyer, `/orders/${placed.orderId}/cancel`),
        keyed(seller, `/seller/orders/${myTask.id}/moves`, { to: 'shipped' }),
      ]),
    );
    await p.settle();
    for (const { buyer, placed } of parcels) {
      const { state, sellerOrders } = await seen(buyer, placed.orderId);
      const parts = sellerOrders
        .map((part) => part.state)
        .toSorted()
        .join(' ');
      expect(['cancelled: cancelled cancelled', 'confirmed: new shipped']).toContain(`${state}: ${parts}`);
    }
  });

  test('is listed for each seller by state and store, page by page', async () => {
    const { other, theirTask } = await split('cash');
    type Page = { items: Task[]; nextCursor: string | null };
    const list = async (query: string) => (await other.seller.get<Page>(`/seller/orders?${query}`)).body;
    expect((await list('state=new')).items.map((task) => task.id)).toEqual([theirTask.id]);
    expect((await list('state=shipped')).items).toEqual([]);
    expect((await list(`storeId=${storeId}`)).items).toEqual([]);
    const mine = async (query: string) => (await seller.get<Page>(`/seller/orders?${query}`)).body;
    const first = await mine('limit=2');
    const second = await mine(`limit=2&cursor=${first.nextCursor}`);
    expect(new Set([...first.items, ...second.items].map((task) => task.id)).size).toBe(4);
    expect((await (await anAdult()).buyer.get('/seller/orders')).status).toBe(403);
  });

  test('lets no part skip a step or move before it is paid', async () => {
    const { myTask } = await split('cash');
    for (const to of ['packed', 'shipped', 'delivered'])
      expect((await move(seller, myTask.id, to)).body.code).toBe('order.BAD_MOVE');
    const { buyer } = await anAdult();
    const waiting = await buys(buyer, await onShelf(1), 1, 'sandbox');
    const [part] = await p.rows('order', 'select id from seller_order where order_id = $1', [waiting.orderId]);
    expect((await move(seller, String(part!['id']), 'accepted')).status).toBe(404);
  });
});

describe('at the same time', () => {
  test('thirty buyers of ten units give exactly ten orders', async () => {
    const variantId = await onShelf(10);
    const buyers = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const guest = new Browser(p.fastify);
        return { guest, quote: await fillCart(guest, { variantId, qty: 1 }) };
      }),
    );
    const answers = await Promise.all(
      buyers.map(({ guest, quote }) =>
        keyed<Problem>(guest, '/checkout', placing(quote.fingerprint, 'cash', { email: 'a@example.com' })),
      ),
    );
    expect(answers.filter((a) => a.status === 201)).toHaveLength(10);
    expect(new Set(answers.filter((a) => a.status !== 201).map((a) => `${a.status} ${a.body.code}`))).not.toContain(
      '500',
    );
    expect(answers.every((a) => a.status === 201 || a.status === 409)).toBe(true);
    await p.settle();
    expect(await free(variantId)).toBe(0);
    const [{ n }] = (await p.rows('order', 'select count(*)::int as n from line where variant_id = $1', [
      variantId,
    ])) as [{ n: number }];
    expect(n).toBe(10);
  });

  test('one key sent twenty times is one order', async () => {
    const variantId = await onShelf(100);
    const { buyer, id } = await anAdult();
    const quote = await fillCart(buyer, { variantId, qty: 1 });
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        keyed<CheckoutAnswer & Problem>(buyer, '/checkout', placing(quote.fingerprint), key),
      ),
    );
    expect(answers.every((a) => a.status === 201 || a.body.code === 'http.IN_PROGRESS')).toBe(true);
    expect(new Set(answers.filter((a) => a.status === 201).map((a) => a.body.orderId)).size).toBe(1);
    const again = await keyed<CheckoutAnswer>(buyer, '/checkout', placing(quote.fingerprint), key);
    expect([again.status, again.headers['idempotent-replay']]).toEqual([201, 'true']);
    expect((await p.rows('order', 'select id from orders where buyer_id = $1', [id])).length).toBe(1);
    expect((await keyed<Problem>(buyer, '/checkout', placing('another'), key)).status).toBe(422);
  });

  test('a key whose first attempt crashed after writing the order goes on with it', async () => {
    const variantId = await onShelf(9);
    const { buyer, id } = await anAdult();
    const quote = await fillCart(buyer, { variantId, qty: 1 });
    const key = newId();
    const first = await keyed<CheckoutAnswer>(buyer, '/checkout', placing(quote.fingerprint, 'sandbox'), key);
    await p.rows('order', 'delete from idempotency where key = $1', [key]);
    const second = await keyed<CheckoutAnswer>(buyer, '/checkout', placing(quote.fingerprint, 'sandbox'), key);
    expect(second.body).toEqual(first.body);
    expect((await p.rows('order', 'select id from orders where buyer_id = $1', [id])).length).toBe(1);
    expect(await free(variantId)).toBe(8);
  });

  test('paying and cancelling end in one of two ways, never between', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { buyer } = await anAdult();
        const placed = await buys(buyer, await onShelf(1), 1, 'sandbox');
        await Promise.all([bankDecides(placed.redirectUrl!, 'paid'), keyed(buyer, `/orders/${placed.orderId}/cancel`)]);
        await p.settle();
        return {
          state: (await seen(buyer, placed.orderId)).state,
          money: (await p.wire.client(payment).byOrder(ctx(), placed))!.state,
        };
      }),
    );
    for (const { state, money } of outcomes)
      expect(['cancelled cancelled', 'cancelled refunded', 'paid succeeded']).toContain(`${state} ${money}`);
  });
});

describe('the audit', () => {
  /** Changes rows behind everybody's back, as only the owner of the database can, and answers which invariants notice. */
  async function bent(table: string, set: string, back: string, which: string): Promise<string[]> {
    const bend = (change: string) =>
      p.rows(
        'order',
        `alter table ${table} disable trigger user; update ${table} set ${change} where ${which}; alter table ${table} enable trigger user`,
      );
    await bend(set);
    p.clock.advance(120_000);
    const checks = await p.wire.client(order).checkInvariants(ctx(), {});
    await bend(back);
    return checks.filter((check) => check.violations.length > 0).map((check) => check.invariant);
  }

  test('finds an order whose figures, state or approval were bent', async () => {
    const { buyer } = await anAdult();
    const placed = await buys(buyer, await onShelf(1));
    const own = `id = '${placed.orderId}'`;
    const lines = `order_id = '${placed.orderId}'`;
    expect(await bent('line', 'commission = commission + 1', 'commission = commission - 1', lines)).toEqual(['I10']);
    expect(await bent('line', 'vat = vat - 1', 'vat = vat + 1', lines)).toEqual(['I10']);
    expect(await bent('seller_order', 'commission_bp = 1', 'commission_bp = 1000', lines)).toEqual(['I10']);
    expect(await bent('orders', "state = 'completed'", "state = 'confirmed'", own)).toEqual(['I5', 'order-states']);
    expect(await bent('orders', "state = 'cancelled'", "state = 'confirmed'", own)).toEqual(['I2', 'order-states']);
    const child = `child_id = '${newId()}', family_id = '${newId()}', approval_id = '${newId()}', snapshot_hash = 'made up'`;
    expect(
      await bent('orders', child, 'child_id = null, family_id = null, approval_id = null, snapshot_hash = null', own),
    ).toEqual(['I6']);
  });
});

describe('a crash', () => {
  const forgetPayment = (orderId: string) =>
    p.rows(
      'payment',
      `with p as (select id from payment where order_id = '${orderId}'), h as (delete from payment_history using p where payment_id = p.id), s as (delete from share using p where payment_id = p.id),
      t as (delete from transaction using p where payment_id = p.id) delete from payment using p where payment.id = p.id`,
    );

  test('before the payment was opened is made up for by the same key', async () => {
    const { buyer } = await anAdult();
    const quote = await fillCart(buyer, { variantId: await onShelf(1), qty: 1 });
    const key = newId();
    const { body: placed } = await keyed<CheckoutAnswer>(
      buyer,
      '/checkout',
      placing(quote.fingerprint, 'sandbox'),
      key,
    );
    await forgetPayment(placed.orderId);
    await p.rows('order', 'delete from idempotency where key = $1', [key]);
    const { body: again } = await keyed<CheckoutAnswer>(buyer, '/checkout', placing(quote.fingerprint, 'sandbox'), key);
    expect(again.orderId).toBe(placed.orderId);
    await bankDecides(again.redirectUrl!, 'paid');
    expect((await seen(buyer, placed.orderId)).state).toBe('paid');
  });

  test('before the payment was opened, never tried again, ends by itself', async () => {
    const variantId = await onShelf(1);
    const { buyer } = await anAdult();
    const placed = await buys(buyer, variantId, 1, 'sandbox');
    await forgetPayment(placed.orderId);
    p.clock.advance(31 * 60_000);
    await p.work('order.sweep-unpaid');
    await p.settle();
    expect((await seen(buyer, placed.orderId)).state).toBe('expired');
    expect(await free(variantId)).toBe(1);
  });

  test('before the order was written frees the units when their time is over', async () => {
    const variantId = await onShelf(1);
    await p.wire.client(inventory).reserve(ctx(), {
      orderId: newId(p.clock.now()),
      lines: [{ variantId, qty: 1 }],
      expiresAt: new Date(p.clock.now().getTime() + 60_000),
    });
    expect(await free(variantId)).toBe(0);
    p.clock.advance(61_000);
    await p.work('inventory.sweep-reservations');
    expect(await free(variantId)).toBe(1);
  });

  test('between the decision to cancel and what follows from it loses nothing: the fact waits', async () => {
    const variantId = await onShelf(1);
    const { buyer } = await anAdult();
    const placed = await buys(buyer, variantId, 1, 'sandbox');
    await bankDecides(placed.redirectUrl!, 'paid');
    await keyed(buyer, `/orders/${placed.orderId}/cancel`);
    await p.settle();
    await p.rows('order', "delete from inbox where subscriber = 'order.undoEnded'");
    await p.rows(
      'order',
      "update outbox set state = 'pending', done_at = null where name = 'order.cancelled.v1' and aggregate = $1",
      [placed.orderId],
    );
    await p.settle();
    expect(await free(variantId)).toBe(1);
    expect(await p.wire.client(payment).byOrder(ctx(), placed)).toMatchObject({ state: 'refunded' });
  });
});

test('a way of paying that is closed leaves nothing behind, and the same key may pay in another way', async () => {
  const other = await testPlatform({
    services: orderServices,
  });
  try {
    const { account } = await new Browser(other.fastify).signUp();
    const { variants } = await aShop(other, account.id, { stock: 1 });
    const buyer = new Browser(other.fastify);
    await buyer.signUp();
    const quote = await fillCart(buyer, { variantId: variants[0]!, qty: 1 });
    const key = newId();
    const refused = await keyed<Problem>(buyer, '/checkout', placing(quote.fingerprint, 'sandbox'), key);
    expect([refused.status, refused.body.code]).toEqual([409, 'payment.METHOD_OFF']);
    await other.settle();
    expect((await buyer.get<CartView>('/carts/current')).body.count).toBe(1);
    const placed = await keyed<CheckoutAnswer>(buyer, '/checkout', placing(quote.fingerprint, 'cash'), key);
    expect([placed.status, placed.body.state]).toEqual([201, 'confirmed']);
    expect(other.bugs).toEqual([]);
  } finally {
    await other.stop();
  }
});

describe('what was agreed', () => {
  test('cannot be changed afterwards, whoever tries', async () => {
    const { buyer } = await anAdult();
    await buys(buyer, await onShelf(1));
    for (const attempt of [
      'update orders set total = total + 1, goods = goods + 1',
      'update seller_order set commission_bp = 0',
      'update line set qty = 9',
      'delete from history',
      "update orders set state = 'paid'",
      'delete from orders',
    ])
      await expect(p.rows('order', attempt)).rejects.toThrow(/frozen|never change|may not go/);
  });

  test('keeps its commission when the store gets other terms', async () => {
    const other = await aSeller();
    const [variantId] = await fillShelf(p, other.storeId, { stock: 1, price: 10_000_000 });
    const placed = await buys((await anAdult()).buyer, variantId!);
    const { admin } = await anAdmin(p);
    const agreed = await admin.post(`/admin/stores/${other.storeId}/commission`, {
      commissionBp: 3_000,
      reason: 'New terms',
    });
    expect(agreed.status).toBeLessThan(300);
    expect((await p.wire.client(store).getMany(ctx(), { ids: [other.storeId] }))[0]!.commissionBp).toBe(3_000);
    expect(await tasksOf(other.seller, placed.number)).toMatchObject([{ commission: { amount: 1_000_000 } }]);
  });

  test('a page of orders goes on where the last one ended', async () => {
    const { buyer } = await anAdult();
    const variantId = await onShelf(9);
    const numbers: string[] = [];
    for (let n = 0; n < 3; n += 1) numbers.unshift((await buys(buyer, variantId)).number);
    type Page = { items: z.infer<typeof OrderSummary>[]; nextCursor: string | null };
    const first = (await buyer.get<Page>('/orders?limit=2')).body;
    const second = (await buyer.get<Page>(`/orders?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map((o) => o.number)).toEqual(numbers);
    expect(second.nextCursor).toBeNull();
    expect((await (await anAdult()).buyer.get(`/orders?limit=2&cursor=${first.nextCursor}`)).status).toBe(400);
  });
});
