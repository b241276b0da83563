import { audit } from '@um/audit';
import { auth } from '@um/auth';
import { anAdmin, Browser } from '@um/auth/testing';
import { newId, systemCtx } from '@um/kernel';
import { store, type Store } from '@um/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPlatform } from '@um/server/testing';

let p: Awaited<ReturnType<typeof testPlatform>>;
let admin: Browser;

beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'auth', 'store'] });
  ({ admin } = await anAdmin(p));
});
afterAll(async () => {
  await p.stop();
  expect(p.bugs).toEqual([]);
});

const ctx = () => systemCtx(p.clock.now());
const stores = () => p.wire.client(store);
const text = (word: string) => ({ uz: `${word} uz`, ru: `${word} ru`, en: `${word} en` });
const proved = () => admin.post('/auth/step-up', { password: 'qish-kechasi-choy' });

let shops = 0;
async function aStore(over: { slug?: string; verified?: boolean; commissionBp?: number } = {}) {
  const b = new Browser(p.fastify);
  const { account } = await b.signUp();
  const slug = over.slug ?? `shop-${++shops}`;
  const { storeId } = await stores().open(ctx(), {
    slug,
    name: text('name'),
    description: text('about'),
    city: text('city'),
    commissionBp: 1_000,
    ownerId: account.id,
    verified: true,
    ...over,
  });
  return { id: storeId as string, slug, b, ownerId: account.id };
}

describe('opening a store', () => {
  test('makes its owner a seller and a member', async () => {
    const { id, b, ownerId, slug } = await aStore();
    const own = await b.get<Store[]>('/seller/stores');
    expect(own).toMatchObject({
      status: 200,
      body: [{ id, slug, role: 'owner', commissionBp: 1_000, state: 'verified' }],
    });
    expect(await stores().members(ctx(), { storeId: id })).toEqual([ownerId]);
    expect(await stores().storesOf(ctx(), { accountId: ownerId })).toEqual([id]);
    expect(await p.wire.client(auth).account(ctx(), { id: ownerId })).toMatchObject({ roles: ['parent', 'seller'] });
  });

  test('again answers the store there is, and makes no stranger its seller', async () => {
    const first = await aStore({ slug: 'only-one' });
    const second = await aStore({ slug: 'only-one', commissionBp: 1 });
    expect(second.id).toBe(first.id);
    expect(await p.wire.client(auth).account(ctx(), { id: second.ownerId })).toMatchObject({ roles: ['parent'] });
    expect(await stores().members(ctx(), { storeId: first.id })).toEqual([first.ownerId]);
  });

  test('many times at once opens one', async () => {
    const ownerId = (await new Browser(p.fastify).signUp()).account.id;
    const input = {
      slug: 'race',
      name: text('n'),
      description: text('d'),
      city: text('c'),
      commissionBp: 500,
      ownerId,
      verified: true,
    };
    const ids = await Promise.all(Array.from({ length: 6 }, () => stores().open(ctx(), input)));
    expect(new Set(ids.map((i: { storeId: string }) => i.storeId)).size).toBe(1);
  });
});

describe('shoppers', () => {
  test('see a store in their language', async () => {
    const { id, slug } = await aStore();
    const got = await new Browser(p.fastify).get(`/stores/${slug}?lang=ru`);
    expect(got).toMatchObject({
      status: 200,
      body: { id, slug, name: 'name ru', description: 'about ru', city: 'city ru' },
    });
    expect(got.body).not.toHaveProperty('commissionBp');
  });

  test('do not see one that may not sell, and see changes of that soon', async () => {
    const guest = new Browser(p.fastify);
    const { id, slug } = await aStore({ verified: false });
    expect(await guest.get(`/stores/${slug}`)).toMatchObject({ status: 404, body: { code: 'store.NOT_FOUND' } });
    await proved();
    await admin.post(`/admin/stores/${id}/state`, { state: 'verified', reason: 'papers in order' });
    await p.settle();
    expect((await guest.get(`/stores/${slug}`)).status).toBe(200);
    await admin.post(`/admin/stores/${id}/state`, { state: 'suspended', reason: 'complaints' });
    await p.settle();
    expect((await guest.get(`/stores/${slug}`)).status).toBe(404);
  });
});

describe('admins', () => {
  test('list stores by state, once each', async () => {
    const waiting = await Promise.all([
      aStore({ verified: false }),
      aStore({ verified: false }),
      aStore({ verified: false }),
    ]);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: { body: { items: Store[]; nextCursor: string | null } } = await admin.get(
        `/admin/stores?state=pending&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(body.items.every((s) => s.state === 'pending')).toBe(true);
      seen.push(...body.items.map((s) => s.id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    for (const { id } of waiting) expect(seen).toContain(id);
  });

  test('alone decide, and only with presence', async () => {
    const { id, b } = await aStore();
    const move = (who: Browser) => who.post(`/admin/stores/${id}/state`, { state: 'suspended', reason: 'complaints' });
    expect((await b.get('/admin/stores')).status).toBe(403);
    expect((await move(b)).status).toBe(403);
    p.clock.advance(5 * 60_000 + 1);
    expect(await move(admin)).toMatchObject({ status: 403, body: { code: 'http.STEP_UP' } });
    await proved();
    expect(await move(admin)).toMatchObject({ status: 200, body: { state: 'suspended' } });
    expect(await move(admin)).toMatchObject({ status: 409, body: { code: 'store.BAD_MOVE' } });
  });

  test('move a store once when two decide at once', async () => {
    const { id } = await aStore();
    await proved();
    const got = await Promise.all(
      Array.from({ length: 5 }, () =>
        admin.post(`/admin/stores/${id}/state`, { state: 'suspended', reason: 'complaints' }),
      ),
    );
    expect(got.map((g) => g.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409]);
    expect(
      await p.rows('store', `select from_state, to_state from store_history where store_id = '${id}' order by at, id`),
    ).toEqual([
      { from_state: null, to_state: 'verified' },
      { from_state: 'verified', to_state: 'suspended' },
    ]);
  });

  test('find no store that is not there', async () => {
    await proved();
    expect((await admin.post(`/admin/stores/${newId()}/state`, { state: 'verified', reason: 'who' })).status).toBe(404);
    expect((await admin.get(`/admin/stores/${newId()}/terms`)).status).toBe(404);
  });
});

describe('commission', () => {
  const set = (id: string, body: object) =>
    admin.post<Store>(`/admin/stores/${id}/commission`, { reason: 'new contract', ...body });
  const at = async (id: string, time: Date) =>
    (await stores().termsAt(ctx(), { storeIds: [id], at: time.toISOString() }))[0]?.commissionBp;

  test('holds from its time on, and what was before stays readable', async () => {
    const { id } = await aStore({ commissionBp: 1_000 });
    await proved();
    const opened = p.clock.now();
    p.clock.advance(60_000);
    expect((await set(id, { commissionBp: 700 })).body.commissionBp).toBe(700);
    const lowered = p.clock.now();
    const nextMonth = new Date(lowered.getTime() + 30 * 24 * 3_600_000);
    expect((await set(id, { commissionBp: 1_200, validFrom: nextMonth.toISOString() })).body.commissionBp).toBe(700);
    expect([await at(id, opened), await at(id, lowered), await at(id, nextMonth)]).toEqual([1_000, 700, 1_200]);
    expect(await at(id, new Date(nextMonth.getTime() - 1))).toBe(700);
    expect((await admin.get<object[]>(`/admin/stores/${id}/terms`)).body).toHaveLength(3);
  });

  test('two changes in one moment: the later one holds', async () => {
    const { id } = await aStore();
    await proved();
    await set(id, { commissionBp: 600 });
    await set(id, { commissionBp: 500 });
    expect(await stores().getMany(ctx(), { ids: [id] })).toMatchObject([{ commissionBp: 500 }]);
  });

  test('never starts in the past', async () => {
    const { id } = await aStore();
    await proved();
    expect(
      await set(id, { commissionBp: 1, validFrom: new Date(p.clock.now().getTime() - 1_000).toISOString() }),
    ).toMatchObject({ status: 400, body: { code: 'store.PAST_TERMS' } });
  });

  test('that was agreed cannot be changed or taken back', async () => {
    await aStore();
    await expect(p.rows('store', 'update commission_term set basis_points = 0')).rejects.toThrow('refused');
    await expect(p.rows('store', 'delete from commission_term')).rejects.toThrow('refused');
    await expect(p.rows('store', 'delete from store_history')).rejects.toThrow('refused');
  });

  test('is in the audit log', async () => {
    const { id } = await aStore();
    await proved();
    await set(id, { commissionBp: 900 });
    await p.settle();
    const { body } = await admin.get<{ items: { action: string; detail: object }[] }>(
      `/admin/audit?subject=store:${id}`,
    );
    expect(body.items.map((i) => i.action)).toEqual(['store.commission-agreed', 'store.opened']);
    expect(body.items[0]!.detail).toMatchObject({ from: 1_000, to: 900 });
    expect(await p.wire.client(audit).verify(ctx(), {})).toMatchObject({ firstBroken: null });
  });
});
