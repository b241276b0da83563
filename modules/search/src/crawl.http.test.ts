import { Browser } from '@um/auth/testing';
import { aNewChild } from '@um/family/testing';
import { maySee, adultViewer, guestViewer, type Viewer } from '@um/family';
import { newId, systemCtx } from '@um/kernel';
import { product, type ImportRow, type ProductDoc } from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import { search } from '@um/search';
import type { ProductPage } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Everybody looks everywhere a product can show, and finds nothing that is not for them: things are planted that one rule
// alone hides, each with a brand, a word and a category of its own that would give it away.

let p: TestPlatform;
let docs: ProductDoc[];
let blockedStore: string;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const NOW = new Date('2026-03-02T08:00:00Z');

const PLANTED: Readonly<Record<string, Partial<ImportRow>>> = {
  toddler: { ageMinMonths: 0 },
  three: { ageMinMonths: 36 },
  six: { ageMinMonths: 72 },
  nine: { ageMinMonths: 108 },
  twelve: { ageMinMonths: 144 },
  fifteen: { ageMinMonths: 180 },
  eighteen: { ageMinMonths: 216 },
  marked: { ageMinMonths: 0, infoMark: '18+' },
  sixteenmarked: { ageMinMonths: 36, infoMark: '16+' },
  magnets: { ageMinMonths: 36, hazards: ['magnet', 'small_parts'] },
  laserlight: { ageMinMonths: 36, hazards: ['laser'] },
  hammered: { ageMinMonths: 36, categoryId: 'tools' },
  dolly: { ageMinMonths: 36, categoryId: 'toys.dolls' },
  expensive: { ageMinMonths: 36, variants: [{ sku: 'expensive', options: {}, priceTiyin: 90_000_000, stock: 3 }] },
};

interface Somebody {
  readonly name: string;
  readonly browser: Browser;
  readonly viewer: Viewer;
}
const everybody: Somebody[] = [];
const AGES = [3, 6, 9, 12, 15];
const STRICT: Readonly<Record<number, object>> = {
  6: { hiddenHazards: ['laser', 'magnet'] },
  9: { hiddenCategories: ['toys.dolls', 'tools'] },
  12: { maxPriceTiyin: 50_000_000, hiddenCategories: ['tools'] },
};

async function aChild(years: number, policy: object): Promise<Somebody> {
  const browser = new Browser(p.fastify);
  await browser.signUp();
  const birthDate = `${NOW.getUTCFullYear() - years}-01-15`;
  const { body } = await browser.post<{ id: string }>('/families/children', aNewChild({ birthDate }));
  await browser.post('/auth/step-up', { password: 'qish-kechasi-choy' });
  const rules = { hiddenCategories: [], hiddenStores: [], hiddenHazards: [], maxPriceTiyin: null, ...policy };
  expect((await browser.put(`/families/children/${body.id}/policy`, rules)).status).toBe(200);
  expect((await browser.childSignIn(body.id, '4821')).status).toBe(200);
  const viewer = { kind: 'child' as const, ageMonths: years * 12 + 1, policyVersion: 1, ...rules };
  return { name: `a child of ${years}`, browser, viewer };
}

async function aStore(slug: string): Promise<string> {
  const { account } = await new Browser(p.fastify).signUp();
  return openStore(p, account.id, { slug });
}

async function plant(storeId: string, items: readonly [string, Partial<ImportRow>][]): Promise<void> {
  const lines = items.map(([name, over]) =>
    JSON.stringify(
      anImportRow({
        externalId: name,
        brand: `Brand${name}`,
        title: text(`everything ${name}`),
        variants: [{ sku: name, options: {}, priceTiyin: 5_000_000, stock: 3 }],
        ...over,
      }),
    ),
  );
  const report = await p.wire.client(product).importLines(systemCtx(p.clock.now()), { storeId, lines, firstLine: 1 });
  expect(report.problems).toEqual([]);
}

beforeAll(async () => {
  p = await testPlatform({ now: NOW });
  const ctx = systemCtx(p.clock.now());
  await p.wire.client(product).putCategories(ctx, { categories: someCategories });
  await plant(await aStore('lola'), Object.entries(PLANTED));
  blockedStore = await aStore('blocked');
  await plant(blockedStore, [['elsewhere', { ageMinMonths: 0 }]]);
  await p.settle();
  docs = await p.wire.client(product).docs(ctx, { after: null, limit: 1_000 });
  // What is bought together was bought by adults, whoever looks.
  for (const a of docs)
    for (const b of docs.filter((doc) => doc !== a))
      await p.rows('search', 'insert into pair values ($1, $2, 9)', [a.productId, b.productId]);
  const adult = new Browser(p.fastify);
  await adult.signUp();
  everybody.push(
    { name: 'a guest', browser: new Browser(p.fastify), viewer: guestViewer },
    { name: 'an adult', browser: adult, viewer: adultViewer },
    ...(await Promise.all(
      AGES.map((years) => aChild(years, { ...STRICT[years], hiddenStores: years === 15 ? [blockedStore] : [] })),
    )),
  );
});
afterAll(() => p.stop());

const forbidden = ({ viewer }: Somebody): ProductDoc[] => docs.filter((doc) => !maySee(viewer, doc.facts));
const allowed = ({ viewer }: Somebody): ProductDoc[] => docs.filter((doc) => maySee(viewer, doc.facts));
/** Words of an answer that give something away: ids, addresses, names and brands of what is not for this person. */
const giveaways = (who: Somebody): string[] =>
  forbidden(who).flatMap((doc) => [doc.productId, `"${doc.slug}"`, doc.title.uz, doc.brand!]);

/** Every answer to these addresses, as text; each page of those that have more. */
async function pages(who: Somebody, address: string): Promise<{ text: string; all: ProductPage[] }> {
  const all: ProductPage[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { status, body }: { status: number; body: ProductPage } = await who.browser.get(
      `${address}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    expect({ address, status }).toEqual({ address, status: 200 });
    all.push(body);
    cursor = body.nextCursor ?? null;
  }
  return { text: JSON.stringify(all), all };
}

/** What of an answer gives away something that is not for this person. */
const found = (who: Somebody, answer: string): string[] => giveaways(who).filter((word) => answer.includes(word));

const SORTS = ['relevance', 'popular', 'new', 'price_asc', 'price_desc'];
const CATEGORIES = ['toys', 'toys.blocks', 'toys.dolls', 'tools'];

// Some hundred requests each, on machines that do other things meanwhile.
describe('nobody finds what is not for them', { timeout: 240_000 }, () => {
  test('things are planted that some may see and others not', () => {
    expect(everybody).toHaveLength(7);
    for (const who of everybody.filter((one) => one.viewer.kind !== 'adult'))
      expect([forbidden(who).length > 0, allowed(who).length > 0]).toEqual([true, true]);
  });

  test('in lists, in any sort and page, of any category, store, brand and price', async () => {
    for (const who of everybody) {
      const lists = [
        ...SORTS.flatMap((sort) => [`sort=${sort}`, `sort=${sort}&facets=true&q=everything`]),
        ...CATEGORIES.map((id) => `category=${id}&facets=true`),
        ...docs.map((doc) => `brand=${doc.brand!}&facets=true`),
        ...['store=lola', 'store=blocked', 'minPrice=60000000', 'age=18', 'age=3', 'inStock=true'].map(
          (f) => `${f}&facets=true`,
        ),
      ];
      for (const list of lists) {
        const address = `/products?limit=6&${list}`;
        expect([who.name, address, found(who, (await pages(who, address)).text)]).toEqual([who.name, address, []]);
      }
    }
  });

  test('and everybody finds all that is', async () => {
    for (const who of everybody) {
      const { all } = await pages(who, '/products?limit=5&sort=new');
      const ids = all.flatMap((page) => page.items.map((item) => item.id));
      expect(ids.toSorted()).toEqual(
        allowed(who)
          .map((doc) => doc.productId)
          .toSorted(),
      );
    }
  });

  test('in searches and suggestions, by name, beginning, slip, brand and number', async () => {
    for (const who of everybody)
      for (const doc of forbidden(who)) {
        const name = doc.title.uz.split(' ')[1]!;
        const queries = [
          name,
          name.slice(0, 4),
          `${name.slice(0, 2)}${name.slice(3)}`,
          doc.brand!,
          doc.variants[0]!.sku,
        ];
        for (const q of queries) {
          const list = `/products?limit=10&facets=true&q=${q}`;
          expect([who.name, list, found(who, (await pages(who, list)).text)]).toEqual([who.name, list, []]);
          const suggest = `/search/suggest?q=${q}`;
          expect([who.name, suggest, found(who, JSON.stringify((await who.browser.get(suggest)).body))]).toEqual([
            who.name,
            suggest,
            [],
          ]);
        }
      }
  });

  test('in counts: they are of what may be seen, and of nothing else', async () => {
    for (const who of everybody) {
      const { facets } = (await pages(who, '/products?limit=60&facets=true')).all[0]!;
      const mine = allowed(who);
      const count = (of: (doc: ProductDoc) => string): object =>
        Object.fromEntries([...Map.groupBy(mine, of)].map(([key, some]) => [key, some.length]));
      expect(facets!.partial && who.viewer.kind !== 'child').toBe(false);
      expect(Object.fromEntries(facets!.categories.map((c) => [c.id, c.count]))).toEqual(
        count((d) => d.categoryPath[0]!),
      );
      expect(Object.fromEntries(facets!.brands.map((b) => [b.name, b.count]))).toEqual(count((d) => d.brand!));
      const prices = mine.map((doc) => doc.priceTiyin);
      expect([facets!.price!.min.amount, facets!.price!.max.amount]).toEqual([
        Math.min(...prices),
        Math.max(...prices),
      ]);
    }
  });

  test('beside a product, behind its address, and not in a cart', async () => {
    for (const who of everybody) {
      for (const doc of allowed(who))
        for (const near of ['related', 'bought-together']) {
          const address = `/products/${doc.productId}/${near}`;
          expect([who.name, address, found(who, JSON.stringify((await who.browser.get(address)).body))]).toEqual([
            who.name,
            address,
            [],
          ]);
        }
      const hidden = forbidden(who);
      for (const { productId, slug } of hidden)
        for (const path of [productId, slug, `${productId}/related`, `${productId}/bought-together`]) {
          const { status } = await who.browser.get(`/products/${path}`);
          expect({ who: who.name, path, status }).toEqual({ who: who.name, path, status: 404 });
        }
      const cart = { 'x-cart-token': who.viewer.kind === 'guest' ? await cartOf(who) : newId() };
      for (const doc of hidden) {
        const item = { variantId: doc.variants[0]!.variantId, qty: 1 };
        const { status } = await who.browser.post('/carts/current/items', item, { headers: cart });
        expect({ who: who.name, slug: doc.slug, ok: status < 300 }).toEqual({
          who: who.name,
          slug: doc.slug,
          ok: false,
        });
      }
      expect([
        who.name,
        '/carts/current',
        found(who, JSON.stringify((await who.browser.get('/carts/current')).body)),
      ]).toEqual([who.name, '/carts/current', []]);
    }
  });

  test('nor among the ids of what may be seen', async () => {
    const client = p.wire.client(search);
    for (const who of everybody) {
      const ids = await client.visibleIds(systemCtx(p.clock.now()), { viewer: who.viewer, after: null, limit: 1_000 });
      expect(ids.toSorted()).toEqual(
        allowed(who)
          .map((doc) => doc.productId)
          .toSorted(),
      );
    }
  });
});

const cartOf = async (who: Somebody): Promise<string> =>
  (await who.browser.post<{ token: string }>('/carts', {})).body.token;

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
