import { inTx, newId, systemCtx, type Db } from '@um/kernel';
import type { ProductDoc } from '@um/product';
import type { ProductPage } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDoc } from './search.factory.js';
import type { SearchSchema } from './search.schema.js';
import { ShelvesService } from './shelves.service.js';

let p: TestPlatform;
let db: Db<SearchSchema>;
let runs = 0;
const shelves = new ShelvesService();
const ctx = () => systemCtx(p.clock.now());
const put = (docs: readonly ProductDoc[]) => inTx(db, (tx) => shelves.putDocs(tx, ctx(), docs));

beforeAll(async () => {
  p = await testPlatform({ services: ['search'] });
  db = p.databases.get('search') as unknown as Db<SearchSchema>;
});
afterAll(() => p.stop());

const brandStore = newId();
const PRICES = [100, 200, 300];
const things = (least: number, most: number) =>
  fc.array(fc.record({ price: fc.constantFrom(...PRICES), age: fc.constantFrom(0, 36) }), {
    minLength: least,
    maxLength: most,
  });
/** What happens to a product that does not stay as it is. */
const changes = fc.array(
  fc.record({ of: fc.nat(), what: fc.constantFrom('come', 'go', 'price', 'sell'), price: fc.constantFrom(...PRICES) }),
  { maxLength: 3 },
);
const asked = fc.record({
  sort: fc.constantFrom('popular', 'new', 'price_asc', 'price_desc', 'relevance'),
  limit: fc.integer({ min: 1, max: 5 }),
  words: fc.boolean(),
  more: fc.constantFrom(
    '',
    '&facets=true',
    '&minPrice=150',
    '&age=0',
    '&category=toys&facets=true',
    '&maxPrice=250&age=3',
  ),
});

test('pages repeat nothing and skip nothing that stays as it is, whatever comes, goes, sells and changes its price meanwhile', async () => {
  const property = fc.asyncProperty(
    asked,
    things(3, 14),
    things(1, 5),
    fc.array(changes, { minLength: 1, maxLength: 8 }),
    async ({ sort, limit, words, more }, stable, passing, meanwhile) => {
      const brand = `Paged${(runs += 1)}`;
      const text = { uz: `${brand} narsa`, ru: `${brand} вещь`, en: `${brand} thing` };
      const made = ({ price, age }: { price: number; age: number }): ProductDoc =>
        aDoc({
          brand,
          title: text,
          priceTiyin: price,
          facts: {
            ageMinMonths: age,
            infoMark: null,
            hazards: [],
            categoryPath: ['toys'],
            storeId: brandStore,
            priceTiyin: price,
          },
          storeId: brandStore,
        });
      const staying = stable.map(made);
      let others = passing.map(made);
      await put([...staying, ...others]);
      const happen = async (what: (typeof meanwhile)[number]): Promise<void> => {
        for (const change of what) {
          const doc = others[change.of % others.length]!;
          const next = { ...doc, version: doc.version + 1 };
          if (change.what === 'come') others = [...others, made({ price: change.price, age: 0 })];
          else if (change.what === 'go')
            others = others.map((o) => (o === doc ? { ...next, state: 'archived' as const } : o));
          else if (change.what === 'price')
            others = others.map((o) =>
              o === doc ? { ...next, priceTiyin: change.price, facts: { ...doc.facts, priceTiyin: change.price } } : o,
            );
          else await inTx(db, (tx) => shelves.addSold(tx, [{ productId: doc.productId, qty: 3 }]));
          await put(others);
        }
      };
      const address = `/api/v1/products?sort=${sort}&limit=${limit}&${words ? 'q' : 'brand'}=${brand}${more}`;
      const seen: string[] = [];
      for (let page = 0, cursor: string | null = ''; cursor !== null; page += 1) {
        const url: string = `${address}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
        const [response] = await Promise.all([p.fastify.inject({ url }), happen(meanwhile[page] ?? [])]);
        expect(response.statusCode).toBe(200);
        const body = response.json<ProductPage>();
        seen.push(...body.items.map((item) => item.id));
        cursor = body.nextCursor;
      }
      const fits = (doc: ProductDoc): boolean =>
        (!more.includes('minPrice') || doc.priceTiyin >= 150) &&
        (!more.includes('maxPrice') || doc.priceTiyin <= 250) &&
        (!more.includes('age=0') || doc.facts.ageMinMonths === 0);
      const ids = new Set(staying.map((doc) => doc.productId));
      const stayed = seen.filter((id) => ids.has(id));
      expect(stayed.toSorted()).toEqual(
        staying
          .filter(fits)
          .map((doc) => doc.productId)
          .toSorted(),
      );
      const way = sort === 'price_asc' ? 1 : sort === 'price_desc' ? -1 : 0; // 0 leaves the order as it is
      const prices = stayed.map((id) => staying.find((doc) => doc.productId === id)!.priceTiyin);
      expect(prices).toEqual(prices.toSorted((a, b) => way * (a - b)));
    },
  );
  await fc.assert(property, { numRuns: 60 });
}, 240_000);
