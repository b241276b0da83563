import { anAdmin, Browser } from '@um/auth/testing';
import type { ChildView } from '@um/family';
import { aNewChild } from '@um/family/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import {
  product,
  type AdminCategory,
  type CatalogWork,
  type CategoryBody,
  type ImportRow,
  type ProductView,
} from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import type { ProductPage } from '@um/search';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

let p: TestPlatform;
let admin: Browser;
let storeId: string;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());
const guest = () => new Browser(p.fastify);

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product', 'inventory', 'search'] });
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
  ({ admin } = await anAdmin(p));
  const { account } = await guest().signUp();
  storeId = await openStore(p, account.id, { slug: 'lola' });
});
afterAll(() => p.stop());

const add = (id: string, parentId: string | null, over: Partial<CategoryBody> = {}) =>
  admin.post<AdminCategory & { code?: string }>('/admin/categories', {
    id,
    parentId,
    name: text(id),
    icon: null,
    position: 1,
    ...over,
  });
const change = (id: string, body: object) =>
  admin.patch<AdminCategory & { code?: string }>(`/admin/categories/${id}`, body);
const merge = (id: string, into: string) =>
  admin.post<AdminCategory & { code?: string }>(`/admin/categories/${id}/merge`, { into });
const load = (...rows: Partial<ImportRow>[]) =>
  p.wire.client(product).importLines(ctx(), {
    storeId,
    lines: rows.map((row) => JSON.stringify(anImportRow({ externalId: newId(), ...row }))),
    firstLine: 1,
  });
const count = async (category: string): Promise<number> =>
  (await guest().get<ProductPage>(`/products?limit=60&category=${category}`)).body.items.length;
/** Waits until background work made it so. */
const becomes = (check: () => Promise<void>) =>
  vi.waitFor(
    async () => {
      await p.settle();
      await check();
    },
    { timeout: 20_000, interval: 100 },
  );

describe('the category tree', () => {
  test('grows, many levels deep', async () => {
    await add('deep', null);
    for (let level = 1; level <= 12; level += 1) {
      const id = `deep${'.x'.repeat(level)}`;
      expect(await add(id, `deep${'.x'.repeat(level - 1)}`)).toMatchObject({ status: 201, body: { depth: level } });
    }
    const { problems } = await load({ categoryId: `deep${'.x'.repeat(12)}` });
    expect(problems).toEqual([]);
    await becomes(async () => expect(await count('deep.x.x')).toBe(1));
  });

  test('takes no loop, no orphan, no id twice and no odd one', async () => {
    await add('a', null);
    await add('a.b', 'a');
    expect(await change('a', { parentId: 'a.b' })).toMatchObject({
      status: 400,
      body: { code: 'product.BAD_CATEGORY_TREE' },
    });
    expect((await change('a', { parentId: 'a' })).status).toBe(400);
    expect((await add('c', 'nowhere')).status).toBe(400);
    expect(await add('a.b', 'a')).toMatchObject({ status: 409, body: { code: 'product.CATEGORY_TAKEN' } });
    for (const id of ['Big', 'two..dots', 'пример']) expect((await add(id, null)).status).toBe(400);
    expect((await change('nowhere', { position: 3 })).body.code).toBe('product.NO_CATEGORY');
  });

  test('moves a branch: its products are found in the new place and no longer in the old one', async () => {
    for (const [id, parent] of [
      ['from', null],
      ['to', null],
      ['from.branch', 'from'],
      ['from.branch.leaf', 'from.branch'],
    ] as const)
      await add(id, parent);
    await load(...Array.from({ length: 7 }, () => ({ categoryId: 'from.branch.leaf' })));
    await becomes(async () => expect([await count('from'), await count('to')]).toEqual([7, 0]));
    expect((await change('from.branch', { parentId: 'to' })).body).toMatchObject({ parentId: 'to', depth: 1 });
    await becomes(async () => expect([await count('from'), await count('to')]).toEqual([0, 7]));
    expect(await count('from.branch.leaf')).toBe(7);
  });

  test('renames: pages follow', async () => {
    await add('named', null);
    const brand = newId();
    await load({ categoryId: 'named', brand });
    await p.settle();
    const { body } = await guest().get<ProductPage>(`/products?brand=${brand}`);
    const page = () => guest().get<ProductView>(`/products/${body.items[0]!.slug}`);
    expect((await page()).body.categories[0]!.name).toBe('named');
    await change('named', { name: text('Renamed') });
    await becomes(async () => expect((await page()).body.categories[0]!.name).toBe('Renamed'));
  });

  test('merges: products, branches, addresses and later imports go along', async () => {
    for (const [id, parent] of [
      ['old', null],
      ['old.part', 'old'],
      ['new', null],
      ['newest', null],
    ] as const)
      await add(id, parent);
    await load({ categoryId: 'old' }, { categoryId: 'old' }, { categoryId: 'old.part' });
    await becomes(async () => expect(await count('old')).toBe(3));
    expect((await merge('old', 'new')).status).toBe(200);
    await becomes(async () => expect([await count('old'), await count('new')]).toEqual([0, 3]));
    expect((await guest().get('/categories/old')).body).toMatchObject({ id: 'new' });
    const { body } = await guest().get<{ items: { id: string; parentId: string | null }[] }>('/categories');
    expect(body.items.some(({ id }) => id === 'old')).toBe(false);
    expect(body.items.find(({ id }) => id === 'old.part')).toMatchObject({ parentId: 'new' });
    expect((await load({ categoryId: 'old' })).problems).toEqual([]);
    await becomes(async () => expect(await count('new')).toBe(4));
    expect((await merge('new', 'newest')).status).toBe(200);
    expect((await guest().get('/categories/old')).body).toMatchObject({ id: 'newest' });
    await becomes(async () => expect(await count('newest')).toBe(4));
    expect((await add('old', null)).body.code).toBe('product.CATEGORY_TAKEN');
    expect((await guest().get('/categories/never')).status).toBe(404);
  });

  test('merges into nothing of its own branch', async () => {
    await add('m', null);
    await add('m.n', 'm');
    expect((await merge('m', 'm.n')).body.code).toBe('product.BAD_CATEGORY_TREE');
    expect((await merge('m', 'm')).body.code).toBe('product.BAD_CATEGORY_TREE');
    expect((await merge('m', 'nowhere')).body.code).toBe('product.NO_CATEGORY');
  });

  test('is shaped by admins alone', async () => {
    const parent = guest();
    await parent.signUp();
    expect((await parent.get('/admin/categories')).status).toBe(403);
    expect((await parent.patch('/admin/categories/a', { position: 1 })).status).toBe(403);
    expect((await parent.post('/admin/categories/a/merge', { into: 'toys' })).status).toBe(403);
  });
});

describe('what a family has hidden', () => {
  const open = { hiddenStores: [], hiddenHazards: [], maxPriceTiyin: null };
  /** A child from whom categories are hidden, and its parent. */
  async function aChildWithout(...hiddenCategories: string[]) {
    const [parent, child] = [guest(), guest()];
    const { email } = await parent.signUp();
    const { body } = await parent.post<{ id: string }>('/families/children', aNewChild({ birthDate: '2014-01-01' }));
    const policy = (hidden: readonly string[]) =>
      parent.put(`/families/children/${body.id}/policy`, { ...open, hiddenCategories: hidden });
    expect((await policy(hiddenCategories)).status).toBe(200);
    await child.signIn(email);
    expect((await child.childSignIn(body.id, '4821')).status).toBe(200);
    const hides = async () => (await parent.get<ChildView>(`/families/children/${body.id}`)).body.policy;
    return { child, policy, hides };
  }
  /** A product that a child is asked to see, by its page, by lists and by its brand. */
  async function aProductIn(categoryId: string) {
    const brand = `brand-${newId()}`;
    expect((await load({ categoryId, brand })).problems).toEqual([]);
    await p.settle();
    const seen = await guest().get<ProductPage>(`/products?brand=${brand}`);
    const { id } = seen.body.items[0]!;
    return async (who: Browser): Promise<boolean> => {
      const answers = [
        (await who.get(`/products/${id}`)).status === 200,
        (await who.get<ProductPage>(`/products?brand=${brand}`)).body.items.length > 0,
        (await who.get(`/brands/${brand}`)).status === 200,
      ];
      return answers.includes(true);
    };
  }
  /** Looks at once after a change, and again when everything has followed. */
  async function staysHidden(isSeen: (who: Browser) => Promise<boolean>, who: Browser): Promise<void> {
    expect(await isSeen(who)).toBe(false);
    await becomes(async () => {
      expect(await isSeen(who)).toBe(false);
      expect((await admin.get<{ items: CatalogWork[] }>('/admin/catalog-work')).body.items).toEqual([]);
    });
    await p.settle();
    expect(await isSeen(who)).toBe(false);
    expect(await isSeen(guest())).toBe(true);
  }

  test('stays hidden when its branch is moved elsewhere, also when only what was above it is hidden', async () => {
    for (const [id, parent] of [
      ['h', null],
      ['h.x', 'h'],
      ['h.x.y', 'h.x'],
      ['free', null],
    ] as const)
      await add(id, parent);
    const { child, hides } = await aChildWithout('h');
    const { child: other, hides: othersHides } = await aChildWithout('tools');
    const isSeen = await aProductIn('h.x.y');
    expect([await isSeen(child), await isSeen(other)]).toEqual([false, true]);
    expect((await change('h.x', { parentId: 'free' })).status).toBe(200);
    await staysHidden(isSeen, child);
    expect((await hides()).hiddenCategories).toEqual(['h', 'h.x']);
    expect(await isSeen(other)).toBe(true);
    expect((await othersHides()).version).toBe(2);
    await change('h.x', { parentId: null });
    await staysHidden(isSeen, child);
  });

  test('stays hidden when it is merged into what is not, and merged on', async () => {
    for (const id of ['bad', 'good', 'better']) await add(id, null);
    await add('bad.sub', 'bad');
    const { child, hides } = await aChildWithout('bad');
    const [isSeen, isSeenBelow] = [await aProductIn('bad'), await aProductIn('bad.sub')];
    expect((await merge('bad', 'good')).status).toBe(200);
    await staysHidden(isSeen, child);
    await staysHidden(isSeenBelow, child);
    expect((await hides()).hiddenCategories).toEqual(['bad', 'good']);
    expect((await merge('good', 'better')).status).toBe(200);
    await staysHidden(isSeen, child);
    await staysHidden(isSeenBelow, child);
    const imported = await aProductIn('bad');
    expect(await imported(child)).toBe(false);
  });

  test('stays hidden when the tree is loaded anew in another shape', async () => {
    const tree = (parentId: string | null) => [
      { id: 'loaded', parentId: null, name: text('l'), icon: null, position: 1 },
      { id: 'loaded.sub', parentId, name: text('s'), icon: null, position: 1 },
    ];
    await p.wire.client(product).putCategories(ctx(), { categories: tree('loaded') });
    const { child } = await aChildWithout('loaded');
    const isSeen = await aProductIn('loaded.sub');
    expect(await isSeen(child)).toBe(false);
    await p.wire.client(product).putCategories(ctx(), { categories: tree(null) });
    await staysHidden(isSeen, child);
  });

  test('stays hidden when the policy is written while the branch moves', async () => {
    await add('w', null);
    await add('w.x', 'w');
    const { child, policy, hides } = await aChildWithout('w');
    const isSeen = await aProductIn('w.x');
    await change('w.x', { parentId: null });
    // An app that does not say which policy it replaces writes the old one, before the change has spread.
    expect((await policy(['w'])).status).toBe(200);
    await becomes(async () => expect((await hides()).hiddenCategories).toEqual(['w', 'w.x']));
    await staysHidden(isSeen, child);
  });

  test('is what it was when a category gets another name, icon or place in its row', async () => {
    await add('r', null);
    const [{ child, hides }, { child: other }] = [await aChildWithout('r'), await aChildWithout('tools')];
    const isSeen = await aProductIn('r');
    await change('r', { name: text('Something else'), icon: 'star', position: 9 });
    await staysHidden(isSeen, child);
    expect(await hides()).toMatchObject({ hiddenCategories: ['r'], version: 2 });
    expect(await isSeen(other)).toBe(true);
  });
});

test('a tree that is loaded anew keeps what admins merged', async () => {
  const rows = ['seed', 'seed.a', 'seed.b', 'seed.a.x'].map((id) => ({
    id,
    parentId: id.includes('.') ? id.slice(0, id.lastIndexOf('.')) : null,
    name: text(id),
    icon: null,
    position: 1,
  }));
  await p.wire.client(product).putCategories(ctx(), { categories: rows });
  await merge('seed.a', 'seed.b');
  await p.wire.client(product).putCategories(ctx(), { categories: rows });
  const { body } = await admin.get<{ items: AdminCategory[] }>('/admin/categories');
  expect(body.items.some(({ id }) => id === 'seed.a')).toBe(false);
  expect(body.items.find(({ id }) => id === 'seed.a.x')).toMatchObject({ parentId: 'seed.b', depth: 2 });
});

test('no product is lost to a merge that runs while sellers import', async () => {
  await add('race', null);
  await add('race.into', null);
  const runs = Array.from({ length: 4 }, async () => {
    for (let n = 0; n < 5; n += 1) expect((await load({ categoryId: 'race' })).problems).toEqual([]);
  });
  const [merged] = await Promise.all([merge('race', 'race.into'), ...runs]);
  expect(merged.status).toBe(200);
  await becomes(async () => expect(await count('race.into')).toBe(20));
});

describe('moving a large branch', () => {
  const MANY = 6_000;
  test('answers at once, sellers and shoppers go on meanwhile, and in the end everything is told', async () => {
    for (const [id, parent] of [
      ['large', null],
      ['large.branch', 'large'],
      ['elsewhere', null],
    ] as const)
      await add(id, parent);
    await p.rows(
      'product',
      `insert into product (id, store_id, external_id, slug, state, version, content_hash, category_id, title, description, age_min_months, hazards, vat_rate, attributes, pictures,
         options, price_tiyin, created_at, changed_at)
       select gen_random_uuid(), $1, 'many-' || n, 'many-' || n, 'published', 1, '', 'large.branch', '{"uz":"m","ru":"m","en":"m"}', '{"uz":"","ru":"","en":""}', 36, '{}', 12, '{}', '{}',
         '{}', 1000, now(), now() from generate_series(1, ${MANY}) n`,
      [storeId],
    );
    const began = performance.now();
    expect((await change('large.branch', { parentId: 'elsewhere' })).status).toBe(200);
    const moving = performance.now() - began;
    const waits: number[] = [];
    const told = async (): Promise<number> => {
      const [row] = await p.rows(
        'product',
        "select count(*) as n from product where category_id = 'large.branch' and version = 2",
      );
      return Number(row!['n']);
    };
    const progress = new Set<number>();
    // Jobs run by themselves; looking does not push them.
    while ((await told()) < MANY) {
      const asked = performance.now();
      expect((await guest().get('/products/many-1')).status).toBe(200);
      expect((await load({ categoryId: 'toys.blocks' })).created).toBe(1);
      waits.push(performance.now() - asked);
      const { body } = await admin.get<{ items: CatalogWork[] }>('/admin/catalog-work');
      for (const work of body.items)
        if (work.subject === 'large.branch' && work.total === MANY) progress.add(work.done);
    }
    waits.sort((a, b) => a - b);
    expect(waits.length).toBeGreaterThan(2);
    expect(progress.size).toBeGreaterThan(1);
    expect(moving).toBeLessThan(1_000);
    expect(waits.at(-1)!).toBeLessThan(5_000);
  }, 60_000);
});
