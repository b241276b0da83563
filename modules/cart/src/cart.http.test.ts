import { Browser } from '@um/auth/testing';
import type { ChildView } from '@um/family';
import { aNewChild } from '@um/family/testing';
import { newId, systemCtx } from '@um/kernel';
import { aShop, fillShelf } from '@um/order/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cart, MAX_LINES, type CartOpened, type CartView } from './contract.js';

let p: TestPlatform;
let storeId: string;
type Problem = { code: string; details?: Record<string, unknown> };

beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'config', 'auth', 'family', 'store', 'product', 'inventory', 'cart'] });
  const { account } = await new Browser(p.fastify).signUp();
  ({ storeId } = await aShop(p, account.id));
});
afterAll(async () => {
  expect(p.bugs).toEqual([]);
  await p.stop();
});

const ctx = () => systemCtx(p.clock.now());
const shelf = (...things: Parameters<typeof fillShelf>[2][]) => fillShelf(p, storeId, ...things);
const onShelf = async (stock = 5, more: object = {}): Promise<string> => (await shelf({ stock, ...more }))[0]!;
const view = async (who: Browser): Promise<CartView> => (await who.get<CartView>('/carts/current')).body;
const add = (who: Browser, variantId: string, qty = 1) =>
  who.post<CartView & Problem>('/carts/current/items', { variantId, qty });

async function anAdult() {
  const browser = new Browser(p.fastify);
  const { account, email } = await browser.signUp();
  return { browser, id: account.id, email };
}
async function aChild(policy?: object) {
  const parent = new Browser(p.fastify);
  await parent.signUp();
  const { body } = await parent.post<ChildView>('/families/children', aNewChild());
  if (policy)
    await parent.put(`/families/children/${body.id}/policy`, {
      hiddenCategories: [],
      hiddenStores: [],
      hiddenHazards: [],
      maxPriceTiyin: null,
      ...policy,
    });
  await p.settle();
  const child = parent.onSameDevice();
  expect((await child.childSignIn(body.id, '4821')).status).toBe(200);
  return {
    parent,
    child,
    childId: body.id,
    hide: (more: object) =>
      parent.put(`/families/children/${body.id}/policy`, {
        hiddenCategories: [],
        hiddenStores: [],
        hiddenHazards: [],
        maxPriceTiyin: null,
        ...more,
      }),
  };
}

describe('a guest', () => {
  test('gets a cart with the first thing put in, kept by a signed cookie', async () => {
    const guest = new Browser(p.fastify);
    expect(await view(guest)).toMatchObject({ id: null, lines: [], orderable: false });
    const added = await add(guest, await onShelf(5), 2);
    expect(added).toMatchObject({
      status: 200,
      body: {
        count: 2,
        goods: { amount: 10_000_000 },
        orderable: true,
        lines: [{ qty: 2, problem: null, available: 5, priceBefore: null }],
      },
    });
    expect(guest.cookies.get('um_guest')).toBeDefined();
    expect(await view(guest)).toEqual(added.body);
  });

  test('without cookies uses the token that opening a cart answers', async () => {
    const opened = await new Browser(p.fastify).post<CartOpened>('/carts');
    expect(opened.status).toBe(201);
    const headers = { 'x-cart-token': opened.body.token! };
    const app = new Browser(p.fastify);
    await app.post('/carts/current/items', { variantId: await onShelf(), qty: 1 }, { headers });
    const other = new Browser(p.fastify);
    expect((await other.get<CartView>('/carts/current', { headers })).body.count).toBe(1);
  });

  test('cannot make up a token', async () => {
    const guest = new Browser(p.fastify);
    await add(guest, await onShelf());
    const [id] = guest.cookies.get('um_guest')!.split('.');
    const thief = new Browser(p.fastify);
    expect(
      (await thief.get<CartView>('/carts/current', { headers: { 'x-cart-token': `${id}.forged` } })).body.count,
    ).toBe(0);
  });

  test('never sees what is for adults only', async () => {
    const refused = await add(new Browser(p.fastify), await onShelf(5, { infoMark: '18+' }));
    expect([refused.status, refused.body.code]).toEqual([404, 'cart.NO_PRODUCT']);
  });
});

describe('adding', () => {
  test('the same thing again adds up, and never beyond the stock', async () => {
    const { browser } = await anAdult();
    const variantId = await onShelf(3);
    await add(browser, variantId, 2);
    expect((await add(browser, variantId, 1)).body.lines).toMatchObject([{ qty: 3 }]);
    const beyond = await add(browser, variantId, 1);
    expect([beyond.status, beyond.body.code, beyond.body.details]).toEqual([409, 'cart.NOT_ENOUGH', { available: 3 }]);
  });

  test('at the same time loses nothing', async () => {
    const { browser } = await anAdult();
    const [a, b] = await shelf({ stock: 50 }, { stock: 50 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => add(browser, n % 2 ? a! : b!)));
    expect((await view(browser)).lines.map((line) => line.qty)).toEqual([10, 10]);
  });

  test('stops at the room of a cart, also for many at once', async () => {
    const { browser } = await anAdult();
    const variants = await shelf(...Array.from({ length: MAX_LINES + 5 }, () => ({ stock: 1 })));
    const answers = await Promise.all(variants.map((variantId) => add(browser, variantId)));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(MAX_LINES);
    expect(new Set(answers.filter((a) => a.status !== 200).map((a) => a.body.code))).toEqual(new Set(['cart.FULL']));
    expect((await view(browser)).lines).toHaveLength(MAX_LINES);
  });

  test.each([
    ['an unknown variant', { variantId: '01920000-0000-7000-8000-000000000001', qty: 1 }, 404],
    ['no units', { qty: 0 }, 400],
    ['a hundred units', { qty: 100 }, 400],
  ])('%s is refused', async (_name, item, status) => {
    const variantId = await onShelf();
    expect((await new Browser(p.fastify).post('/carts/current/items', { variantId, ...item })).status).toBe(status);
  });
});

describe('a line', () => {
  test('changes its quantity, goes, and is nobody else’s', async () => {
    const [{ browser }, stranger] = [await anAdult(), await anAdult()];
    const { body } = await add(browser, await onShelf(5), 2);
    const path = `/carts/current/items/${body.lines[0]!.id}`;
    expect((await browser.patch<CartView>(path, { qty: 5 })).body).toMatchObject({ count: 5 });
    expect((await browser.patch<Problem>(path, { qty: 6 })).body.code).toBe('cart.NOT_ENOUGH');
    for (const refused of [
      await stranger.browser.patch<Problem>(path, { qty: 1 }),
      await stranger.browser.delete(path),
    ])
      expect(refused.status).toBe(404);
    expect((await browser.delete(path)).status).toBe(200);
    expect((await view(browser)).count).toBe(0);
  });

  test('tells when its price changed, when it is sold out, and blocks ordering only then', async () => {
    const { browser } = await anAdult();
    const key = newId();
    const [variantId] = await shelf({ stock: 5, key });
    await add(browser, variantId!, 2);
    await shelf({ stock: 1, price: 6_000_000, key });
    expect(await view(browser)).toMatchObject({
      orderable: false,
      goods: { amount: 0 },
      lines: [
        { problem: 'not_enough', available: 1, unitPrice: { amount: 6_000_000 }, priceBefore: { amount: 5_000_000 } },
      ],
    });
    await shelf({ stock: 0, price: 6_000_000, key });
    expect((await view(browser)).lines).toMatchObject([{ problem: 'sold_out' }]);
  });

  test('can all be cleared', async () => {
    const { browser } = await anAdult();
    await add(browser, await onShelf());
    const cleared = await browser.delete('/carts/current');
    expect(cleared).toMatchObject({ status: 200, body: { count: 0 } });
  });
});

describe('a child', () => {
  test('adds what it may see; anything else does not exist', async () => {
    const { child } = await aChild({ hiddenHazards: ['magnet'], maxPriceTiyin: 6_000_000 });
    expect((await add(child, await onShelf())).status).toBe(200);
    for (const hidden of [{ ageMinMonths: 168 }, { infoMark: '16+' }, { hazards: ['magnet'] }, { price: 6_000_001 }]) {
      const refused = await add(child, await onShelf(5, hidden));
      expect([refused.status, refused.body.code]).toEqual([404, 'cart.NO_PRODUCT']);
    }
    expect((await view(child)).lines).toHaveLength(1);
  });

  test('is told nothing any more of what its parent hid later, and cannot ask for it', async () => {
    const { child, hide } = await aChild();
    await add(
      child,
      await onShelf(5, { title: { uz: 'Magnitlar', ru: 'Магниты', en: 'Magnets' }, hazards: ['magnet'] }),
    );
    await hide({ hiddenHazards: ['magnet'] });
    const shown = await view(child);
    expect(shown).toMatchObject({
      orderable: false,
      lines: [{ problem: 'not_for_you', slug: '', pictureId: null, unitPrice: { amount: 0 } }],
    });
    expect(JSON.stringify(shown)).not.toMatch(/Magnit|magnit/i);
  });

  test('never gets the cart of a guest on the same device', async () => {
    const device = new Browser(p.fastify);
    await add(device, await onShelf());
    const guest = device.cookies.get('um_guest')!;
    const { child } = await aChild();
    child.cookies.set('um_guest', guest);
    expect((await view(child)).count).toBe(0);
    await child.post('/carts');
    expect((await view(child)).count).toBe(0);
    expect((await view(device)).count).toBe(1);
  });
});

describe('signing in', () => {
  test('takes the guest’s cart along, once, and clears its cookie', async () => {
    const { browser } = await anAdult();
    const [mine, both, theirs] = await shelf({ stock: 9 }, { stock: 9 }, { stock: 9 });
    await add(browser, mine!, 1);
    await add(browser, both!, 4);
    const guest = new Browser(p.fastify);
    await add(guest, both!, 2);
    await add(guest, theirs!, 3);
    browser.cookies.set('um_guest', guest.cookies.get('um_guest')!);
    const quantities = new Map((await view(browser)).lines.map((line) => [line.variantId, line.qty]));
    expect(quantities).toEqual(
      new Map([
        [mine, 1],
        [both, 4],
        [theirs, 3],
      ]),
    );
    expect(browser.cookies.get('um_guest')).toBeUndefined();
    expect(await view(guest)).toMatchObject({ id: null, count: 0 });
  });

  test('with two tabs at once takes it along once', async () => {
    const { browser, id } = await anAdult();
    const guest = new Browser(p.fastify);
    await add(guest, await onShelf(9), 2);
    const guestId = guest.cookies.get('um_guest')!.split('.')[0]!;
    await Promise.all([1, 2, 3].map(() => p.wire.client(cart).merge(ctx(), { guest: guestId, accountId: id })));
    expect((await view(browser)).lines).toMatchObject([{ qty: 2 }]);
  });
});

describe('for checkout', () => {
  const as = (id: string) => ({ ...ctx(), actor: id, roles: ['parent' as const] });

  test('an empty cart and one with problems are refused, naming them', async () => {
    const { browser, id } = await anAdult();
    await expect(p.wire.client(cart).snapshot(as(id), {})).rejects.toMatchObject({ code: 'cart.EMPTY' });
    const key = newId();
    const [variantId] = await shelf({ stock: 5, key });
    await add(browser, variantId!, 3);
    await shelf({ stock: 2, key });
    await expect(p.wire.client(cart).snapshot(as(id), {})).rejects.toMatchObject({
      code: 'cart.NOT_ORDERABLE',
      details: { lines: [{ variantId, problem: 'not_enough' }] },
    });
  });

  test('ordered units leave once per key; what was added meanwhile stays', async () => {
    const { browser, id } = await anAdult();
    const [a, b] = await shelf({ stock: 9 }, { stock: 9 });
    await add(browser, a!, 2);
    await add(browser, b!, 1);
    const { cartId } = await p.wire.client(cart).snapshot(as(id), {});
    await add(browser, a!, 3);
    const taking = {
      key: `order:${newId()}`,
      cartId,
      lines: [
        { variantId: a!, qty: 2 },
        { variantId: b!, qty: 1 },
      ],
    };
    await Promise.all([1, 2, 3].map(() => p.wire.client(cart).take(ctx(), taking)));
    expect((await view(browser)).lines).toMatchObject([{ variantId: a, qty: 3 }]);
  });
});

describe('a cart left behind', () => {
  const told = (cartId: string) =>
    p.rows(
      'cart',
      "select payload->>'accountId' as account from outbox where name = 'cart.abandoned.v1' and aggregate = $1",
      [cartId],
    );

  test('is told of once, and a guest’s is removed when its token has ended', async () => {
    const { browser, id } = await anAdult();
    const guest = new Browser(p.fastify);
    const { body: own } = await add(browser, await onShelf());
    const { body: guests } = await add(guest, await onShelf());
    p.clock.advance(23 * 3_600_000);
    await p.work('cart.sweep');
    expect(await told(own.id!)).toEqual([]);
    p.clock.advance(2 * 3_600_000);
    await p.work('cart.sweep');
    await p.work('cart.sweep');
    expect(await told(own.id!)).toEqual([{ account: id }]);
    expect(await told(guests.id!)).toEqual([{ account: null }]);
    p.clock.advance(91 * 24 * 3_600_000);
    await p.work('cart.sweep');
    expect(await p.rows('cart', 'select id from cart where id = any($1)', [[own.id, guests.id]])).toEqual([
      { id: own.id },
    ]);
  });
});
