import { Browser } from '@um/auth/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import { product, type ImportRow, type ProductView } from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import type { ProductPage } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { store } from '@um/store';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RealRedis, redisInstalled } from '../../kernel/src/cache/real-redis.factory.js';

const services = ['file', 'audit', 'auth', 'family', 'store', 'product', 'inventory', 'search'];
/** A change is to be seen within two seconds, whatever carries the news. */
const SEEN_MS = 2_000;
const text = (words: string) => ({ uz: words, ru: words, en: words });

/** Two processes of one platform: which of them changes something and which one hears of it is left to chance. */
class Pair {
  storeId = '';

  private constructor(readonly processes: readonly [TestPlatform, TestPlatform]) {}

  static async start(redisUrl?: string): Promise<Pair> {
    const cache = redisUrl === undefined ? {} : { redisUrl };
    const first = await testPlatform({ services, cache });
    const pair = new Pair([first, await testPlatform({ services, cache, beside: first })]);
    await pair.ready();
    await first.wire.client(product).putCategories(pair.ctx(), { categories: someCategories });
    const { account } = await new Browser(first.fastify).signUp();
    const opened = { slug: 'lola', name: text('lola'), description: text('d'), city: text('c'), commissionBp: 1_000 };
    const seller = { ...opened, ownerId: account.id, verified: true };
    ({ storeId: pair.storeId } = await first.wire.client(store).open(pair.ctx(), seller));
    return pair;
  }

  ctx = (): Ctx => systemCtx(this.processes[0].clock.now());

  /** Until every process hears the others. */
  ready(state: 'up' | 'down' = 'up'): Promise<void> {
    return vi.waitFor(() => expect(this.processes.map(({ cache }) => cache.stats().bus)).toEqual([state, state]), {
      timeout: 10_000,
    });
  }

  async put(row: ImportRow): Promise<void> {
    const lines = [JSON.stringify(row)];
    await this.processes[0].wire
      .client(product)
      .importLines(this.ctx(), { storeId: this.storeId, lines, firstLine: 1 });
  }

  /** What a guest of each process sees of a product: in the list, and on its page. */
  async seen(brand: string): Promise<{ price: number; inStock: boolean; page: number }[]> {
    return Promise.all(
      this.processes.map(async ({ fastify }) => {
        const guest = new Browser(fastify);
        const { items } = (await guest.get<ProductPage>(`/products?brand=${brand}`)).body;
        const page = await guest.get<ProductView>(`/products/${items[0]!.slug}`);
        const price = page.body.variants[0]!.price.amount;
        return { price: items[0]!.price.amount, inStock: items[0]!.inStock, page: price };
      }),
    );
  }

  /** A new product of a brand of its own, already kept by every process. */
  async aProduct(brand: string): Promise<ImportRow> {
    const row = anImportRow({
      externalId: newId(),
      brand,
      variants: [{ sku: newId(), options: {}, priceTiyin: 100, stock: 5 }],
    });
    await this.put(row);
    await this.processes[0].settle();
    await vi.waitFor(
      async () => expect(await this.seen(brand)).toEqual(both({ price: 100, inStock: true, page: 100 })),
      {
        timeout: 10_000,
        interval: 200,
      },
    );
    return row;
  }

  /** Until every process shows it; fails when that takes too long. */
  shows(brand: string, wanted: { price: number; inStock: boolean; page: number }): Promise<void> {
    return vi.waitFor(async () => expect(await this.seen(brand)).toEqual(both(wanted)), {
      timeout: SEEN_MS,
      interval: 50,
    });
  }

  async stop(): Promise<void> {
    await this.processes[1].stop();
    await this.processes[0].stop();
  }
}

const both = <T>(one: T): [T, T] => [one, one];
const dearer = (row: ImportRow): ImportRow => ({
  ...row,
  variants: row.variants.map((variant) => ({ ...variant, priceTiyin: 250 })),
});

/** A change of the price, then of the stock: both are shown by every process in time. */
async function changesAreSeen(pair: Pair, brand: string): Promise<void> {
  const row = await pair.aProduct(brand);
  await pair.put(dearer(row));
  await pair.shows(brand, { price: 250, inStock: true, page: 250 });
  await pair.put({ ...dearer(row), variants: dearer(row).variants.map((v) => ({ ...v, stock: 0 })) });
  await pair.shows(brand, { price: 250, inStock: false, page: 250 });
}

describe('two processes without Redis', () => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await Pair.start();
  });
  afterAll(() => pair.stop());

  test('a change of price or stock is seen by guests of both within two seconds', () => changesAreSeen(pair, 'Olma'));

  test('what nobody changed is answered from memory', async () => {
    await pair.aProduct('Uzum');
    const hits = () => pair.processes.map(({ cache }) => cache.stats().hits.l1);
    const before = hits();
    await pair.seen('Uzum');
    expect(hits()).toEqual(before.map((count) => count + 2));
  });
});

describe.skipIf(!redisInstalled)('two processes with Redis', () => {
  let redis: RealRedis;
  let pair: Pair;
  beforeAll(async () => {
    redis = await RealRedis.started();
    pair = await Pair.start(redis.url);
  });
  afterAll(async () => {
    await pair.stop();
    redis.end();
  });

  test('a change of price or stock is seen by guests of both within two seconds', () => changesAreSeen(pair, 'Anor'));

  test('one takes from Redis what the other has loaded', async () => {
    await pair.aProduct('Behi');
    const hits = () => pair.processes.reduce((sum, { cache }) => sum + cache.stats().hits.l2, 0);
    const before = hits();
    for (const { fastify } of pair.processes) {
      await vi.waitFor(async () =>
        expect((await new Browser(fastify).get('/products?brand=Behi&limit=9')).status).toBe(200),
      );
      await vi.waitFor(async () => expect(await redis.ask('keys', '*brand=Behi&limit=9')).not.toEqual([]));
    }
    expect(hits()).toBe(before + 1);
  });

  test('Redis killed: guests are answered, and a change is still seen by both within two seconds', async () => {
    const row = await pair.aProduct('Gilos');
    await redis.kill();
    await pair.ready('down');
    expect(await pair.seen('Gilos')).toEqual(both({ price: 100, inStock: true, page: 100 }));
    await pair.put(dearer(row));
    await pair.shows('Gilos', { price: 250, inStock: true, page: 250 });
    await redis.start();
    await pair.ready();
    await changesAreSeen(pair, 'Nok');
  });
});
