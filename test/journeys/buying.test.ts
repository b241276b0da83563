import type { CartView } from '@um/cart';
import { CONSENT_VERSION, type ApprovalView, type ChildView } from '@um/family';
import type { CheckoutAnswer, OrderView, QuoteView } from '@um/order';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkInvariants } from '../../apps/cli/src/invariants.js';
import { brokerInstalled } from './broker.js';
import { openHouse, type House, type HouseMode } from './house.js';
import { eventually, paysAt, Person } from './person.js';
import { address, openShop, PASSWORD, type Shop } from './shop.js';

const wanted = (process.env['UM_JOURNEYS'] ?? 'local,wire,split').split(',');
const modes = (['local', 'wire', 'split'] as const).filter((mode) => wanted.includes(mode));
const missing = (mode: HouseMode): boolean => mode === 'split' && !brokerInstalled;
if (modes.some(missing))
  console.log('test/journeys: split is skipped, no rabbitmq-server is installed on this machine');

interface Problem {
  readonly code: string;
}
interface List<T> {
  readonly items: readonly T[];
}

describe.each(modes.filter((mode) => !missing(mode)))('the story of buying (%s)', (mode) => {
  let house: House;
  let shop: Shop;
  let parent: Person;
  let child: Person;
  let childId: string;
  let approval: ApprovalView;
  let orderId: string;

  beforeAll(async () => {
    house = await openHouse(mode);
    shop = await openShop(house);
    parent = new Person(house.url);
  });
  afterAll(() => house?.stop());

  const variant = (key: string): string => shop.things[key]!.variantId;
  const into = (who: Person, key: string, qty = 1) =>
    who.send<CartView & Problem>('POST', '/carts/current/items', { variantId: variant(key), qty });
  const seen = (who: Person, id: string) => who.does<OrderView>('GET', `/orders/${id}`);
  const orders = async (who: Person) => (await who.does<List<{ id: string }>>('GET', '/orders')).items;

  async function buys(who: Person, keys: readonly string[], payment: 'cash' | 'sandbox', more: object = {}) {
    for (const key of keys) expect((await into(who, key)).status).toBeLessThan(300);
    const { fingerprint } = await who.does<QuoteView>('POST', '/checkout/quote', {});
    return who.does<CheckoutAnswer>('POST', '/checkout', { fingerprint, payment, address, ...more });
  }

  test('a parent signs up, opens a child and sets limits and what may be seen', async () => {
    await parent.does('POST', '/auth/sign-up', { email: 'nodira@oila.example', password: PASSWORD, name: 'Nodira' });
    const opened = await parent.does<ChildView>('POST', '/families/children', {
      nickname: 'Temur',
      birthDate: `${new Date().getFullYear() - 9}-01-01`,
      avatar: 'fox',
      pin: '4821',
      consent: { version: CONSENT_VERSION, purposes: ['profile', 'shopping', 'order_history'] },
    });
    childId = opened.id;
    await parent.does('PUT', `/families/children/${childId}/limits`, {
      dayTiyin: 50_000_000,
      weekTiyin: null,
      monthTiyin: null,
    });
    await parent.does('PUT', `/families/children/${childId}/policy`, {
      hiddenCategories: [],
      hiddenStores: [],
      hiddenHazards: ['sharp'],
      maxPriceTiyin: 20_000_000,
    });
  });

  test('on the family’s device the child comes in and meets nothing forbidden: list, search, direct link, cart', async () => {
    child = new Person(house.url, parent.cookies);
    await child.does('POST', '/auth/child/sign-in', { childId, pin: '4821' });
    const slugs = async (path: string) =>
      (await child.does<List<{ slug: string }>>('GET', path)).items.map((i) => i.slug);
    expect((await slugs('/products?limit=60')).sort()).toEqual(
      [shop.things['blocks']!.slug, shop.things['puzzle']!.slug].sort(),
    );
    for (const [words, key] of [
      ['axe', 'axe'],
      ['novel', 'novel'],
    ] as const) {
      expect(await slugs(`/products?q=${words}`)).not.toContain(shop.things[key]!.slug);
      expect((await child.send('GET', `/products/${shop.things[key]!.slug}`)).status).toBe(404);
      expect((await into(child, key)).status).toBe(404);
    }
  });

  test('the child asks; the parent hears of it live and sees exactly what is asked', async () => {
    const { messages, close } = await parent.live();
    await into(child, 'blocks', 2);
    await into(child, 'puzzle');
    expect((await child.send('POST', '/checkout', { fingerprint: 'x', payment: 'cash', address })).status).toBe(403);
    const { approvalId } = await child.does<{ approvalId: string }>('POST', '/approvals', { note: 'Iltimos!' });
    await eventually('the live message', async () =>
      messages.some((m) => m.topic === 'approvals' && m.subjectId === approvalId),
    );
    close();
    approval = await parent.does<ApprovalView>('GET', `/approvals/${approvalId}`);
    expect(approval).toMatchObject({ state: 'pending', note: 'Iltimos!' });
    const asked = new Map(approval.lines.map((l) => [l.productId, l.qty]));
    expect(asked).toEqual(
      new Map([
        [shop.things['blocks']!.productId, 2],
        [shop.things['puzzle']!.productId, 1],
      ]),
    );
  });

  test('approving needs a fresh proof of presence; the order is placed once, however often it is decided and told', async () => {
    const decision = { decision: 'approve', snapshotHash: approval.snapshotHash, payment: 'sandbox', address };
    const path = `/approvals/${approval.id}/decision`;
    const phone = new Person(house.url);
    await phone.does('POST', '/auth/sign-in', { email: 'nodira@oila.example', password: PASSWORD });
    await house.sql(`update auth.session set stepped_up_at = now() - interval '10 minutes'`);
    expect(await phone.send('POST', path, decision)).toMatchObject({ status: 403, body: { code: 'http.STEP_UP' } });
    await phone.does('POST', '/auth/step-up', { password: PASSWORD });
    const key = randomUUID();
    expect(await phone.does('POST', path, decision, key)).toMatchObject({ id: approval.id });
    expect(await phone.does('POST', path, decision, key)).toMatchObject({ id: approval.id });
    orderId = (await eventually('the order', async () => (await orders(parent))[0])).id;
    await house.sql(
      `update family.outbox set state = 'pending', done_at = null, attempts = 0, next_at = now() where name = 'family.approval-decided.v1'`,
    );
    await eventually(
      'the second telling',
      async () => (await house.sql(`select 1 from family.outbox where state = 'pending'`)).length === 0,
    );
    expect(await orders(parent)).toHaveLength(1);
  });

  test('the parent pays at the bank and the order splits per seller', async () => {
    const { redirectUrl } = await eventually('the way to the bank', async () => {
      const order = await seen(parent, orderId);
      return order.redirectUrl === null ? undefined : order;
    });
    expect(await paysAt(redirectUrl!, house.url)).toContain(orderId);
    const order = await eventually('the payment', async () => {
      const now = await seen(parent, orderId);
      return now.state === 'paid' && now;
    });
    expect(order.sellerOrders).toHaveLength(2);
    expect(order).toMatchObject({ childId, approvalId: approval.id });
  });

  test('each seller accepts, packs, ships and delivers; the buyer follows', async () => {
    for (const seller of shop.sellers) {
      const task = await eventually(
        'the task',
        async () => (await seller.does<List<{ id: string; paid: boolean }>>('GET', '/seller/orders')).items[0],
      );
      for (const to of ['accepted', 'packed', 'shipped', 'delivered']) {
        await seller.does('POST', `/seller/orders/${task.id}/moves`, { to });
        expect((await seen(parent, orderId)).sellerOrders.find((part) => part.id === task.id)?.state).toBe(to);
      }
    }
    await eventually('the end', async () => (await seen(child, orderId)).state === 'completed');
    expect((await seen(child, orderId)).address).toBeNull();
  });

  test('a guest buys with cash; an adult buys what is for adults and pays at the bank', async () => {
    const guest = new Person(house.url);
    expect(await buys(guest, ['puzzle'], 'cash', { email: 'guest@example.uz' })).toMatchObject({ state: 'confirmed' });
    const adult = new Person(house.url);
    await adult.does('POST', '/auth/sign-up', { email: 'aziz@example.uz', password: PASSWORD, name: 'Aziz' });
    expect(await buys(adult, ['novel'], 'cash')).toMatchObject({ state: 'confirmed', redirectUrl: null });
    const paid = await buys(adult, ['axe', 'blocks'], 'sandbox');
    await paysAt(paid.redirectUrl!, house.url);
    await eventually('the payment', async () => (await seen(adult, paid.orderId)).state === 'paid');
  });

  test('everything agrees: every invariant holds', async () => {
    await eventually('all is told', async () => {
      const waiting = await Promise.all(
        ['family', 'order', 'payment', 'inventory', 'product', 'notification', 'auth', 'cart'].map((context) =>
          house.sql(`select 1 from "${context}".outbox where state <> 'done' and next_at <= now()`),
        ),
      );
      return waiting.every((rows) => rows.length === 0);
    });
    const findings = await checkInvariants(
      { wire: { client: house.client } as never, databases: new Map() },
      new Date(),
    );
    expect(findings.filter((finding) => finding.violations.length > 0)).toEqual([]);
    expect(findings.find((finding) => finding.invariant === 'I6' && finding.context === 'order')?.checked).toBe(1);
  });

  test('a change of price is seen by guests within two seconds, whichever process keeps their lists', async () => {
    const guest = new Person(house.url);
    type Priced = List<{ slug: string; price: { amount: number } }>;
    const { slug, variantId } = shop.things['blocks']!;
    const price = async () =>
      (await guest.does<Priced>('GET', '/products?limit=9')).items.find((item) => item.slug === slug)?.price.amount;
    await price();
    const seller = shop.sellers[0]!;
    for (const priceTiyin of [9_100_000, 9_200_000]) {
      await seller.does('PUT', `/seller/variants/${variantId}/price`, { priceTiyin });
      await eventually('the list shows it', async () => (await price()) === priceTiyin, 2_000);
      expect(await price()).toBe(priceTiyin);
    }
  });

  describe.runIf(mode === 'split')('a context that is killed', () => {
    test('search: guests go on with the lists of the last minutes, a child is told that they are away', async () => {
      const guest = new Person(house.url);
      const path = '/products?limit=8';
      const before = await guest.does<List<object>>('GET', path);
      expect(before.items.length).toBeGreaterThan(0);
      await house.servers.get('search')!.end('SIGKILL');
      expect(await guest.send('GET', path)).toEqual({ status: 200, body: before });
      expect((await child.send('GET', path)).status).toBe(503);
      await house.servers.get('search')!.start();
    });

    const needs = [
      ['search', 'GET', '/products?limit=5&q=blocks'],
      ['payment', 'POST', '/payments/sandbox/callback'],
      ['auth', 'GET', '/me'],
    ] as const;
    test.each(needs)(
      '%s: what needs it is a coded 503, the rest works, and all is well after a restart',
      async (context, method, path) => {
        const server = house.servers.get(context)!;
        await server.end('SIGKILL');
        const gone = await parent.send<Problem>(method, path, method === 'POST' ? {} : undefined);
        expect([gone.status, gone.body.code]).toEqual([503, expect.stringMatching(/UNAVAILABLE|TIMEOUT/)]);
        expect((await new Person(house.url).send('GET', '/categories')).status).toBe(200);
        await server.start();
        await eventually(
          'it answers again',
          async () => (await parent.send(method, path, method === 'POST' ? {} : undefined)).status !== 503,
          60_000,
        );
      },
    );
  });
});
