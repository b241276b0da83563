import { Browser } from '@um/auth/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import {
  product,
  type ImportRow,
  type ProductView,
  type SalePage,
  type SalesPlanned,
  type SellerPrices,
} from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';

const DAY = 86_400_000;
const HOUR = 3_600_000;
type Planned = z.output<typeof SalesPlanned> & { code?: string; details?: unknown };

let p: TestPlatform;
const ctx = (): Ctx => systemCtx(p.clock.now());
const products = () => p.wire.client(product);
/** A moment so many days from now. */
const inDays = (days: number): string => new Date(p.clock.now().getTime() + days * DAY).toISOString();
const pass = (ms: number): void => p.clock.advance(ms);

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product'] });
  await products().putCategories(ctx(), { categories: someCategories });
});
afterAll(() => p.stop());

/** A context of some days ago. */
const ago = (days: number): Ctx => systemCtx(new Date(p.clock.now().getTime() - days * DAY));
async function aStore(days = 0) {
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  return { storeId: await openStore(p, account.id, { now: ago(days).now }), seller };
}
async function load(storeId: string, row: ImportRow, daysAgo = 0) {
  const report = await products().importLines(ago(daysAgo), { storeId, lines: [JSON.stringify(row)], firstLine: 1 });
  expect(report.problems).toEqual([]);
}
/** A product at 100 000 soʻm that was offered for as many days, in a store of its own. */
async function aProduct(days = 40, over: Partial<ImportRow['variants'][number]> = {}) {
  const { storeId, seller } = await aStore(days);
  const row = anImportRow({
    externalId: newId(),
    variants: [{ sku: newId(), options: {}, priceTiyin: 10_000_000, stock: 5, ...over }],
  });
  await load(storeId, row, days);
  const [found] = await p.rows(
    'product',
    'select p.id, p.slug, v.id as variant from product p join variant v on v.product_id = p.id where external_id = $1',
    [row.externalId],
  );
  return {
    storeId,
    seller,
    row,
    id: String(found!['id']),
    slug: String(found!['slug']),
    variantId: String(found!['variant']),
  };
}
type Thing = Awaited<ReturnType<typeof aProduct>>;
const plan = (thing: Thing, sale: object, seller = thing.seller) =>
  seller.post<Planned>('/seller/sales', { storeId: thing.storeId, variantIds: [thing.variantId], ...sale });
const shown = async ({ slug }: Thing) =>
  (await new Browser(p.fastify).get<ProductView>(`/products/${slug}`)).body.variants[0]!;
const priced = async ({ variantId }: Thing) => {
  const [info] = await products().variants(ctx(), { ids: [variantId] });
  return info!.priceTiyin;
};
const told = async ({ id, storeId }: Thing) => {
  const facts = await p.rows(
    'product',
    "select payload from outbox where name = 'product.changed.v1' and aggregate = $1 order by seq",
    [storeId],
  );
  const docs = facts.flatMap(
    (row) =>
      (
        row['payload'] as {
          items: { productId: string; version: number; priceTiyin: number; compareAtTiyin: number | null }[];
        }
      ).items,
  );
  return docs.filter((doc) => doc.productId === id);
};

describe('a sale', () => {
  test('begins and ends to the millisecond for whoever buys, and is told to lists', async () => {
    const thing = await aProduct();
    const planned = await plan(thing, { percentOff: 25, startsAt: inDays(1), endsAt: inDays(3) });
    expect(planned).toMatchObject({
      status: 201,
      body: {
        items: [
          {
            state: 'planned',
            price: { amount: 7_500_000 },
            compareAt: { amount: 10_000_000 },
            lowest30: { amount: 10_000_000 },
          },
        ],
      },
    });
    pass(DAY - 1);
    expect(await priced(thing)).toBe(10_000_000);
    pass(1);
    expect(await priced(thing)).toBe(7_500_000); // no job ran yet
    await p.work('product.sweep-prices');
    expect((await told(thing)).at(-1)).toMatchObject({ priceTiyin: 7_500_000, compareAtTiyin: 10_000_000 });
    expect(await shown(thing)).toMatchObject({
      price: { amount: 7_500_000 },
      compareAt: { amount: 10_000_000 },
      lowest30: { amount: 10_000_000 },
      saleEndsAt: planned.body.items[0]!.endsAt,
    });
    pass(2 * DAY - 1);
    expect(await priced(thing)).toBe(7_500_000);
    pass(1);
    expect(await priced(thing)).toBe(10_000_000);
    await p.work('product.sweep-prices');
    expect((await told(thing)).at(-1)).toMatchObject({ priceTiyin: 10_000_000, compareAtTiyin: null });
  });

  test('is told at its moment by a job of its own, and once more afterwards', async () => {
    const thing = await aProduct();
    await plan(thing, { percentOff: 10, startsAt: inDays(1), endsAt: inDays(2) });
    const jobs = await p.rows('product', "select payload from outbox where name like '%turn-prices%'");
    expect(jobs.length).toBeGreaterThanOrEqual(2);
    const before = (await told(thing)).length;
    pass(DAY);
    await p.work('product.sweep-prices');
    await p.work('product.sweep-prices');
    expect(await told(thing)).toHaveLength(before + 1);
    pass(5 * 60_000);
    await p.work('product.sweep-prices');
    expect(await told(thing)).toHaveLength(before + 2);
  });

  test('that begins now is seen at once', async () => {
    const thing = await aProduct();
    await shown(thing);
    expect(await plan(thing, { priceTiyin: 6_000_000, startsAt: inDays(-1), endsAt: inDays(2) })).toMatchObject({
      status: 201,
      body: { items: [{ state: 'running' }] },
    });
    await p.settle();
    expect(await shown(thing)).toMatchObject({ price: { amount: 6_000_000 } });
  });

  test('can be ended early, and is over then', async () => {
    const thing = await aProduct();
    const { body } = await plan(thing, { percentOff: 50, startsAt: inDays(0), endsAt: inDays(9) });
    pass(HOUR);
    const id = body.items[0]!.id;
    expect((await thing.seller.post(`/seller/sales/${id}/end`)).status).toBe(204);
    expect(await priced(thing)).toBe(10_000_000);
    expect(await thing.seller.post(`/seller/sales/${id}/end`)).toMatchObject({
      status: 409,
      body: { code: 'product.SALE_OVER' },
    });
    const { body: prices } = await thing.seller.get<SellerPrices>(`/seller/products/${thing.id}/prices`);
    expect(prices.variants[0]!.history.map((step) => step.price.amount)).toEqual([10_000_000, 5_000_000, 10_000_000]);
  });

  test('that did not begin is forgotten', async () => {
    const thing = await aProduct();
    const { body } = await plan(thing, { percentOff: 50, startsAt: inDays(1), endsAt: inDays(9) });
    expect((await thing.seller.post(`/seller/sales/${body.items[0]!.id}/end`)).status).toBe(204);
    pass(2 * DAY);
    expect(await priced(thing)).toBe(10_000_000);
    expect((await thing.seller.get<z.output<typeof SalePage>>('/seller/sales')).body.items).toEqual([]);
  });

  type Refused = [string, Record<string, unknown> & { startsAt?: number; endsAt?: number }, number, string];
  test.each<Refused>([
    ['that is not lower', { priceTiyin: 10_000_000 }, 400, 'product.SALE_NOT_LOWER'],
    ['that ended before it began', { percentOff: 10, endsAt: -1 }, 400, 'product.BAD_PERIOD'],
    ['without end', { percentOff: 10, endsAt: 61 }, 400, 'product.BAD_PERIOD'],
    ['far away', { percentOff: 10, startsAt: 366, endsAt: 370 }, 400, 'product.BAD_PERIOD'],
    ['with a price and percent', { percentOff: 10, priceTiyin: 5 }, 400, 'http.INVALID'],
    ['of something else', { percentOff: 10, variantIds: [newId()] }, 404, 'product.NOT_FOUND'],
  ])('%s is refused', async (_name, { startsAt = 0, endsAt = 2, ...sale }, status, code) => {
    const thing = await aProduct();
    const answer = await plan(thing, { ...sale, startsAt: inDays(startsAt), endsAt: inDays(endsAt) });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  test('belongs to the seller: nobody else plans, ends or reads it', async () => {
    const thing = await aProduct();
    const { seller: other } = await aStore();
    expect((await plan(thing, { percentOff: 10, startsAt: inDays(0), endsAt: inDays(2) }, other)).status).toBe(404);
    const { body } = await plan(thing, { percentOff: 10, startsAt: inDays(0), endsAt: inDays(2) });
    expect((await other.post(`/seller/sales/${body.items[0]!.id}/end`)).status).toBe(404);
    expect((await other.get(`/seller/products/${thing.id}/prices`)).status).toBe(404);
    expect((await other.get<z.output<typeof SalePage>>('/seller/sales')).body.items).toEqual([]);
    expect((await other.put(`/seller/variants/${thing.variantId}/price`, { priceTiyin: 1 })).status).toBe(404);
    const parent = new Browser(p.fastify);
    await parent.signUp();
    expect((await plan(thing, { percentOff: 10, startsAt: inDays(0), endsAt: inDays(2) }, parent)).status).toBe(403);
  });

  test('of one time is planned once, however many try at the same moment', async () => {
    const thing = await aProduct();
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        plan(thing, { percentOff: 10 + n, startsAt: inDays(1), endsAt: inDays(2 + n) }),
      ),
    );
    expect(tries.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    expect(tries.find((answer) => answer.status === 409)!.body).toMatchObject({
      code: 'product.SALE_OVERLAP',
      details: { variantIds: [thing.variantId] },
    });
    expect((await plan(thing, { percentOff: 10, startsAt: inDays(30), endsAt: inDays(31) })).status).toBe(201);
  });
});

describe('an earlier price', () => {
  test('is not struck out when it was raised for the sale', async () => {
    const thing = await aProduct();
    await thing.seller.put(`/seller/variants/${thing.variantId}/price`, { priceTiyin: 20_000_000 });
    pass(2 * DAY);
    await plan(thing, { priceTiyin: 12_000_000, startsAt: inDays(0), endsAt: inDays(2) });
    await p.settle();
    expect(await shown(thing)).toMatchObject({
      price: { amount: 12_000_000 },
      compareAt: null,
      lowest30: { amount: 10_000_000 },
    });
  });

  test('of something that is new is not known', async () => {
    const thing = await aProduct(6);
    await plan(thing, { priceTiyin: 5_000_000, startsAt: inDays(0), endsAt: inDays(2) });
    await p.settle();
    expect(await shown(thing)).toMatchObject({ price: { amount: 5_000_000 }, compareAt: null, lowest30: null });
  });

  test('that a file claims is shown as far as it was asked, and for thirty days', async () => {
    const made = await aProduct(1, { compareAtTiyin: 99_000_000 });
    expect(await shown(made)).toMatchObject({ compareAt: null });
    const thing = await aProduct();
    await load(thing.storeId, {
      ...thing.row,
      variants: [{ ...thing.row.variants[0]!, priceTiyin: 8_000_000, compareAtTiyin: 99_000_000 }],
    });
    await p.settle();
    expect(await shown(thing)).toMatchObject({ price: { amount: 8_000_000 }, compareAt: { amount: 10_000_000 } });
    pass(30 * DAY);
    await p.work('product.sweep-prices');
    await p.settle();
    expect(await shown(thing)).toMatchObject({ price: { amount: 8_000_000 }, compareAt: null });
    expect((await told(thing)).at(-1)).toMatchObject({ compareAtTiyin: null });
  });
});

describe('the history of prices', () => {
  test('keeps each change once, in order, also of files that say an older moment', async () => {
    const thing = await aProduct();
    await load(thing.storeId, { ...thing.row, brand: 'Another' }); // the price is the same
    pass(DAY);
    await thing.seller.put(`/seller/variants/${thing.variantId}/price`, { priceTiyin: 9_000_000 });
    pass(-HOUR);
    await load(thing.storeId, { ...thing.row, variants: [{ ...thing.row.variants[0]!, priceTiyin: 8_000_000 }] });
    pass(2 * HOUR);
    const { body } = await thing.seller.get<SellerPrices>(`/seller/products/${thing.id}/prices`);
    expect(body.variants[0]).toMatchObject({ basePrice: { amount: 8_000_000 }, price: { amount: 8_000_000 } });
    expect(body.variants[0]!.history.map((step) => step.price.amount)).toEqual([8_000_000, 9_000_000, 10_000_000]);
    expect(await priced(thing)).toBe(8_000_000);
  });
});
