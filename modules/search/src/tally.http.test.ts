import { adultViewer, guestViewer, hazards, maySee, type ProductFacts, type Viewer } from '@um/family';
import { inTx, newId, systemCtx, type Db } from '@um/kernel';
import type { ProductDoc } from '@um/product';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ListFilter } from './contract.js';
import { listPage } from './list.queries.js';
import { aDoc } from './search.factory.js';
import type { SearchSchema } from './search.schema.js';
import { ShelvesService } from './shelves.service.js';
import { dropItems } from './truth.queries.js';

let p: TestPlatform;
let db: Db<SearchSchema>;
const shelves = new ShelvesService();
const STORES = [newId(), newId()];
const PATHS = [
  ['toys'],
  ['toys', 'toys.blocks'],
  ['toys', 'toys.blocks', 'toys.blocks.wood'],
  ['toys', 'toys.dolls'],
  ['tools', 'tools.saws'],
];
const HAZARDS = hazards.slice(0, 3);
const AGES = [0, 35, 36, 72, 108, 156, 215, 216];

const someFacts = fc.record({
  facts: fc.record<ProductFacts>({
    ageMinMonths: fc.constantFrom(...AGES),
    infoMark: fc.constantFrom(null, '6+', '18+'),
    hazards: fc.subarray([...HAZARDS]),
    categoryPath: fc.constantFrom(...PATHS),
    storeId: fc.constantFrom(...STORES),
    priceTiyin: fc.integer({ min: 1, max: 1_000 }),
  }),
  ageMaxMonths: fc.constantFrom(null, 60, 120),
  // A few that are everywhere, and many that stand once: more than are counted at first.
  brand: fc.oneof(
    fc.constantFrom('Alfa', 'Beta', null),
    fc.integer({ min: 1, max: 300 }).map((n) => `Brand ${n}`),
  ),
});
const viewers: fc.Arbitrary<Viewer> = fc.oneof(
  fc.constantFrom(guestViewer, adultViewer),
  fc.record<Viewer>({
    kind: fc.constant('child' as const),
    ageMonths: fc.constantFrom(...AGES),
    hiddenCategories: fc.subarray([...new Set(PATHS.flat()), 'nowhere']),
    hiddenStores: fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, fc.subarray(STORES)),
    hiddenHazards: fc.subarray([...HAZARDS]),
    maxPriceTiyin: fc.oneof({ weight: 4, arbitrary: fc.constant<number | null>(null) }, fc.constantFrom(1, 500)),
    policyVersion: fc.constant(1),
  }),
);
const age = fc.constantFrom(undefined, undefined, 0, 3, 9);
const categories = fc.constantFrom(...new Set(PATHS.flat()), 'nowhere');
const stores = fc.constantFrom('store-0', 'store-1');
const brands = fc.constantFrom('alfa', 'Brand 7');
/** Mostly what kept counts answer; now and then what has to be counted. */
const filters: fc.Arbitrary<Partial<ListFilter>> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ age }) },
  { weight: 4, arbitrary: fc.record({ age, category: categories }) },
  { weight: 1, arbitrary: fc.record({ age, store: stores }) },
  { weight: 1, arbitrary: fc.record({ age, brand: brands }) },
  {
    weight: 2,
    arbitrary: fc.record(
      { category: categories, store: stores, brand: brands, minPrice: fc.constant(200) },
      { requiredKeys: [] },
    ),
  },
);

const ctx = () => systemCtx(p.clock.now());
const put = (docs: readonly ProductDoc[]) => inTx(db, (tx) => shelves.putDocs(tx, ctx(), docs));
type Some = typeof someFacts extends fc.Arbitrary<infer T> ? T : never;
const docOf = (over: Some): ProductDoc =>
  aDoc({
    ...over,
    storeId: over.facts.storeId,
    storeSlug: `store-${STORES.indexOf(over.facts.storeId)}`,
    priceTiyin: over.facts.priceTiyin,
  });

beforeAll(async () => {
  p = await testPlatform({ services: ['search'] });
  db = p.databases.get('search') as unknown as Db<SearchSchema>;
});
afterAll(() => p.stop());

const counted = (values: readonly (string | null | undefined)[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) if (typeof value === 'string') counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** What should stand beside a list, counted one by one. */
function truth(
  docs: readonly ProductDoc[],
  viewer: Viewer,
  { category, store, brand, age, minPrice }: Partial<ListFilter>,
) {
  const needed = (doc: ProductDoc) =>
    Math.max(doc.facts.ageMinMonths, Number.parseInt(doc.facts.infoMark ?? '0', 10) * 12);
  const suits = (doc: ProductDoc, months: number) => needed(doc) <= months && (doc.ageMaxMonths ?? 999) >= months;
  const around = docs.filter(
    (doc) =>
      doc.state === 'published' &&
      maySee(viewer, doc.facts) &&
      (category === undefined || doc.categoryPath.includes(category)) &&
      (store === undefined || doc.storeSlug === store) &&
      (age === undefined || suits(doc, age * 12)) &&
      (minPrice === undefined || doc.priceTiyin >= minPrice),
  );
  const chosen = around.filter((doc) => brand === undefined || doc.brand?.toLowerCase() === brand.toLowerCase());
  const prices = chosen.map((doc) => doc.priceTiyin);
  const brands = Object.entries(counted(around.map((doc) => doc.brand)))
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return {
    categories: counted(
      chosen.map((doc) => doc.categoryPath[category === undefined ? 0 : doc.categoryPath.indexOf(category) + 1]),
    ),
    brands: brands.slice(0, 30),
    ages: [0, 36, 72, 108, 156].map((months) => ({ months, count: chosen.filter((doc) => suits(doc, months)).length })),
    price: prices.length === 0 ? null : [Math.min(...prices), Math.max(...prices)],
  };
}

/** What does stand beside it. */
async function shown(viewer: Viewer, filter: Partial<ListFilter>) {
  const ask = { viewer, sort: 'popular' as const, after: null, locale: 'uz' as const };
  const { facets } = await listPage(db, { ...ask, filter: { limit: 1, facets: 'true', ...filter } });
  const { categories, brands, ages, price, partial } = JSON.parse(facets!);
  expect(partial).toBe(false);
  return {
    categories: Object.fromEntries(categories.map((c: { id: string; count: number }) => [c.id, c.count])),
    brands,
    ages,
    price: price && [price.min.amount, price.max.amount],
  };
}

test('counts are exactly of what a viewer may see, through every change', async () => {
  const change = fc.record({ place: fc.nat(10_000), to: fc.oneof(fc.constant(null), fc.constant('gone'), someFacts) });
  const made = fc.sample(someFacts, { numRuns: 500, seed: 3 }).map(docOf);
  await put(made);
  let docs = made;
  const property = fc.asyncProperty(
    viewers,
    filters,
    fc.array(change, { maxLength: 4 }),
    async (viewer, filter, changes) => {
      for (const { place, to } of changes) {
        const old = docs[place % docs.length]!;
        const version = old.version + 1;
        const now =
          to === null
            ? { ...old, state: 'recalled' as const }
            : to === 'gone'
              ? null
              : { ...docOf(to), productId: old.productId };
        if (now) await put([{ ...now, version }]);
        else await inTx(db, (tx) => dropItems(tx, [old.productId]));
        docs = docs.filter((doc) => doc !== old).concat(now ? [{ ...now, version }] : []);
      }
      expect(await shown(viewer, filter)).toEqual(truth(docs, viewer, filter));
    },
  );
  await fc.assert(property, { numRuns: 150 });
});

test('a brand is counted that many larger ones of other viewers hide', async () => {
  const brandNew = {
    ageMinMonths: 216,
    infoMark: null,
    hazards: [],
    categoryPath: ['brands'],
    storeId: STORES[0]!,
    priceTiyin: 1,
  };
  const grown = Array.from({ length: 1_600 }, (_, n) => aDoc({ brand: `Grown ${n}`, facts: brandNew }));
  await put([...grown, aDoc({ brand: 'A small one', facts: { ...brandNew, ageMinMonths: 0 } })]);
  const child: Viewer = { ...guestViewer, kind: 'child', ageMonths: 70 };
  expect((await shown(child, { category: 'brands' })).brands).toEqual([{ name: 'A small one', count: 1 }]);
});

test('changes at the same moment are all counted', async () => {
  const facts = { ageMinMonths: 0, infoMark: null, hazards: [], storeId: STORES[0]!, priceTiyin: 1 };
  const docs = Array.from({ length: 40 }, () =>
    aDoc({ brand: 'Together', facts: { ...facts, categoryPath: ['together'] } }),
  );
  await Promise.all(docs.map((doc) => put([doc])));
  await Promise.all(
    docs.map((doc, n) =>
      put([{ ...doc, version: 2, state: n % 4 === 0 ? ('archived' as const) : ('published' as const) }]),
    ),
  );
  expect(await shown(adultViewer, { category: 'together' })).toMatchObject({
    brands: [{ name: 'Together', count: 30 }],
  });
});
