import type { family } from '@um/family';
import { Browser } from '@um/auth/testing';
import { inTx, newId, systemCtx, type Client, type Ctx, type Db } from '@um/kernel';
import type { inventory } from '@um/inventory';
import { product, type ProductDoc } from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import { search } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ViewerService } from './viewer.service.js';
import { RebuildService } from './rebuild.service.js';
import { aDoc } from './search.factory.js';
import type { SearchSchema } from './search.schema.js';
import { BrandsService } from './brands.service.js';
import { ShelvesService } from './shelves.service.js';

const PRODUCTS = 60;
let p: TestPlatform;
let db: Db<SearchSchema>;
let ids: string[];
const ctx = (): Ctx => systemCtx(p.clock.now());
const verify = () => p.wire.client(search).verify(ctx(), {});
const rebuild = () => p.wire.client(search).rebuild(ctx(), {});
const sql = (statement: string, ...values: unknown[]) => p.rows('search', statement, values);

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product', 'inventory', 'search'] });
  db = p.databases.get('search') as unknown as Db<SearchSchema>;
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
  const { account } = await new Browser(p.fastify).signUp();
  const storeId = await openStore(p, account.id, { slug: 'lola' });
  const lines = Array.from({ length: PRODUCTS }, (_, n) =>
    JSON.stringify(
      anImportRow({
        externalId: `t-${n}`,
        brand: `Brand ${n % 5}`,
        variants: [{ sku: `t-${n}`, options: {}, priceTiyin: 100_000 + n, stock: n % 7 }],
      }),
    ),
  );
  expect((await p.wire.client(product).importLines(ctx(), { storeId, lines, firstLine: 1 })).problems).toEqual([]);
  await p.settle();
  ids = (await sql('select product_id from item order by product_id')).map((row) => String(row['product_id']));
});
afterAll(() => p.stop());

describe('what was planted in the read model', () => {
  test('nothing is found where nothing was', async () =>
    expect(await verify()).toEqual({ checked: PRODUCTS, differing: [], miscounted: [] }));

  const PLANTED: readonly [string, string][] = [
    ['a price', 'update item set price_tiyin = price_tiyin - 1 where product_id = $1'],
    ['a name', `update item set title = title || '{"ru": "Другое"}' where product_id = $1`],
    ['an age', 'update item set needed_months = 216 where product_id = $1'],
    ['a hazard', "update item set hazards = array['sharp'] where product_id = $1"],
    ['a category', "update item set category_path = '{elsewhere}' where product_id = $1"],
    ['a version that is not there yet', 'update item set version = version + 7 where product_id = $1'],
    ['stock', 'update item set in_stock = not in_stock where product_id = $1'],
    ['a withdrawal', 'update item set listed = false where product_id = $1'],
    ['a missing product', 'with h as (delete from shelf where product_id = $1) delete from item where product_id = $1'],
    ['a place on a shelf', 'delete from shelf where product_id = $1 and child is not null'],
    ['an age on a shelf', 'update shelf set needed_months = needed_months + 1 where product_id = $1'],
  ];
  test.each(PLANTED)('%s is found, and gone when it is built again', async (_what, statement) => {
    await sql(statement, ids[7]);
    expect((await verify()).differing).toEqual([ids[7]]);
    await rebuild();
    expect(await verify()).toEqual({ checked: PRODUCTS, differing: [], miscounted: [] });
  });

  test('a product that is none', async () => {
    const ghost = aDoc();
    await inTx(db, (tx) => new ShelvesService().putDocs(tx, ctx(), [ghost]));
    expect((await verify()).differing).toEqual([ghost.productId]);
    await rebuild();
    expect(await sql('select 1 from item where product_id = $1', ghost.productId)).toEqual([]);
    expect(await verify()).toEqual({ checked: PRODUCTS, differing: [], miscounted: [] });
  });

  test('stock with a version that is not there yet', async () => {
    await sql('update stock set available = 0, version = version + 9 where product_id = $1', ids[3]);
    await sql('update item set in_stock = false where product_id = $1', ids[3]);
    expect((await verify()).differing).toEqual([ids[3]]);
    await rebuild();
    expect((await verify()).differing).toEqual([]);
  });

  test('a count', async () => {
    await sql("update tally set n = n + 1 where scope = 's:lola' and facet = 0 and not fine");
    await sql("update brand_rank set n = n - 1 where scope = '' and brand = 'Brand 2'");
    expect((await verify()).miscounted).toEqual(['', 's:lola']);
    await rebuild();
    expect((await verify()).miscounted).toEqual([]);
  });
});

test('shoppers read on while it is built again, and facts arrive', async () => {
  const guest = new Browser(p.fastify);
  const rebuilding = new AbortController();
  const reading = (async () => {
    const seen: number[] = [];
    for (let n = 0; !rebuilding.signal.aborted; n += 1) {
      const query = `limit=60&facets=true&sort=${n % 2 ? 'new' : 'price_asc'}&minPrice=${n}`;
      const { body } = await guest.get<{ items: unknown[] }>(`/products?${query}`);
      seen.push(body.items.length);
    }
    return seen;
  })();
  for (let n = 0; n < 3; n += 1) await rebuild();
  rebuilding.abort();
  const seen = await reading;
  expect(seen.length).toBeGreaterThan(3);
  expect(new Set(seen)).toEqual(new Set([PRODUCTS]));
});

describe('what arrives while it is built again', () => {
  /** Builds again from `read`, where `meanwhile` happens after it was read; `now` is the truth from then on. */
  async function built(read: ProductDoc[], now: ProductDoc[], meanwhile: () => Promise<unknown>): Promise<void> {
    let first = true;
    const between = (docs: ProductDoc[], after: string | null) =>
      docs.filter((doc) => after === null || doc.productId > after);
    const products = {
      attributes: async () => [],
      brands: async () => [],
      docs: async (_ctx: Ctx, { after }: { after: string | null }) => {
        if (!first) return between(now, after);
        first = false;
        await meanwhile();
        return between(read, after);
      },
    } as unknown as Client<typeof product>;
    const stock = { stockAfter: async () => [] } as unknown as Client<typeof inventory>;
    const brands = new BrandsService(db, new ViewerService({} as Client<typeof family>), '');
    await new RebuildService(db, products, stock, new ShelvesService(), brands).rebuild(ctx());
  }
  const put = (doc: ProductDoc) => inTx(db, (tx) => new ShelvesService().putDocs(tx, ctx(), [doc]));
  const versions = async (id: string) =>
    (await sql('select version from item where product_id = $1', id)).map((row) => Number(row['version']));

  test('is not written over with what was read before', async () => {
    const old = aDoc();
    const now = { ...old, version: 2 };
    await put(old);
    await built([old], [now], () => put(now));
    expect(await versions(old.productId)).toEqual([2]);
  });

  test('is not taken for a product that is none', async () => {
    const made = { ...aDoc(), productId: newId() };
    await built([], [made], () => put(made));
    expect(await versions(made.productId)).toEqual([1]);
  });
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
