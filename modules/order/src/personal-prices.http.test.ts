import { anAdmin, Browser, PASSWORD } from '@um/auth/testing';
import type { CartView } from '@um/cart';
import type { ApprovalView, ChildView } from '@um/family';
import { aNewChild } from '@um/family/testing';
import { newId } from '@um/kernel';
import type {
  GroupMembers,
  ListPrices,
  PriceGroup,
  PriceGroups,
  PriceListView,
  ProductView,
  SalesPlanned,
} from '@um/product';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { CheckoutAnswer, OrderView, QuoteView } from './contract.js';
import { anAddress, aShop, fillCart, fillShelf, keyed, orderServices } from './order.factory.js';

const HOUR = 3_600_000;
let p: TestPlatform;
let admin: Browser;
let storeId: string;
let seller: Browser;

beforeAll(async () => {
  p = await testPlatform({
    services: [...orderServices, 'search'],
  });
  ({ admin } = await anAdmin(p));
  seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  ({ storeId } = await aShop(p, account.id));
});
afterAll(async () => {
  expect(p.bugs).toEqual([]);
  await p.stop();
});

/** A thing at 50 000 soʻm with its page's address. */
async function aThing(): Promise<{ variantId: string; slug: string }> {
  const [variantId] = await fillShelf(p, storeId, { stock: 500 });
  const [row] = await p.rows(
    'product',
    'select slug from product p join variant v on v.product_id = p.id where v.id = $1',
    [variantId],
  );
  return { variantId: variantId!, slug: String(row!['slug']) };
}
async function aPerson() {
  const who = new Browser(p.fastify);
  const { email, account } = await who.signUp();
  return { who, email, id: account.id };
}
const aGroup = async (): Promise<PriceGroup> => {
  await admin.post('/auth/step-up', { password: PASSWORD });
  const name = { uz: 'Xodimlar', ru: 'Сотрудники', en: 'Staff' };
  const opened = await admin.post<PriceGroup>('/admin/price-groups', { slug: `g-${newId().slice(-12)}`, name });
  expect(opened.status).toBe(201);
  return opened.body;
};
const join = (group: PriceGroup, email: string) =>
  admin.post<{ code?: string }>(`/admin/price-groups/${group.id}/members`, { email });
async function aList(group: PriceGroup, prices: object[], period: object = {}): Promise<string> {
  const opened = await admin.post<PriceListView>(`/admin/price-groups/${group.id}/lists`, { name: 'List', ...period });
  expect(opened.status).toBe(201);
  expect((await admin.put(`/admin/price-lists/${opened.body.id}/prices`, { prices })).status).toBe(204);
  return opened.body.id;
}
const page = async (who: Browser, slug: string) => (await who.get<ProductView>(`/products/${slug}`)).body.variants[0]!;
const checkout = (who: Browser, fingerprint: string) =>
  keyed<CheckoutAnswer & { code?: string; details?: { quote: QuoteView } }>(who, '/checkout', {
    fingerprint,
    payment: 'cash',
    address: anAddress,
  });

describe('a price of a group', () => {
  test('is what its members see, and pay from the page to the order', async () => {
    const { variantId, slug } = await aThing();
    const [member, group] = [await aPerson(), await aGroup()];
    await join(group, member.email);
    await aList(group, [
      { variantId, priceTiyin: 4_000_000 },
      { variantId, minQty: 10, priceTiyin: 3_000_000 },
    ]);
    expect(await page(member.who, slug)).toMatchObject({
      price: { amount: 5_000_000 },
      tiers: [
        { minQty: 1, price: { amount: 4_000_000 } },
        { minQty: 10, price: { amount: 3_000_000 } },
      ],
    });
    const few = await fillCart(member.who, { variantId, qty: 9 });
    expect(few.goods.amount).toBe(36_000_000);
    const many = await fillCart(member.who, { variantId, qty: 1 });
    expect(many.goods.amount).toBe(30_000_000);
    expect(many.fingerprint).not.toBe(few.fingerprint);
    const cart = (await member.who.get<CartView>('/carts/current')).body;
    expect(cart.lines[0]).toMatchObject({ unitPrice: { amount: 3_000_000 }, priceBefore: null });
    const placed = await checkout(member.who, many.fingerprint);
    expect(placed.status).toBe(201);
    const { body } = await member.who.get<OrderView>(`/orders/${placed.body.orderId}`);
    expect(body.goods.amount).toBe(30_000_000);
  });

  test('is never shown to anybody else, in whatever order they come', async () => {
    const { variantId, slug } = await aThing();
    const [member, other, group] = [await aPerson(), await aPerson(), await aGroup()];
    await join(group, member.email);
    await aList(group, [{ variantId, priceTiyin: 1_234_500 }]);
    const guest = new Browser(p.fastify);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => [member.who, guest, other.who][n % 3]!).map(async (who) => ({
        who,
        texts: await Promise.all(
          [`/products/${slug}`, `/products?store=order-shop-1`, `/products?q=blocks`, `/search/suggest?q=blocks`].map(
            async (path) => JSON.stringify((await who.get(path)).body),
          ),
        ),
      })),
    );
    for (const { who, texts } of answers) {
      expect(texts[0]!.includes('1234500')).toBe(who === member.who);
      for (const list of texts.slice(1)) expect(list).not.toContain('1234500');
    }
    const shared = await member.who.get(`/products/${slug}`);
    expect(shared.headers['cache-control']).toBe('no-store');
    expect((await fillCart(guest, { variantId, qty: 1 })).goods.amount).toBe(5_000_000);
    expect((await fillCart(other.who, { variantId, qty: 1 })).goods.amount).toBe(5_000_000);
  });

  test('is not a child’s, nor what an approved ask is ordered at', async () => {
    const { variantId, slug } = await aThing();
    const [parent, group] = [await aPerson(), await aGroup()];
    await join(group, parent.email);
    await aList(group, [{ variantId, priceTiyin: 1_000_000 }]);
    const child = (await parent.who.post<ChildView>('/families/children', aNewChild())).body;
    await p.settle();
    const tablet = parent.who.onSameDevice();
    expect((await tablet.childSignIn(child.id, '4821')).status).toBe(200);
    expect(await page(tablet, slug)).toMatchObject({ price: { amount: 5_000_000 }, tiers: [] });
    expect((await fillCart(tablet, { variantId, qty: 1 })).goods.amount).toBe(5_000_000);
    const asked = await keyed<{ approvalId: string }>(tablet, '/approvals', {});
    const seen = (await parent.who.get<ApprovalView>(`/approvals/${asked.body.approvalId}`)).body;
    const decided = await keyed(parent.who, `/approvals/${asked.body.approvalId}/decision`, {
      decision: 'approve',
      snapshotHash: seen.snapshotHash,
      payment: 'cash',
      address: anAddress,
    });
    expect(decided.status).toBe(200);
    await p.settle();
    const { body } = await parent.who.get<{ items: { total: { amount: number } }[] }>('/orders');
    expect(body.items[0]!.total.amount).toBeGreaterThanOrEqual(5_000_000);
  });

  test('that ends, or whose member leaves, is not paid any more: the buyer sees the new quote first', async () => {
    const { variantId, slug } = await aThing();
    const [member, group] = [await aPerson(), await aGroup()];
    await join(group, member.email);
    const list = await aList(group, [{ variantId, priceTiyin: 4_000_000 }]);
    const quote = await fillCart(member.who, { variantId, qty: 1 });
    expect((await admin.delete(`/admin/price-groups/${group.id}/members/${member.id}`)).status).toBe(204);
    expect(await checkout(member.who, quote.fingerprint)).toMatchObject({
      status: 409,
      body: { code: 'order.QUOTE_CHANGED', details: { quote: { goods: { amount: 5_000_000 } } } },
    });
    expect((await page(member.who, slug)).tiers).toEqual([]);
    await join(group, member.email);
    expect((await page(member.who, slug)).tiers).toHaveLength(1);
    expect((await admin.post(`/admin/price-lists/${list}/end`)).status).toBe(204);
    expect((await page(member.who, slug)).tiers).toEqual([]);
    expect((await admin.post(`/admin/price-lists/${list}/end`)).status).toBe(404);
  });

  test('counts from its first moment to right before its last', async () => {
    const { variantId, slug } = await aThing();
    const [member, group] = [await aPerson(), await aGroup()];
    await join(group, member.email);
    const at = (hours: number): string => new Date(p.clock.now().getTime() + hours * HOUR).toISOString();
    await aList(group, [{ variantId, priceTiyin: 4_000_000 }], { startsAt: at(1), endsAt: at(2) });
    const counts = async (): Promise<number> => (await page(member.who, slug)).tiers.length;
    const seen = [];
    for (const ms of [0, HOUR - 1, 1, HOUR - 1, 1]) {
      p.clock.advance(ms);
      seen.push(await counts());
    }
    expect(seen).toEqual([0, 0, 1, 1, 0]);
  });

  test('never makes anything dearer than the shop', async () => {
    const { variantId } = await aThing();
    const [member, group] = [await aPerson(), await aGroup()];
    await join(group, member.email);
    await aList(group, [{ variantId, priceTiyin: 9_000_000 }]);
    expect((await fillCart(member.who, { variantId, qty: 2 })).goods.amount).toBe(10_000_000);
  });
});

describe('an admin', () => {
  test('reads groups, members and prices, takes prices out, and leaves a trace', async () => {
    const { variantId } = await aThing();
    const [member, group] = [await aPerson(), await aGroup()];
    await Promise.all([join(group, member.email), join(group, member.email)]);
    const list = await aList(group, [{ variantId, priceTiyin: 4_000_000 }]);
    const groups = (await admin.get<z.output<typeof PriceGroups>>('/admin/price-groups')).body.items;
    expect(groups.find(({ id }) => id === group.id)).toMatchObject({ members: 1, lists: 1 });
    const { body: members } = await admin.get<z.output<typeof GroupMembers>>(`/admin/price-groups/${group.id}/members`);
    expect(members.items).toMatchObject([{ accountId: member.id, email: member.email }]);
    const { body: prices } = await admin.get<z.output<typeof ListPrices>>(`/admin/price-lists/${list}/prices`);
    expect(prices.items).toMatchObject([
      { variantId, minQty: 1, price: { amount: 4_000_000 }, publicPrice: { amount: 5_000_000 } },
    ]);
    await admin.put(`/admin/price-lists/${list}/prices`, { prices: [{ variantId, priceTiyin: null }] });
    expect((await admin.get<z.output<typeof ListPrices>>(`/admin/price-lists/${list}/prices`)).body.items).toEqual([]);
    await p.settle();
    const trace = await p.rows('audit', 'select action from entry where subject in ($1, $2)', [
      `price-group:${group.id}`,
      `price-list:${list}`,
    ]);
    expect(new Set(trace.map((row) => row['action']))).toEqual(
      new Set([
        'product.group-opened',
        'product.group-member-added',
        'product.price-list-opened',
        'product.list-priced',
      ]),
    );
  });

  test('alone may do so, and of what is not there is told', async () => {
    const group = await aGroup();
    const { who } = await aPerson();
    for (const other of [who, seller, new Browser(p.fastify)])
      for (const path of [
        '/admin/price-groups',
        `/admin/price-groups/${group.id}/members`,
        `/admin/price-groups/${group.id}/lists`,
      ])
        expect([401, 403]).toContain((await other.get(path)).status);
    expect(await join(group, 'nobody@example.com')).toMatchObject({
      status: 404,
      body: { code: 'product.NO_ACCOUNT' },
    });
    expect((await join({ ...group, id: newId() }, 'nobody@example.com')).status).toBe(404);
    const again = await admin.post('/admin/price-groups', { slug: group.slug, name: group.name });
    expect(again).toMatchObject({ status: 409, body: { code: 'product.GROUP_EXISTS' } });
    expect(
      (await admin.put(`/admin/price-lists/${newId()}/prices`, { prices: [{ variantId: newId(), priceTiyin: 5 }] }))
        .status,
    ).toBe(404);
  });
});

test('a sale that ends between the quote and the order is not paid, nor is one charged that began', async () => {
  const { variantId } = await aThing();
  const { who } = await aPerson();
  const now = p.clock.now().getTime();
  const sale = {
    storeId,
    variantIds: [variantId],
    priceTiyin: 3_000_000,
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + HOUR).toISOString(),
  };
  expect((await seller.post<z.output<typeof SalesPlanned>>('/seller/sales', sale)).status).toBe(201);
  const quote = await fillCart(who, { variantId, qty: 1 });
  expect(quote.goods.amount).toBe(3_000_000);
  p.clock.advance(HOUR);
  const late = await checkout(who, quote.fingerprint);
  expect(late).toMatchObject({ status: 409, body: { code: 'order.QUOTE_CHANGED' } });
  const placed = await checkout(who, late.body.details!.quote.fingerprint);
  expect(placed.status).toBe(201);
});
