import { adultViewer, guestViewer, hazards, maySee, type ProductFacts, type Viewer } from '@um/family';
import { inTx, newId, systemCtx, type Db } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDoc, shownPage, suggested } from './search.factory.js';
import type { SearchSchema } from './search.schema.js';
import { ShelvesService } from './shelves.service.js';
import { related, visibleProducts } from './small.queries.js';

let p: TestPlatform;
let db: Db<SearchSchema>;
const shelves = new ShelvesService();
const ctx = () => systemCtx(p.clock.now());
const STORES = Array.from({ length: 3 }, () => newId());
const PATHS = [
  ['toys'],
  ['toys', 'toys.blocks'],
  ['toys', 'toys.dolls'],
  ['tools'],
  ['tools', 'tools.saws', 'tools.saws.hand'],
];
const HAZARDS = hazards.slice(0, 4);
const AGES = [0, 35, 36, 71, 72, 143, 144, 191, 192, 215, 216, 217];

const facts = fc.record<ProductFacts>({
  ageMinMonths: fc.constantFrom(...AGES),
  infoMark: fc.constantFrom(null, '0+', '6+', '12+', '16+', '18+'),
  hazards: fc.subarray([...HAZARDS]),
  categoryPath: fc.constantFrom(...PATHS),
  storeId: fc.constantFrom(...STORES),
  priceTiyin: fc.constantFrom(1, 99, 100, 101, 5_000_000),
});
const viewer: fc.Arbitrary<Viewer> = fc.oneof(
  fc.constantFrom(guestViewer, adultViewer),
  fc.record<Viewer>({
    kind: fc.constant('child' as const),
    ageMonths: fc.constantFrom(...AGES),
    hiddenCategories: fc.subarray([...new Set(PATHS.flat()), 'nowhere']),
    hiddenStores: fc.subarray(STORES),
    hiddenHazards: fc.subarray([...HAZARDS]),
    maxPriceTiyin: fc.constantFrom(null, 1, 100, 4_999_999),
    policyVersion: fc.constant(1),
  }),
);
const made = fc
  .sample(facts, { numRuns: 400, seed: 7 })
  .map((one) => aDoc({ storeId: one.storeId, facts: one, title: { uz: 'Hammasi', ru: 'Всё', en: 'All' } }));

beforeAll(async () => {
  p = await testPlatform({ services: ['search'] });
  db = p.databases.get('search') as unknown as Db<SearchSchema>;
  await inTx(db, (tx) =>
    shelves.putDocs(tx, ctx(), [...made, aDoc({ state: 'in_review' }), aDoc({ state: 'recalled' })]),
  );
});
afterAll(() => p.stop());

/** Everything a viewer is shown by the lists of the read model, with or without words. */
async function listed(who: Viewer, words: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: (string | number)[] | null = null; ;) {
    const row = await shownPage(db, who, { limit: 60, sort: 'price_asc', ...(words && { q: words }) }, after);
    ids.push(...(JSON.parse(row.items) as { id: string }[]).map((item) => item.id));
    if (!row.more) return ids;
    after = [row.lastKey!, row.lastId!];
  }
}

describe('who may see what (I7)', () => {
  test('is the same to the database as to the rule of the family context', async () => {
    const property = fc.asyncProperty(viewer, async (who) => {
      const may = made
        .filter((doc) => maySee(who, doc.facts))
        .map((doc) => doc.productId)
        .toSorted();
      expect(await visibleProducts(db, { viewer: who, after: null, limit: 5_000 })).toEqual(may);
    });
    await fc.assert(property, { numRuns: 150 });
  });

  test('holds in lists, in searches and in counts beside them', async () => {
    const property = fc.asyncProperty(viewer, fc.constantFrom('', 'hammasi', 'hamasi'), async (who, words) => {
      const may = made
        .filter((doc) => maySee(who, doc.facts))
        .map((doc) => doc.productId)
        .toSorted();
      expect((await listed(who, words)).toSorted()).toEqual(may);
      const { facets } = await shownPage(db, who, {
        limit: 1,
        facets: 'true',
        sort: 'new',
        ...(words && { q: words }),
      });
      const { categories } = JSON.parse(facets!) as { categories: { count: number }[] };
      expect(categories.reduce((sum, { count }) => sum + count, 0)).toBe(may.length);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test('holds for what is suggested and for what stands on the same shelf', async () => {
    const slugs = new Map(made.map((doc) => [doc.slug, doc]));
    const byId = new Map(made.map((doc) => [doc.productId, doc]));
    const property = fc.asyncProperty(viewer, fc.constantFrom(...made), async (who, doc) => {
      const { products } = JSON.parse(await suggested(db, who, 'ham')) as { products: { slug: string }[] };
      for (const { slug } of products) expect(maySee(who, slugs.get(slug)!.facts)).toBe(true);
      const others = await related(db, { productId: doc.productId, viewer: who, locale: 'uz' });
      expect(others !== null).toBe(maySee(who, doc.facts));
      for (const { id } of JSON.parse(others ?? '[]') as { id: string }[])
        expect(maySee(who, byId.get(id)!.facts)).toBe(true);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

describe('facts may come late, early and twice', () => {
  const put = (...docs: ReturnType<typeof aDoc>[]) => inTx(db, (tx) => shelves.putDocs(tx, ctx(), docs));
  const stock = (variantId: string, productId: string, available: number, version: number) =>
    inTx(db, (tx) => shelves.putStock(tx, ctx(), [{ variantId, productId, available, version }]));
  const row = async (id: string) =>
    (
      await p.rows(
        'search',
        "select version, listed, title->>'en' as title, in_stock from item where product_id = $1",
        [id],
      )
    )[0];
  const text = (en: string) => ({ uz: en, ru: en, en });

  test('an older version of a product changes nothing', async () => {
    const doc = aDoc({ version: 3, title: text('third') });
    await put(doc);
    expect(await put({ ...doc, version: 2, title: text('second') })).toBe(0);
    expect(await put(doc)).toBe(0);
    expect(await row(doc.productId)).toMatchObject({ version: 3, title: 'third' });
    expect(await put({ ...doc, version: 4, state: 'recalled' })).toBe(1);
    await put({ ...doc, version: 3 });
    expect(await row(doc.productId)).toMatchObject({ version: 4, listed: false });
    expect(await p.rows('search', 'select 1 from shelf where product_id = $1', [doc.productId])).toEqual([]);
  });

  test('an older number of units changes nothing', async () => {
    const doc = aDoc();
    const { variantId } = doc.variants[0]!;
    await put(doc);
    await stock(variantId, doc.productId, 0, 5);
    await stock(variantId, doc.productId, 7, 4);
    expect(await row(doc.productId)).toMatchObject({ in_stock: false });
    await stock(variantId, doc.productId, 7, 6);
    expect(await row(doc.productId)).toMatchObject({ in_stock: true });
  });

  test('stock may be told before its product', async () => {
    const doc = aDoc();
    await stock(doc.variants[0]!.variantId, doc.productId, 2, 1);
    await put(doc);
    expect(await row(doc.productId)).toMatchObject({ in_stock: true });
  });

  test('and at the same moment: nothing is lost and nobody waits in a circle', async () => {
    const docs = Array.from({ length: 30 }, () => aDoc());
    const facts = docs.map((doc) => [doc.variants[0]!.variantId, doc.productId] as const);
    await Promise.all([
      put(...docs),
      ...facts.map(([v, id]) => stock(v, id, 1, 1)),
      put(...docs.map((doc) => ({ ...doc, version: 2 }))),
      ...facts.toReversed().map(([v, id]) => stock(v, id, 3, 2)),
    ]);
    for (const doc of docs) expect(await row(doc.productId)).toMatchObject({ version: 2, in_stock: true });
  });

  test('a variant that left its product counts no more', async () => {
    const doc = aDoc();
    await stock(doc.variants[0]!.variantId, doc.productId, 5, 1);
    await put(doc);
    await put({
      ...doc,
      version: 2,
      variants: [{ variantId: newId(), sku: 'new', barcode: null, priceTiyin: 1, digital: false, options: {} }],
    });
    expect(await row(doc.productId)).toMatchObject({ in_stock: false });
  });
});

test('sold units make a product popular, on every shelf', async () => {
  const [a, b] = [aDoc({ storeId: STORES[0]! }), aDoc({ storeId: STORES[0]! })];
  await inTx(db, (tx) => shelves.putDocs(tx, ctx(), [a, b]));
  await Promise.all(
    [1, 2, 3].map(() =>
      inTx(db, (tx) =>
        shelves.addSold(tx, [
          { productId: b.productId, qty: 40 },
          { productId: a.productId, qty: 1 },
          { productId: b.productId, qty: 1 },
        ]),
      ),
    ),
  );
  const top = await shownPage(db, adultViewer, { limit: 1, sort: 'popular' });
  expect((JSON.parse(top.items) as { id: string }[])[0]!.id).toBe(b.productId);
  const shelf = await shownPage(db, adultViewer, { limit: 1, category: 'toys.blocks', sort: 'popular' });
  expect((JSON.parse(shelf.items) as { id: string }[])[0]!.id).toBe(b.productId);
});
