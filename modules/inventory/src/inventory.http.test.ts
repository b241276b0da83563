import { Browser } from '@um/auth/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import { inventory, type Availability } from '@um/inventory';
import { product } from '@um/product';
import { asLine, someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let p: TestPlatform;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());
const stock = () => p.wire.client(inventory);

beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'auth', 'store', 'product', 'inventory'] });
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
});
afterAll(() => p.stop());

interface Shop {
  readonly storeId: string;
  readonly seller: Browser;
}
async function aStore(): Promise<Shop> {
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  return { storeId: await openStore(p, account.id), seller };
}

/** Variants with so many units each, by declaring them in an import. */
async function shelf({ storeId }: Shop, ...units: number[]): Promise<string[]> {
  const skus = units.map(() => newId());
  const lines = skus.map((sku, i) =>
    asLine({ externalId: sku, variants: [{ sku, options: {}, priceTiyin: 1_000, stock: units[i]! }] }),
  );
  await p.wire.client(product).importLines(ctx(), { storeId, lines, firstLine: 1 });
  await p.settle();
  const docs = await p.wire.client(product).docs(ctx(), { after: null, limit: 1_000 });
  const ids = new Map(docs.flatMap((doc) => doc.variants.map((variant) => [variant.sku, variant.variantId] as const)));
  return skus.map((sku) => ids.get(sku)!);
}
const free = async (...variantIds: string[]): Promise<number[]> =>
  (await stock().availability(ctx(), { variantIds })).map((a: Availability) => a.available);
const hold = (lines: { variantId: string; qty: number }[], over: { orderId?: string; minutes?: number } = {}) =>
  stock().reserve(ctx(), {
    orderId: over.orderId ?? newId(),
    lines,
    expiresAt: new Date(p.clock.now().getTime() + (over.minutes ?? 15) * 60_000),
  });
const whole = async () =>
  expect((await stock().checkInvariants(ctx(), {})).flatMap((check) => check.violations)).toEqual([]);

describe('holding units for orders', () => {
  test('takes them from what is available, all lines or none', async () => {
    const [a, b] = await shelf(await aStore(), 5, 1);
    await hold([
      { variantId: a!, qty: 2 },
      { variantId: b!, qty: 1 },
    ]);
    expect(await free(a!, b!)).toEqual([3, 0]);
    await expect(
      hold([
        { variantId: a!, qty: 1 },
        { variantId: b!, qty: 1 },
      ]),
    ).rejects.toMatchObject({ code: 'inventory.SOLD_OUT', details: { variantIds: [b] } });
    expect(await free(a!, b!)).toEqual([3, 0]);
    await whole();
  });

  test('fifty buyers at once of ten units: exactly ten get one', async () => {
    const [a, b] = await shelf(await aStore(), 10, 1_000);
    const tries = Array.from({ length: 50 }, (_, i) => {
      const lines = [
        { variantId: a!, qty: 1 },
        { variantId: b!, qty: 2 },
      ];
      return hold(i % 2 ? lines : lines.toReversed());
    });
    const results = await Promise.allSettled(tries);
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(10);
    expect(new Set(refusals(results))).toEqual(new Set(['inventory.SOLD_OUT']));
    expect(await free(a!, b!)).toEqual([0, 980]);
    await whole();
  });

  test('twice for one order holds once, also at the same moment', async () => {
    const [a] = await shelf(await aStore(), 10);
    const orderId = newId();
    await Promise.all(Array.from({ length: 8 }, () => hold([{ variantId: a!, qty: 2 }], { orderId })));
    expect(await free(a!)).toEqual([8]);
    await whole();
  });

  test('a variant twice in one order counts both lines', async () => {
    const [a] = await shelf(await aStore(), 3);
    await expect(
      hold([
        { variantId: a!, qty: 2 },
        { variantId: a!, qty: 2 },
      ]),
    ).rejects.toMatchObject({ code: 'inventory.SOLD_OUT' });
    await hold([
      { variantId: a!, qty: 2 },
      { variantId: a!, qty: 1 },
    ]);
    expect(await free(a!)).toEqual([0]);
  });

  test('what nobody ever declared is sold out', async () => {
    await expect(hold([{ variantId: newId(), qty: 1 }])).rejects.toMatchObject({ code: 'inventory.SOLD_OUT' });
  });
});

describe('what becomes of a reservation', () => {
  test('committed units leave the shelf, once', async () => {
    const [a] = await shelf(await aStore(), 5);
    const orderId = newId();
    await hold([{ variantId: a!, qty: 2 }], { orderId });
    await Promise.all([1, 2, 3].map(() => stock().commit(ctx(), { orderId })));
    expect(await free(a!)).toEqual([3]);
    await whole();
  });

  test('released units are free again, once', async () => {
    const [a] = await shelf(await aStore(), 5);
    const orderId = newId();
    await hold([{ variantId: a!, qty: 2 }], { orderId });
    await Promise.all([1, 2, 3].map(() => stock().release(ctx(), { orderId, reason: 'cancelled' })));
    expect(await free(a!)).toEqual([5]);
    await expect(stock().commit(ctx(), { orderId })).rejects.toMatchObject({ code: 'inventory.NOT_HELD' });
    await whole();
  });

  test('units of a committed order come back when it is returned, once', async () => {
    const [a] = await shelf(await aStore(), 5);
    const orderId = newId();
    await hold([{ variantId: a!, qty: 2 }], { orderId });
    await stock().commit(ctx(), { orderId });
    await Promise.all([1, 2].map(() => stock().release(ctx(), { orderId, reason: 'returned' })));
    expect(await free(a!)).toEqual([5]);
    await whole();
  });

  test('an order given up before it held anything can hold nothing later', async () => {
    const [a] = await shelf(await aStore(), 5);
    const orderId = newId();
    await stock().release(ctx(), { orderId, reason: 'failed' });
    await expect(hold([{ variantId: a!, qty: 1 }], { orderId })).rejects.toMatchObject({ code: 'inventory.NOT_HELD' });
    expect(await free(a!)).toEqual([5]);
  });

  test('an expired order is sold after all while the units are there, and not when they are gone', async () => {
    const [a] = await shelf(await aStore(), 3);
    const [late, later] = [newId(), newId()];
    await hold([{ variantId: a!, qty: 2 }], { orderId: late });
    await stock().release(ctx(), { orderId: late, reason: 'expired' });
    await hold([{ variantId: a!, qty: 1 }], { orderId: later });
    await stock().release(ctx(), { orderId: later, reason: 'expired' });
    expect(await free(a!)).toEqual([3]);
    await stock().commit(ctx(), { orderId: late });
    await hold([{ variantId: a!, qty: 1 }]);
    await expect(stock().commit(ctx(), { orderId: later })).rejects.toMatchObject({ code: 'inventory.NOT_HELD' });
    expect(await free(a!)).toEqual([0]);
    await whole();
  });
});

describe('a deadline', () => {
  test('frees what is over it and nothing else', async () => {
    const [a] = await shelf(await aStore(), 10);
    const [soon, late, paid] = [newId(), newId(), newId()];
    await hold([{ variantId: a!, qty: 1 }], { orderId: soon, minutes: 5 });
    await hold([{ variantId: a!, qty: 2 }], { orderId: late, minutes: 60 });
    await hold([{ variantId: a!, qty: 3 }], { orderId: paid, minutes: 5 });
    await stock().commit(ctx(), { orderId: paid });
    p.clock.advance(10 * 60_000);
    await Promise.all([p.work('inventory.sweep-reservations'), p.work('inventory.sweep-reservations')]);
    expect(await free(a!)).toEqual([5]);
    const states = await stock().committedOrders(ctx(), { after: null, limit: 5_000 });
    expect([soon, late, paid].map((id) => states.find((row) => row.orderId === id))).toEqual([
      { orderId: soon, units: 1, state: 'expired' },
      { orderId: late, units: 2, state: 'held' },
      { orderId: paid, units: 3, state: 'committed' },
    ]);
    await whole();
  });
});

describe('facts', () => {
  const told = async (name: string, variantId: string) =>
    (
      await p.rows('inventory', 'select payload from outbox where name = $1 and payload::text like $2 order by seq', [
        name,
        `%${variantId}%`,
      ])
    ).map((row) => row['payload']);

  test('say what is available, each with a higher version', async () => {
    const [a] = await shelf(await aStore(), 10);
    const orderId = newId();
    await hold([{ variantId: a!, qty: 4 }], { orderId });
    await stock().commit(ctx(), { orderId });
    await stock().release(ctx(), { orderId, reason: 'returned' });
    const items = (await told('inventory.stock-changed.v1', a!)).flatMap(
      (payload) => (payload as { items: { available: number; version: number }[] }).items,
    );
    expect(items.map(({ available, version }) => [available, version])).toEqual([
      [10, 1],
      [6, 2],
      [10, 3],
    ]);
    expect(await stock().stockAfter(ctx(), { after: null, limit: 5_000 })).toContainEqual({
      variantId: a,
      productId: expect.any(String),
      available: 10,
      version: 3,
    });
  });

  test('tell once that few are left', async () => {
    const [a] = await shelf(await aStore(), 5);
    for (const qty of [1, 1, 1, 1]) await hold([{ variantId: a!, qty }]);
    expect(await told('inventory.stock-low.v1', a!)).toMatchObject([{ variantId: a, available: 3 }]);
  });
});

/** Codes of what was refused; a failure without one is a bug and shows as such. */
function refusals(results: readonly PromiseSettledResult<unknown>[]): string[] {
  return results.flatMap((r) =>
    r.status === 'rejected' ? [(r.reason as { code?: string }).code ?? String(r.reason)] : [],
  );
}

test('whatever happens at once, no unit is sold twice or lost', async () => {
  const variants = await shelf(await aStore(), 6, 9, 4);
  const orders = Array.from({ length: 12 }, () => newId());
  const line = fc.record({ variantId: fc.constantFrom(...variants), qty: fc.integer({ min: 1, max: 3 }) });
  const orderId = fc.constantFrom(...orders);
  const act = fc.oneof(
    fc.record({ do: fc.constant('reserve' as const), orderId, lines: fc.array(line, { minLength: 1, maxLength: 4 }) }),
    fc.record({ do: fc.constant('commit' as const), orderId }),
    fc.record({
      do: fc.constant('release' as const),
      orderId,
      reason: fc.constantFrom('cancelled' as const, 'expired' as const, 'returned' as const),
    }),
  );
  const run = (step: typeof act extends fc.Arbitrary<infer T> ? T : never) => {
    if (step.do === 'reserve') return hold(step.lines, { orderId: step.orderId });
    return step.do === 'commit'
      ? stock().commit(ctx(), { orderId: step.orderId })
      : stock().release(ctx(), { orderId: step.orderId, reason: step.reason });
  };
  const property = fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 24 }), async (steps) => {
    const results = await Promise.allSettled(steps.map(run));
    expect(refusals(results).filter((code) => !/SOLD_OUT|NOT_HELD/.test(code))).toEqual([]);
    await whole();
  });
  await fc.assert(property, { numRuns: 15 });
});

test('the journal is kept as it was written', async () => {
  await expect(p.rows('inventory', 'update movement set qty = qty + 1')).rejects.toThrow('refused');
  await expect(p.rows('inventory', 'delete from movement')).rejects.toThrow('refused');
});

test('the checks find what is broken', async () => {
  const [a] = await shelf(await aStore(), 5);
  await p.rows('inventory', 'update stock set on_hand = 6, reserved = 1 where variant_id = $1', [a]);
  const checks = await stock().checkInvariants(ctx(), {});
  expect(checks.map((check) => [check.invariant, check.violations])).toEqual([
    ['I1', [`variant ${a}: on hand 6, reserved 1, held by orders 0`]],
    ['I2', [`variant ${a}: on hand 6, the journal says 5`]],
  ]);
  await p.rows('inventory', 'update stock set on_hand = 5, reserved = 0 where variant_id = $1', [a]);
  await whole();
});

describe('declaring stock', () => {
  test('again sets the number anew and never takes what is held', async () => {
    const shop = await aStore();
    const sku = newId();
    const declare = async (units: number) => {
      await p.wire.client(product).importLines(ctx(), {
        storeId: shop.storeId,
        firstLine: 1,
        lines: [
          asLine({
            externalId: sku,
            title: text(`Doll ${sku}`),
            variants: [{ sku, options: {}, priceTiyin: 1_000, stock: units }],
          }),
        ],
      });
      await p.settle();
    };
    await declare(10);
    const { body } = await shop.seller.get<{ items: { variantId: string; sku: string }[] }>(
      `/seller/stock?storeId=${shop.storeId}`,
    );
    const a = body.items.find((item) => item.sku === sku)!.variantId;
    await hold([{ variantId: a, qty: 4 }]);
    await declare(2);
    expect(await free(a)).toEqual([0]);
    await declare(9);
    expect(await free(a)).toEqual([5]);
    await whole();
  });
});

describe('the seller’s stock', () => {
  test('a stock-take changes it, is journalled and audited', async () => {
    const shop = await aStore();
    const [a] = await shelf(shop, 5);
    await hold([{ variantId: a!, qty: 2 }]);
    const got = await shop.seller.patch(`/seller/stock/${a}`, { onHand: 9, reason: 'found a box' });
    expect(got).toMatchObject({ status: 200, body: { onHand: 9, reserved: 2, available: 7, low: false } });
    await p.settle();
    expect(
      await p.rows('audit', 'select action, detail from entry where subject = $1', [`variant:${a}`]),
    ).toMatchObject([{ action: 'inventory.counted', detail: { from: 5, to: 9 } }]);
    expect(
      await p.rows('inventory', 'select kind, qty, reason from movement where variant_id = $1 order by seq', [a]),
    ).toEqual([
      { kind: 'declared', qty: 5, reason: null },
      { kind: 'counted', qty: 4, reason: 'found a box' },
    ]);
    expect(await shop.seller.patch(`/seller/stock/${a}`, { onHand: 1 })).toMatchObject({
      status: 409,
      body: { code: 'inventory.BELOW_RESERVED', details: { reserved: 2 } },
    });
    await whole();
  });

  test('is nobody else’s', async () => {
    const [a] = await shelf(await aStore(), 5);
    const other = await aStore();
    expect((await other.seller.patch(`/seller/stock/${a}`, { onHand: 0 })).status).toBe(404);
    expect((await other.seller.get('/seller/stock')).body).toMatchObject({ items: [] });
    expect((await new Browser(p.fastify).get('/seller/stock')).status).toBe(401);
    const buyer = new Browser(p.fastify);
    await buyer.signUp();
    expect((await buyer.get('/seller/stock')).status).toBe(403);
  });

  test('is listed page by page, and what is low alone when asked', async () => {
    const shop = await aStore();
    const ids = await shelf(shop, 50, 1, 50, 2, 50);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: { body: { items: { variantId: string }[]; nextCursor: string | null } } = await shop.seller.get(
        `/seller/stock?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...body.items.map((item) => item.variantId));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    const { body } = await shop.seller.get<{ items: { variantId: string }[] }>('/seller/stock?low=true');
    expect(body.items.map((item) => item.variantId).toSorted()).toEqual([ids[1]!, ids[3]!].toSorted());
  });
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
