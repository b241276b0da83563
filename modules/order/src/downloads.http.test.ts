import { anAdmin, Browser } from '@um/auth/testing';
import type { CartView } from '@um/cart';
import { family, type ApprovalView, type ChildView } from '@um/family';
import { aNewChild } from '@um/family/testing';
import { FILE_FOLDER, type DownloadLink } from '@um/file';
import { aPdf, uploadDocument } from '@um/file/testing';
import { inventory } from '@um/inventory';
import { newId, systemCtx } from '@um/kernel';
import { payment, PAYMENT_SANDBOX } from '@um/payment';
import type { ImportRow } from '@um/product';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { order, type CheckoutAnswer, type OrderView, type QuoteView, type SellerTask } from './contract.js';
import { anAddress, aShop, fillCart, fillShelf, keyed, orderServices } from './order.factory.js';

let p: TestPlatform;
let url = '';
let seller: Browser;
let admin: Browser;
let storeId: string;
type Task = z.infer<typeof SellerTask>;
interface Problem {
  code: string;
}
const DAY = 86_400_000;
const uploads = mkdtempSync(path.join(tmpdir(), 'um-downloads-'));
const ctx = () => systemCtx(p.clock.now());

beforeAll(async () => {
  p = await testPlatform({
    services: [...orderServices, 'file'],
    values: new Map<string, unknown>([
      [PAYMENT_SANDBOX, { platformUrl: () => url }],
      [FILE_FOLDER, uploads],
    ]),
  });
  url = (await p.listen(0, '127.0.0.1')).replace('[::1]', '127.0.0.1');
  seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  ({ storeId } = await aShop(p, account.id));
  ({ admin } = await anAdmin(p));
});
afterAll(async () => {
  await p.settle();
  p.clock.advance(120_000);
  const clients = [p.wire.client(order), p.wire.client(payment), p.wire.client(inventory), p.wire.client(family)];
  const checks = (await Promise.all(clients.map((client) => client.checkInvariants(ctx(), {})))).flat();
  expect(checks.filter((check) => check.violations.length > 0)).toEqual([]);
  expect(p.bugs).toEqual([]);
  await p.stop();
  rmSync(uploads, { recursive: true, force: true });
});

async function aBook(
  over: Partial<Omit<ImportRow, 'variants'>> & { price?: number; key?: string } = {},
  words = newId(),
) {
  const { body } = await uploadDocument(p, seller, aPdf(words), `${words}.pdf`);
  const [variantId] = await fillShelf(p, storeId, { stock: 0, file: body.id, ...over });
  return { variantId: variantId!, fileId: body.id, bytes: aPdf(words) };
}
const aToy = async (stock = 5): Promise<string> => (await fillShelf(p, storeId, { stock }))[0]!;
async function anAdult(): Promise<Browser> {
  const browser = new Browser(p.fastify);
  await browser.signUp();
  return browser;
}
const checkout = (who: Browser, quote: QuoteView, more: object = {}) =>
  keyed<CheckoutAnswer & Problem>(who, '/checkout', { fingerprint: quote.fingerprint, payment: 'sandbox', ...more });
const seen = async (who: Browser, id: string): Promise<OrderView> => (await who.get<OrderView>(`/orders/${id}`)).body;

async function bankSays(redirectUrl: string, decision: 'paid' | 'declined') {
  const page = await p.fastify.inject({ method: 'GET', url: redirectUrl });
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.body)![1]!;
  const payload = new URLSearchParams({ until: field('until'), signature: field('signature'), decision }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await p.fastify.inject({ method: 'POST', url: redirectUrl.split('?')[0]!, payload, headers });
  await p.settle();
}
async function buys(who: Browser, ...variants: string[]): Promise<OrderView> {
  const quote = await fillCart(who, ...variants.map((variantId) => ({ variantId, qty: 1 })));
  const placed = await checkout(who, quote, quote.needsAddress ? { address: anAddress } : {});
  expect([placed.status, placed.body.code]).toEqual([201, undefined]);
  await bankSays(placed.body.redirectUrl!, 'paid');
  return seen(who, placed.body.orderId);
}
const linkOf = (who: Browser, { id, downloads }: OrderView, place = 0) =>
  who.post<DownloadLink & Problem>(`/orders/${id}/lines/${downloads[place]!.lineId}/download`);
const fetched = (link: { url: string }) => p.fastify.inject({ url: link.url });
const codeOf = async (link: { url: string }) => (await fetched(link)).json<Problem>().code;
const taskOf = async (number: string): Promise<Task> =>
  (await seller.get<{ items: Task[] }>('/seller/orders?limit=50')).body.items.find((t) => t.orderNumber === number)!;

describe('what is downloaded', () => {
  test('is bought without stock, address or delivery, and downloaded by its buyer once it is paid', async () => {
    const { variantId, bytes } = await aBook({ price: 4_000_000 });
    const buyer = await anAdult();
    const quote = await fillCart(buyer, { variantId, qty: 1 });
    expect(quote).toMatchObject({
      needsAddress: false,
      methods: ['sandbox'],
      delivery: { amount: 0 },
      total: { amount: 4_000_000 },
      lines: [{ digital: true }],
    });
    const placed = (await checkout(buyer, quote)).body;
    const waiting = await seen(buyer, placed.orderId);
    expect(waiting).toMatchObject({
      state: 'pending_payment',
      address: null,
      downloads: [{ state: 'waiting', left: 5 }],
    });
    expect((await linkOf(buyer, waiting)).body.code).toBe('order.NOT_PAID');
    await bankSays(placed.redirectUrl!, 'paid');
    const paid = await seen(buyer, placed.orderId);
    expect(paid).toMatchObject({
      state: 'paid',
      cancellable: true,
      downloads: [{ state: 'ready', left: 5, given: false }],
    });
    const link = await linkOf(buyer, paid);
    expect(link.status).toBe(200);
    expect((await fetched(link.body)).rawPayload.equals(bytes)).toBe(true);
    await p.settle();
    const done = await seen(buyer, placed.orderId);
    expect(done).toMatchObject({
      state: 'completed',
      cancellable: false,
      sellerOrders: [{ state: 'delivered', digital: true, lines: [{ digital: { contentType: 'application/pdf' } }] }],
      downloads: [
        { state: 'ready', left: 4, given: true, until: new Date(Date.parse(done.placedAt) + 365 * DAY).toISOString() },
      ],
    });
    expect(await taskOf(done.number)).toMatchObject({ digital: true, moves: [], address: null });
    const units = await p.rows('inventory', 'select count(*)::int as n from reservation_line where order_id = $1', [
      done.id,
    ]);
    expect(units).toEqual([{ n: 0 }]);
  });

  test('is needed once, paid online alone, and never bought for nothing to be downloaded from', async () => {
    const { variantId } = await aBook();
    const buyer = await anAdult();
    const quote = await fillCart(buyer, { variantId, qty: 1 });
    const again = await buyer.post<Problem>('/carts/current/items', { variantId, qty: 1 });
    expect([again.status, again.body.code]).toEqual([409, 'cart.ONE_COPY']);
    expect((await buyer.get<CartView>('/carts/current')).body.lines).toMatchObject([
      { digital: true, available: 1, qty: 1 },
    ]);
    const cash = await checkout(buyer, quote, { payment: 'cash', address: anAddress });
    expect([cash.status, cash.body.code]).toEqual([409, 'order.PAY_ONLINE']);
    const mixed = await fillCart(buyer, { variantId: await aToy(), qty: 1 });
    expect(mixed).toMatchObject({ needsAddress: true, methods: ['sandbox'] });
    expect((await checkout(buyer, mixed)).body.code).toBe('order.ADDRESS_NEEDED');
    expect((await checkout(buyer, mixed, { payment: 'cash', address: anAddress })).body.code).toBe('order.PAY_ONLINE');
  });

  test('counts neither for free delivery nor as something to deliver', async () => {
    const buyer = await anAdult();
    const { variantId } = await aBook({ price: 90_000_000 });
    const quote = await fillCart(buyer, { variantId, qty: 1 }, { variantId: await aToy(), qty: 1 });
    expect(quote).toMatchObject({ goods: { amount: 95_000_000 }, delivery: { amount: 2_000_000 } });
  });

  test('is somebody’s own: neither a stranger, nor its seller, nor another line leads to it', async () => {
    const buyer = await anAdult();
    const bought = await buys(buyer, (await aBook()).variantId, await aToy());
    for (const other of [await anAdult(), seller, admin, new Browser(p.fastify)])
      expect((await linkOf(other, bought)).status).toBe(404);
    const toy = bought.sellerOrders[0]!.lines.find((line) => line.digital === null)!;
    expect((await buyer.post(`/orders/${bought.id}/lines/${toy.id}/download`)).status).toBe(404);
  });

  test('a guest who bought it downloads it with the cookie of the order', async () => {
    const guest = new Browser(p.fastify);
    await guest.post('/carts');
    const quote = await fillCart(guest, { variantId: (await aBook()).variantId, qty: 1 });
    const placed = await checkout(guest, quote, { email: 'guest@example.com' });
    await bankSays(placed.body.redirectUrl!, 'paid');
    expect((await linkOf(guest, await seen(guest, placed.body.orderId))).status).toBe(200);
  });

  test('stays what it was when the seller gives the variant another document', async () => {
    const key = newId();
    const { variantId, bytes } = await aBook({ key });
    const buyer = await anAdult();
    const bought = await buys(buyer, variantId);
    await aBook({ key });
    const link = await linkOf(buyer, bought);
    expect((await fetched(link.body)).rawPayload.equals(bytes)).toBe(true);
  });

  test('may be downloaded five times in a year', async () => {
    const buyer = await anAdult();
    const bought = await buys(buyer, (await aBook()).variantId);
    const { body: link } = await linkOf(buyer, bought);
    const statuses = await Promise.all(Array.from({ length: 9 }, () => fetched(link)));
    expect(statuses.filter((one) => one.statusCode === 200)).toHaveLength(5);
    expect((await linkOf(buyer, bought)).body.code).toBe('file.USED_UP');
    expect((await seen(buyer, bought.id)).downloads).toMatchObject([{ state: 'used_up', left: 0 }]);
  });
});

describe('access ends', () => {
  test('with a cancellation, also for a link that is out already', async () => {
    const { variantId } = await aBook();
    const buyer = await anAdult();
    const bought = await buys(buyer, variantId, await aToy());
    expect(bought.cancellable).toBe(true);
    expect((await keyed(buyer, `/orders/${bought.id}/cancel`)).status).toBe(200);
    await p.settle();
    expect((await seen(buyer, bought.id)).downloads).toMatchObject([{ state: 'withdrawn' }]);
    expect((await linkOf(buyer, bought)).body.code).toBe('order.BAD_MOVE');
    expect(await p.wire.client(payment).byOrder(ctx(), { orderId: bought.id })).toMatchObject({ state: 'refunded' });
  });

  test('with the seller’s refusal of its part: the money goes back and the link is dead', async () => {
    const buyer = await anAdult();
    const bought = await buys(buyer, (await aBook()).variantId, await aToy());
    const { body: link } = await linkOf(buyer, bought);
    expect((await fetched(link)).statusCode).toBe(200);
    const task = await taskOf(bought.number);
    expect(task.moves).toEqual(['accepted', 'cancelled']);
    await keyed(seller, `/seller/orders/${task.id}/moves`, { to: 'cancelled' });
    await p.settle();
    expect(await codeOf(link)).toBe('file.WITHDRAWN');
    expect((await seen(buyer, bought.id)).downloads).toMatchObject([{ state: 'withdrawn' }]);
  });

  test('with a recall, whoever bought it', async () => {
    const { variantId } = await aBook();
    const buyer = await anAdult();
    const [bought, later] = [await buys(buyer, variantId), await buys(buyer, variantId)];
    const { body: link } = await linkOf(buyer, bought);
    const productId = bought.sellerOrders[0]!.lines[0]!.productId;
    const recalled = await admin.post(`/moderation/products/${productId}/decision`, {
      decision: 'recall',
      reason: 'It tells how to make fire.',
    });
    expect(recalled.status).toBe(200);
    await p.settle();
    expect(await codeOf(link)).toBe('file.WITHDRAWN');
    for (const one of [bought, later]) expect((await linkOf(buyer, one)).body.code).toBe('order.RECALLED');
  });

  test('a downloaded order is not cancelled, and of both at once one wins', async () => {
    const buyer = await anAdult();
    const bought = await buys(buyer, (await aBook()).variantId, await aToy());
    await linkOf(buyer, bought);
    expect((await seen(buyer, bought.id)).cancellable).toBe(false);
    expect((await keyed<Problem>(buyer, `/orders/${bought.id}/cancel`)).body.code).toBe('order.BAD_MOVE');
    for (let round = 0; round < 5; round += 1) {
      const other = await buys(buyer, (await aBook()).variantId);
      const [given, cancelled] = await Promise.all([linkOf(buyer, other), keyed(buyer, `/orders/${other.id}/cancel`)]);
      expect([given.status, cancelled.status].filter((status) => status === 200)).toHaveLength(1);
      await p.settle();
    }
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
  async function asks(child: Browser, parent: Browser, ...variants: string[]): Promise<ApprovalView> {
    await fillCart(child, ...variants.map((variantId) => ({ variantId, qty: 1 })));
    const asked = await keyed<{ approvalId: string }>(child, '/approvals');
    return (await parent.get<ApprovalView>(`/approvals/${asked.body.approvalId}`)).body;
  }
  const decide = (parent: Browser, ask: ApprovalView, more: object = {}) =>
    keyed<ApprovalView & Problem>(parent, `/approvals/${ask.id}/decision`, {
      decision: 'approve',
      snapshotHash: ask.snapshotHash,
      payment: 'sandbox',
      ...more,
    });
  const ordered = async (parent: Browser): Promise<OrderView> =>
    seen(parent, (await parent.get<{ items: { id: string }[] }>('/orders')).body.items[0]!.id);

  test('downloads exactly what a parent approved and paid for', async () => {
    const { parent, child } = await aFamily();
    const { variantId, bytes } = await aBook();
    const ask = await asks(child, parent, variantId);
    expect(ask).toMatchObject({ needsAddress: false, methods: ['sandbox'], lines: [{ digital: true }] });
    expect((await decide(parent, ask, { payment: 'cash' })).body.code).toBe('family.PAY_ONLINE');
    expect((await decide(parent, ask)).status).toBe(200);
    await p.settle();
    const waiting = await ordered(parent);
    expect((await linkOf(child, waiting)).body.code).toBe('order.NOT_PAID');
    await bankSays(waiting.redirectUrl!, 'paid');
    const bought = await seen(child, waiting.id);
    expect(bought).toMatchObject({ state: 'paid', address: null, downloads: [{ state: 'ready' }] });
    const link = await linkOf(child, bought);
    expect((await fetched(link.body)).rawPayload.equals(bytes)).toBe(true);
    const { child: sibling } = await aFamily();
    expect((await linkOf(sibling, bought)).status).toBe(404);
  });

  test('gets nothing when the seller put another document there after the parent saw it', async () => {
    const { parent, child } = await aFamily();
    const key = newId();
    const ask = await asks(child, parent, (await aBook({ key })).variantId);
    await aBook({ key });
    const { productId } = ask.lines[0]!;
    expect((await admin.post(`/moderation/products/${productId}/decision`, { decision: 'publish' })).status).toBe(200);
    await p.settle();
    await decide(parent, ask);
    await p.settle();
    expect((await parent.get<ApprovalView>(`/approvals/${ask.id}`)).body.state).toBe('changed');
    expect((await parent.get<{ items: unknown[] }>('/orders')).body.items).toEqual([]);
  });

  test('needs an address for what is delivered beside it', async () => {
    const { parent, child } = await aFamily();
    const ask = await asks(child, parent, (await aBook()).variantId, await aToy());
    expect(ask.needsAddress).toBe(true);
    expect((await decide(parent, ask)).body.code).toBe('family.ADDRESS_NEEDED');
    expect((await decide(parent, ask, { address: anAddress })).status).toBe(200);
  });

  test('downloads nothing that it may not see any more, whatever was paid; its parent does', async () => {
    const { parent, child } = await aFamily();
    const key = newId();
    const { variantId, fileId } = await aBook({ key });
    const ask = await asks(child, parent, variantId);
    await decide(parent, ask);
    await p.settle();
    const waiting = await ordered(parent);
    await bankSays(waiting.redirectUrl!, 'paid');
    await fillShelf(p, storeId, { key, stock: 0, file: fileId, ageMinMonths: 192 });
    const refused = await linkOf(child, await seen(child, waiting.id));
    expect([refused.status, refused.body.code]).toEqual([403, 'order.NOT_FOR_CHILD']);
    expect((await linkOf(parent, await ordered(parent))).status).toBe(200);
  });

  test('neither sees nor picks what is downloaded and not for its age', async () => {
    const { child } = await aFamily();
    const { variantId } = await aBook({ infoMark: '18+' });
    expect((await child.post('/carts/current/items', { variantId, qty: 1 })).status).toBe(404);
  });
});

// Moves time by a year: the last one.
test('a part that nobody downloads counts as delivered after two weeks, and is downloaded all the same', async () => {
  const guest = new Browser(p.fastify);
  await guest.post('/carts');
  const quote = await fillCart(guest, { variantId: (await aBook()).variantId, qty: 1 });
  const placed = await checkout(guest, quote, { email: 'guest@example.com' });
  await bankSays(placed.body.redirectUrl!, 'paid');
  const bought = await seen(guest, placed.body.orderId);
  p.clock.advance(14 * DAY - 60_000);
  await p.work('order.sweep-downloads');
  expect((await seen(guest, bought.id)).state).toBe('paid');
  p.clock.advance(60_000);
  await p.work('order.sweep-downloads');
  await p.settle();
  expect(await seen(guest, bought.id)).toMatchObject({ state: 'completed', cancellable: false });
  expect((await linkOf(guest, bought)).status).toBe(200);
  p.clock.advance(360 * DAY);
  expect((await seen(guest, bought.id)).downloads).toMatchObject([{ state: 'over' }]);
  expect((await linkOf(guest, bought)).body.code).toBe('file.ACCESS_ENDED');
});
