import { Browser } from '@um/auth/testing';
import { aNewChild } from '@um/family/testing';
import { inTx, newId, record, systemCtx, type Db } from '@um/kernel';
import { orderCancelled, orderPaid, orderPlaced } from '@um/order';
import { anAddress, aShop, fillCart, keyed } from '@um/order/testing';
import { product } from '@um/product';
import { ProductPage } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SOLD } from './item.rules.js';
import type { SearchSchema } from './search.schema.js';

let p: TestPlatform;
/** Somebody signed in: what guests are answered is kept for a minute. */
let adult: Browser;
/** Variants, and the product of each. */
let variants: string[];
const products = new Map<string, string>();
const [CAR, TRACK, KNIFE, GONE, OTHER] = [0, 1, 2, 3, 4];
const idOf = (place: number): string => products.get(variants[place]!)!;

beforeAll(async () => {
  p = await testPlatform();
  adult = new Browser(p.fastify);
  const { account } = await adult.signUp();
  const things = [{ stock: 90 }, { stock: 90 }, { stock: 90, ageMinMonths: 216 }, { stock: 4 }, { stock: 90 }];
  ({ variants } = await aShop(p, account.id, ...things));
  const infos = await p.wire.client(product).variants(systemCtx(p.clock.now()), { ids: variants });
  for (const { variantId, productId } of infos) products.set(variantId, productId);
});
afterAll(() => p.stop());

/** Somebody of age buys these, paying in cash. */
async function buy(...places: number[]): Promise<void> {
  const buyer = new Browser(p.fastify);
  await buyer.signUp();
  const { fingerprint } = await fillCart(buyer, ...places.map((place) => ({ variantId: variants[place]!, qty: 1 })));
  const placed = await keyed(buyer, '/checkout', { fingerprint, payment: 'cash', address: anAddress });
  expect(placed).toMatchObject({ status: 201 });
  await p.settle();
}

async function together(place: number, who = adult): Promise<string[]> {
  const { status, body } = await who.get(`/products/${idOf(place)}/bought-together`);
  expect(status).toBe(200);
  return ProductPage.omit({ facets: true, corrected: true })
    .parse(body)
    .items.map((item) => item.id);
}

describe('what is bought together', () => {
  test('shows from the second order on, the most frequent first', async () => {
    await buy(CAR, TRACK);
    expect(await together(CAR)).toEqual([]);
    await buy(CAR, TRACK, OTHER);
    expect(await together(CAR)).toEqual([idOf(TRACK)]);
    await buy(CAR, OTHER);
    await buy(CAR, OTHER);
    expect(await together(CAR)).toEqual([idOf(OTHER), idOf(TRACK)]);
    expect(await together(TRACK)).toEqual([idOf(CAR)]);
  });

  test('is not shown to whom it is not for', async () => {
    await buy(CAR, KNIFE);
    await buy(CAR, KNIFE);
    expect(await together(CAR)).toContain(idOf(KNIFE));
    expect(await together(CAR, new Browser(p.fastify))).not.toContain(idOf(KNIFE));
    expect((await new Browser(p.fastify).get(`/products/${idOf(KNIFE)}/bought-together`)).status).toBe(404);
    const child = new Browser(p.fastify);
    await child.signUp();
    const { body } = await child.post<{ id: string }>('/families/children', aNewChild());
    await child.childSignIn(body.id, '4821');
    expect(await together(CAR, child)).not.toContain(idOf(KNIFE));
    expect((await child.get(`/products/${idOf(KNIFE)}/bought-together`)).status).toBe(404);
  });

  test('is left out when it is sold out', async () => {
    await buy(TRACK, GONE);
    await buy(TRACK, GONE);
    expect(await together(TRACK)).toContain(idOf(GONE));
    await buy(GONE);
    await buy(GONE);
    expect(await together(TRACK)).not.toContain(idOf(GONE));
  });
});

describe('an order', () => {
  /** Facts about an order, told as the order context tells them. */
  async function told(
    facts: ('placed' | 'paid' | 'cancelled')[],
    childId: string | null,
    ids: string[],
  ): Promise<void> {
    const fact = { orderId: newId(), number: 'T', buyerId: newId(), childId, familyId: null, storeIds: [newId()] };
    const lines = ids.map((productId) => ({ productId, variantId: newId(), qty: 1 }));
    await inTx(p.databases.get('order')!, async (tx) => {
      const ctx = systemCtx(p.clock.now());
      for (const what of facts) {
        if (what === 'placed') await record(tx, ctx, orderPlaced, { ...fact, totalTiyin: 1, payment: 'cash', lines });
        else if (what === 'paid') await record(tx, ctx, orderPaid, { ...fact, confirmedOnly: false });
        else await record(tx, ctx, orderCancelled, { ...fact, state: 'cancelled' });
      }
    });
    await p.settle();
  }
  const pairs = async (id: string): Promise<number> =>
    Number((await p.rows('search', 'select count(*) as n from pair where product_id = $1', [id]))[0]!['n']);

  test('counts when it is paid for', async () => {
    const ids = [newId(), newId(), newId()];
    await told(['placed'], null, ids);
    expect(await pairs(ids[0]!)).toBe(0);
    await told(['placed', 'paid'], null, ids);
    expect(await pairs(ids[0]!)).toBe(2);
  });

  test('does not count when it is cancelled first', async () => {
    const ids = [newId(), newId()];
    await told(['placed', 'cancelled', 'paid'], null, ids);
    expect(await pairs(ids[0]!)).toBe(0);
  });

  test('of a child does not count, and is not remembered', async () => {
    const ids = [newId(), newId()];
    await told(['placed'], newId(), ids);
    expect(await p.rows('search', 'select 1 from basket where $1 = any(product_ids)', [ids[0]])).toEqual([]);
    await told(['placed', 'paid'], newId(), ids);
    expect(await pairs(ids[0]!)).toBe(0);
  });
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));

test('sold units count for popularity when their turn comes, each once', async () => {
  const db = p.databases.get('search') as unknown as Db<SearchSchema>;
  const popularity = async (): Promise<number> => {
    const row = await db
      .selectFrom('item')
      .select('popularity')
      .where('product_id', '=', idOf(OTHER))
      .executeTakeFirst();
    return row!.popularity;
  };
  await p.work('search.count-sold');
  const before = await popularity();
  await buy(OTHER);
  await buy(OTHER, CAR);
  expect(await popularity()).toBe(before);
  await Promise.all([p.work('search.count-sold'), p.work('search.count-sold')]);
  expect(await popularity()).toBe(before + 2 * SOLD);
  await p.work('search.count-sold');
  expect(await popularity()).toBe(before + 2 * SOLD);
});
