import { Browser } from '@um/auth/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import { product, type ImportRow, type ProductView } from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import type { ProductPage } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RealRedis, redisInstalled } from '../../kernel/src/cache/real-redis.factory.js';

const services = ['file', 'audit', 'auth', 'family', 'store', 'product', 'inventory', 'search'];
/** A change is to be seen within two seconds, whatever carries the news. */
const SEEN_MS = 2_000;
const PATIENCE_MS = 10_000;

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
    pair.storeId = await openStore(first, account.id, { slug: 'lola' });
    return pair;
  }

  ctx = (): Ctx => systemCtx(this.processes[0].clock.now());

  /** Until every process hears the others, or none does. */
  async ready(state: 'up' | 'down' = 'up'): Promise<void> {
    const states = async () => this.processes.map(({ cache }) => cache.stats().bus);
    assert.deepEqual(await settled(states, both(state), PATIENCE_MS), both(state));
  }

  async put(row: ImportRow): Promise<void> {
    const lines = [JSON.stringify(row)];
    await this.processes[0].wire
      .client(product)
      .importLines(this.ctx(), { storeId: this.storeId, lines, firstLine: 1 });
  }

  /** What a guest of each process sees of a product: in the list, and on its page. */
  async seen(brand: string): Promise<Seen[]> {
    return Promise.all(
      this.processes.map(async ({ fastify }) => {
        const guest = new Browser(fastify);
        const [item] = (await guest.get<ProductPage>(`/products?brand=${brand}`)).body.items;
        if (!item) return { price: 0, inStock: false, page: 0 };
        const page = await guest.get<ProductView>(`/products/${item.slug}`);
        return { price: item.price.amount, inStock: item.inStock, page: page.body.variants[0]!.price.amount };
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
    const first = both({ price: 100, inStock: true, page: 100 });
    assert.deepEqual(await settled(() => this.seen(brand), first, PATIENCE_MS), first);
    return row;
  }

  /** What guests see once every process shows `wanted`, or when the time for that is over. */
  afterwards(brand: string, wanted: Seen): Promise<Seen[]> {
    return settled(() => this.seen(brand), both(wanted), SEEN_MS);
  }

  async stop(): Promise<void> {
    await this.processes[1].stop();
    await this.processes[0].stop();
  }
}

interface Seen {
  readonly price: number;
  readonly inStock: boolean;
  readonly page: number;
}

/** Reads until what is read is as wanted or the time is over; answers what was read last. */
async function settled<T>(read: () => Promise<T>, wanted: T, ms: number): Promise<T> {
  const until = Date.now() + ms;
  for (;;) {
    const last = await read();
    if (isDeepStrictEqual(last, wanted) || Date.now() > until) return last;
    await pause(20);
  }
}

const both = <T>(one: T): [T, T] => [one, one];
const dearer = (row: ImportRow): ImportRow => ({
  ...row,
  variants: row.variants.map((variant) => ({ ...variant, priceTiyin: 250 })),
});

const soldOut = (row: ImportRow): ImportRow => ({
  ...row,
  variants: row.variants.map((variant) => ({ ...variant, stock: 0 })),
});

const changed = { price: 250, inStock: true, page: 250 };
const gone = { ...changed, inStock: false };

describe('two processes without Redis', () => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await Pair.start();
  });
  afterAll(() => pair.stop());

  test('a change of price or stock is seen by guests of both within two seconds', async () => {
    const row = await pair.aProduct('Olma');
    await pair.put(dearer(row));
    expect(await pair.afterwards('Olma', changed)).toEqual(both(changed));
    await pair.put(soldOut(dearer(row)));
    expect(await pair.afterwards('Olma', gone)).toEqual(both(gone));
  });

  test('what nobody changed is answered from memory', async () => {
    await pair.aProduct('Uzum');
    const hits = () => pair.processes.map(({ cache }) => cache.stats().hits.l1);
    // Word of the new product may still be on its way to the other process.
    await vi.waitFor(async () => {
      const before = hits();
      await pair.seen('Uzum');
      expect(hits()).toEqual(before.map((count) => count + 2));
    }, 10_000);
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
    await redis.end();
  });

  test('a change of price or stock is seen by guests of both within two seconds', async () => {
    const row = await pair.aProduct('Anor');
    await pair.put(dearer(row));
    expect(await pair.afterwards('Anor', changed)).toEqual(both(changed));
    await pair.put(soldOut(dearer(row)));
    expect(await pair.afterwards('Anor', gone)).toEqual(both(gone));
  });

  test('one takes from Redis what the other has loaded', async () => {
    await pair.aProduct('Behi');
    const hits = () => pair.processes.reduce((sum, { cache }) => sum + cache.stats().hits.l2, 0);
    const before = hits();
    for (const { fastify } of pair.processes) {
      await new Browser(fastify).get('/products?brand=Behi&limit=9');
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
    expect(await pair.afterwards('Gilos', changed)).toEqual(both(changed));
    await redis.start();
    await pair.ready();
    await pair.put(soldOut(dearer(row)));
    expect(await pair.afterwards('Gilos', gone)).toEqual(both(gone));
  });
});
