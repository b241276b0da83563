import { adultViewer, guestViewer, type Viewer } from '@um/family';
import type { Db } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { shownPage, suggested } from './search.factory.js';
import type { SearchSchema } from './search.schema.js';
import { related, visibleProducts } from './small.queries.js';

/** Enough that reading them all shows, few enough to be made in a moment. */
const PRODUCTS = 20_000;
let p: TestPlatform;
let db: Db<SearchSchema>;
const child: Viewer = {
  kind: 'child',
  ageMonths: 70,
  hiddenCategories: ['c3'],
  hiddenStores: [],
  hiddenHazards: ['small_parts'],
  maxPriceTiyin: 90_000_000,
  policyVersion: 1,
};

beforeAll(async () => {
  p = await testPlatform({ services: ['search'] });
  db = p.databases.get('search') as unknown as Db<SearchSchema>;
  const run = (text: string) => p.rows('search', text);
  await run(`
    insert into item (product_id, version, listed, slug, store_id, store_slug, store_name, title, brand, brand_key, category_path, needed_months, age_min_months, hazards, price_tiyin,
      variant_ids, in_stock, popularity, created_ms, names, words)
    select id, 1, true, 's' || n, id, 'store-' || n % 50, '{}', '{}', 'Brand ' || b, 'brand ' || b, array['c' || n % 10, 'c' || n % 10 || '.' || n % 60],
      n % 18 * 12, n % 18 * 12, case when n % 3 = 0 then array['small_parts'] else '{}' end, 1000 + (n * 7919 % 100000) * 1000, array[id], n % 10 <> 3, n * 104729 % 1000000, n,
      'en:toy k' || n % 2000 || ' brand ' || b,
      to_tsvector('simple', 'toy k' || n % 2000 || ' brand ' || b) || array_to_tsvector(array['~c:c' || n % 10, '~c:c' || n % 10 || '.' || n % 60, '~s:store-' || n % 50, '~b:brand ' || b])
    from (select n, gen_random_uuid() as id, floor(power(300, (n * 7919 % 1000) / 1000.0))::int as b from generate_series(1, ${PRODUCTS}) n) x`);
  await run(`insert into shelf select c, product_id, category_path[place + 1], needed_months, age_max_months, brand, price_tiyin, popularity, created_ms
    from item cross join unnest(category_path) with ordinality u(c, place)`);
  await run(
    "insert into category select distinct c, array[c], '{}'::jsonb, to_tsvector('simple', c) from shelf cross join lateral (select category_id as c) x",
  );
  await run(
    "insert into word select word, word, word, word, ndoc, array[word] from ts_stat('select words from item') where word !~ '^~'",
  );
  await run("select gin_clean_pending_list('item_words')");
  await p.rows('search', 'vacuum analyze item');
  await p.rows('search', 'vacuum analyze shelf');
  for (const table of ['word', 'category', 'tally', 'brand_rank']) await p.rows('search', `vacuum analyze ${table}`);
});
afterAll(() => p.stop());

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}
const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)];

/** Runs something and answers how the database did its statements: what they scanned from end to end, how many rows of the catalog they touched. */
async function plan(act: () => Promise<unknown>): Promise<{ scans: string[]; touched: number }> {
  const query = vi.spyOn(pg.Pool.prototype, 'query');
  await act();
  const asked = query.mock.calls.map(([statement]) => statement as unknown as { text: string; values: unknown[] });
  query.mockRestore();
  const scans: string[] = [];
  let touched = 0;
  const ours = asked.filter((statement) => /item i|word w/.test(statement.text ?? '')); // the job queue asks meanwhile, too
  expect(ours).not.toEqual([]);
  for (const { text, values } of ours) {
    const [row] = await p.rows('search', `explain (analyze, format json) ${text}`, values);
    const all = nodes((row!['QUERY PLAN'] as { Plan: Node }[])[0]!.Plan);
    const catalog = all.filter((node) => READ.has(node['Relation Name'] ?? ''));
    scans.push(...catalog.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']!));
    touched += catalog.reduce((sum, node) => sum + rowsOf(node), 0);
  }
  return { scans, touched };
}
const READ = new Set(['item', 'shelf', 'stock', 'word', 'stem', 'tally', 'brand_rank']);
const rowsOf = (node: Node): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) *
  node['Actual Loops'];
const page = (query: object, viewer: Viewer, after: (string | number)[] | null = null) =>
  shownPage(db, viewer, query, after);

const WALKS = [
  {},
  { sort: 'new' },
  { sort: 'price_asc' },
  { sort: 'price_desc' },
  { category: 'c2' },
  { category: 'c2.42', sort: 'price_asc' },
  { store: 'store-7' },
  { store: 'store-7', sort: 'new' },
  { brand: 'Brand 12' },
  { brand: 'Brand 12', sort: 'price_asc' },
  { inStock: 'true' },
  { age: 3 },
  { sort: 'price_asc', minPrice: 50_000_000 },
  { category: 'c2', age: 9, inStock: 'true', sort: 'price_desc' },
];

describe('however many products there are, a page reads few of them', () => {
  test.each(WALKS)('list %j', async (query) => {
    for (const viewer of [guestViewer, adultViewer, child]) {
      const { scans, touched } = await plan(() => page(query, viewer));
      expect(scans).toEqual([]);
      expect(touched).toBeLessThan(1_000);
    }
  });

  test.each(['price_asc', 'popular', 'new'] as const)('the middle of a list by %s', async (sort) => {
    const column = { price_asc: 'price_tiyin', popular: 'popularity', new: 'created_ms' }[sort];
    const [row] = await p.rows(
      'search',
      `select ${column} as key, product_id from item order by 1 offset ${PRODUCTS / 2} limit 1`,
    );
    const { scans, touched } = await plan(() =>
      page({ sort }, guestViewer, [Number(row!['key']), String(row!['product_id'])]),
    );
    expect(scans).toEqual([]);
    expect(touched).toBeLessThan(200);
  });

  test.each([
    { q: 'k77' },
    { q: 'k77', category: 'c7' },
    { q: 'k777 brand' },
    { q: 'k77 qwerty' },
    { q: 'toy k55', sort: 'price_asc' },
  ])('search %j', async (query) => {
    for (const viewer of [guestViewer, child]) {
      const { scans, touched } = await plan(() => page(query, viewer));
      expect(scans).toEqual([]);
      expect(touched).toBeLessThan(3_000);
    }
  });

  test('a word that everything has: bounded all the same', async () => {
    for (const viewer of [guestViewer, child]) {
      const { scans, touched } = await plan(() => page({ q: 'toy' }, viewer));
      expect(scans).toEqual([]);
      expect(touched).toBeLessThan(8_000);
    }
  });

  test.each([
    { facets: 'true' },
    { facets: 'true', category: 'c2' },
    { facets: 'true', store: 'store-7' },
    { facets: 'true', brand: 'Brand 12' },
    { facets: 'true', age: 3 },
  ])('counts %j are read from those that are kept', async (query) => {
    const hiddenCategories = 'store' in query || 'brand' in query ? [] : child.hiddenCategories;
    for (const viewer of [guestViewer, adultViewer, { ...child, maxPriceTiyin: null, hiddenCategories }]) {
      const { scans, touched } = await plan(() => page(query, viewer));
      expect(scans).toEqual([]);
      expect(touched).toBeLessThan(19_000); // attributes are counted of three thousand of twelve thousand
    }
  });

  test.each([
    [{ facets: 'true' }, true],
    [{ facets: 'true', store: 'store-7' }, false],
  ])('counts of attributes %j say that they are not of everything: %s', async (query, partial) => {
    const { facets } = await page(query, guestViewer);
    expect(JSON.parse(facets!)).toMatchObject({ attributesPartial: partial });
  });

  test.each([
    { facets: 'true', q: 'toy' },
    { facets: 'true', inStock: 'true' },
    { facets: 'true', category: 'c2', minPrice: 1_000 },
  ])('counts %j are of some thousands at most', async (query) => {
    for (const viewer of [guestViewer, adultViewer]) {
      const { scans, touched } = await plan(() => page(query, viewer));
      expect(scans).toEqual([]);
      expect(touched).toBeLessThan(15_000);
    }
  });

  test('counts say when they are not of everything', async () => {
    const partial = async (query: object): Promise<boolean> =>
      (JSON.parse((await page({ facets: 'true', ...query }, adultViewer)).facets!) as { partial: boolean }).partial;
    expect(await partial({})).toBe(false);
    expect(await partial({ category: 'c2', age: 3 })).toBe(false);
    expect(await partial({ inStock: 'true' })).toBe(true);
    expect(await partial({ inStock: 'true', category: 'c2.42' })).toBe(false);
  });

  test('suggestions, related products, ids of what may be seen', async () => {
    const [row] = await p.rows('search', 'select product_id from item limit 1');
    for (const act of [
      () => suggested(db, guestViewer, 't'),
      () => suggested(db, child, 'k12'),
      () => related(db, { productId: String(row!['product_id']), viewer: adultViewer, locale: 'uz' as const }),
      () => visibleProducts(db, { viewer: child, after: null, limit: 100 }),
    ]) {
      const { scans, touched } = await plan(act);
      expect(scans).toEqual([]);
      expect(touched).toBeLessThan(6_000);
    }
  });
});
