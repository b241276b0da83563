import { inTx, systemCtx, type Db, type Tx } from '@um/kernel';
import { someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addBrands, brandsNow, lockBrands, mergeBrand } from './brand.queries.js';
import { allCategories, categoriesNow, mergeCategory, putCategories } from './category.queries.js';
import { placed } from './category.rules.js';
import { product } from './contract.js';
import type { ProductSchema } from './product.schema.js';

let p: TestPlatform;
let db: Db<ProductSchema>;
beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product'] });
  db = p.databases.get('product') as unknown as Db<ProductSchema>;
  const ctx = systemCtx(p.clock.now());
  await p.wire.client(product).putCategories(ctx, { categories: someCategories });
  await inTx(db, (tx) =>
    addBrands(
      tx,
      ['one', 'two'].map((slug) => ({ slug, name: slug })),
      ctx.now,
    ),
  );
});
afterAll(() => p.stop());

/** Does something beside an open transaction; fails when it would have to wait for it. */
const beside = <T>(work: (tx: Tx<ProductSchema>) => Promise<T>): Promise<T> =>
  inTx(db, async (tx) => {
    await sql`set local lock_timeout = '50ms'`.execute(tx);
    return work(tx);
  });
/** Does something in a transaction that is taken back. */
const undone = async <T>(work: (tx: Tx<ProductSchema>) => Promise<T>): Promise<T> => {
  const done: T[] = [];
  const back = new Error('back');
  try {
    await inTx(db, async (tx) => {
      done.push(await work(tx));
      throw back;
    });
  } catch (error) {
    if (error !== back) throw error;
  }
  return done[0]!;
};
/** How an attempt that has to wait ends. */
const waited = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => false,
    (error: unknown) => /lock timeout/.test(String(error)),
  );

test('a category is merged only after those who are about to put products into it; other changes of the tree do not wait', async () => {
  await inTx(db, async (tx) => {
    expect((await categoriesNow(tx, ['toys.blocks'])).get('toys.blocks')).toBe('toys.blocks');
    await expect(beside((other) => mergeCategory(other, 'toys.blocks', 'toys'))).rejects.toThrow(/lock timeout/);
    const renamed = { uz: 'boshqa', ru: 'другое', en: 'other' };
    const tree = placed(
      (await allCategories(db)).map((one) => (one.id === 'toys.blocks' ? { ...one, name: renamed } : one)),
    )!;
    expect(await beside((other) => putCategories(other, tree))).toEqual(['toys.blocks']);
  });
});

test('a product that comes while its category is being merged waits, and goes where the category goes', async () => {
  const [waits, now] = await undone(async (tx) => {
    await mergeCategory(tx, 'toys.blocks', 'toys');
    return [
      await waited(beside((other) => categoriesNow(other, ['toys.blocks']))),
      (await categoriesNow(tx, ['toys.blocks'])).get('toys.blocks'),
    ];
  });
  expect([waits, now]).toEqual([true, 'toys']);
});

test('a brand is merged only after those who are about to give it products', async () => {
  await inTx(db, async (tx) => {
    expect((await brandsNow(tx, ['one'])).get('one')).toBe('one');
    await expect(beside((other) => lockBrands(other, ['one', 'two']))).rejects.toThrow(/lock timeout/);
  });
  const [waits, now] = await undone(async (tx) => {
    await lockBrands(tx, ['one', 'two']);
    await mergeBrand(tx, 'one', 'two');
    return [await waited(beside((other) => brandsNow(other, ['one']))), (await brandsNow(tx, ['one'])).get('one')];
  });
  expect([waits, now]).toEqual([true, 'two']);
});
