import { auth } from '@um/auth';
import { aFamily, Browser } from '@um/auth/testing';
import { systemCtx } from '@um/kernel';
import { MAX_ADDRESSES, user, type Me, type SavedAddress } from '@um/user';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPlatform } from '@um/server/testing';

let p: Awaited<ReturnType<typeof testPlatform>>;

beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'auth', 'user'] });
});
afterAll(async () => {
  await p.stop();
  expect(p.bugs).toEqual([]);
});

const ctx = () => systemCtx(p.clock.now());
const home = {
  name: 'Nodira Karimova',
  phone: '+998901234567',
  region: 'UZ-TK',
  city: 'Toshkent',
  line: 'Navoiy koʻchasi 5, 12-xonadon',
};

async function aPerson() {
  const b = new Browser(p.fastify);
  return { b, ...(await b.signUp()) };
}
async function aChild() {
  const { parent: b, childId, familyId, pin } = await aFamily(p);
  await b.childSignIn(childId, pin);
  return { b, childId, familyId };
}
const addresses = async (b: Browser) => (await b.get<SavedAddress[]>('/me/addresses')).body;
const add = async (b: Browser, body: object = {}) =>
  (await b.post<SavedAddress>('/me/addresses', { ...home, ...body })).body;

describe('the signed-in person', () => {
  test('is told who they are, before the fact of their account has arrived', async () => {
    const { b, account, email } = await aPerson();
    expect((await b.get<Me>('/me')).body).toEqual({
      id: account.id,
      name: 'Nodira Karimova',
      email,
      roles: ['parent'],
      locale: null,
      theme: 'system',
      child: null,
      familyId: null,
      steppedUpUntil: new Date(p.clock.now().getTime() + 5 * 60_000).toISOString(),
    });
  });

  test('must be signed in', async () => {
    expect((await new Browser(p.fastify).get('/me')).status).toBe(401);
  });

  test('chooses name, language and colours', async () => {
    const { b, account } = await aPerson();
    const chosen = { name: 'Aziza', locale: 'ru', theme: 'dark' };
    expect(await b.patch('/me', chosen)).toMatchObject({ status: 200, body: chosen });
    expect((await b.patch<Me>('/me', { theme: 'light' })).body).toMatchObject({
      name: 'Aziza',
      locale: 'ru',
      theme: 'light',
    });
    expect(await p.wire.client(auth).account(ctx(), { id: account.id })).toMatchObject({ name: 'Aziza' });
  });

  test('keeps their choices when the fact of their account arrives late', async () => {
    const { b } = await aPerson();
    await b.patch('/me', { locale: 'ru' });
    await p.settle();
    expect((await b.get<Me>('/me')).body.locale).toBe('ru');
  });

  test('has a profile once the fact of the account has arrived', async () => {
    const { account } = await aPerson();
    await p.settle();
    expect(await p.rows('user', `select theme from profile where account_id = '${account.id}'`)).toEqual([
      { theme: 'system' },
    ]);
  });

  test('cannot give themselves a role', async () => {
    const { b } = await aPerson();
    expect((await b.patch('/me', { roles: ['admin'] })).status).toBe(400);
  });
});

describe('a child', () => {
  test('is known by name alone', async () => {
    const { b, childId, familyId } = await aChild();
    expect((await b.get<Me>('/me')).body).toMatchObject({
      id: childId,
      name: 'Temur',
      email: null,
      roles: ['child'],
      child: { id: childId, familyId },
      familyId,
      steppedUpUntil: null,
    });
  });

  test('chooses colours, but not its name', async () => {
    const { b } = await aChild();
    expect((await b.patch<Me>('/me', { theme: 'dark' })).body.theme).toBe('dark');
    expect(await b.patch('/me', { name: 'Superman' })).toMatchObject({
      status: 403,
      body: { code: 'user.NAME_BY_PARENT' },
    });
  });

  test('has no addresses', async () => {
    const { b } = await aChild();
    expect((await b.get('/me/addresses')).status).toBe(403);
    expect((await b.post('/me/addresses', home)).status).toBe(403);
  });
});

describe('addresses', () => {
  test('the first one is the default, and stays it until another is chosen', async () => {
    const { b } = await aPerson();
    const first = await add(b);
    const second = await add(b, { city: 'Chirchiq', note: 'Eshik yonida' });
    expect([first.isDefault, second.isDefault]).toEqual([true, false]);
    const third = await add(b, { isDefault: true });
    expect((await addresses(b)).map((a) => [a.id, a.isDefault])).toEqual([
      [third.id, true],
      [second.id, false],
      [first.id, false],
    ]);
    expect(await p.wire.client(user).defaultAddress(ctx(), { accountId: await idOf(b) })).toMatchObject({
      id: third.id,
    });
  });

  test('are replaced, and one cannot be undone as the default without another', async () => {
    const { b } = await aPerson();
    const { id } = await add(b, { note: 'Eshik yonida' });
    expect((await b.put(`/me/addresses/${id}`, { ...home, city: 'Angren', isDefault: false })).body).toEqual({
      ...home,
      id,
      city: 'Angren',
      isDefault: true,
    });
    const other = await add(b);
    await b.put(`/me/addresses/${other.id}`, { ...home, isDefault: true });
    expect((await addresses(b)).filter((a) => a.isDefault).map((a) => a.id)).toEqual([other.id]);
  });

  test('hand the default on to the newest when it is removed', async () => {
    const { b } = await aPerson();
    const first = await add(b);
    await add(b);
    const newest = await add(b);
    expect((await b.delete(`/me/addresses/${first.id}`)).status).toBe(204);
    expect((await addresses(b)).filter((a) => a.isDefault).map((a) => a.id)).toEqual([newest.id]);
  });

  test('of somebody else are not found', async () => {
    const [mine, theirs] = [await aPerson(), await aPerson()];
    const { id } = await add(theirs.b);
    const notFound = { status: 404, body: { code: 'user.NO_ADDRESS' } };
    expect(await mine.b.put(`/me/addresses/${id}`, { ...home, isDefault: true })).toMatchObject(notFound);
    expect(await mine.b.delete(`/me/addresses/${id}`)).toMatchObject(notFound);
    expect(await p.wire.client(user).address(ctx(), { accountId: mine.account.id, addressId: id })).toBeNull();
    expect(await p.wire.client(user).address(ctx(), { accountId: theirs.account.id, addressId: id })).toMatchObject({
      id,
      ...home,
    });
    expect(await addresses(theirs.b)).toHaveLength(1);
  });

  test('have one default, however many are added at once', async () => {
    const { b } = await aPerson();
    await Promise.all(Array.from({ length: 8 }, () => add(b, { isDefault: true })));
    const all = await addresses(b);
    expect(all).toHaveLength(8);
    expect(all.filter((a) => a.isDefault)).toHaveLength(1);
  });

  test('are limited in number, also when they come at once', async () => {
    const { b } = await aPerson();
    const got = await Promise.all(Array.from({ length: MAX_ADDRESSES + 3 }, () => b.post('/me/addresses', home)));
    expect(got.filter((g) => g.status === 201)).toHaveLength(MAX_ADDRESSES);
    expect(got.find((g) => g.status !== 201)).toMatchObject({ status: 409, body: { code: 'user.TOO_MANY_ADDRESSES' } });
  });

  test.each([
    ['a foreign telephone', { phone: '+79161234567' }],
    ['an unknown region', { region: 'UZ-XX' }],
    ['an empty city', { city: '  ' }],
    ['an unknown field', { zip: '100000' }],
  ])('refuse %s', async (_name, wrong) => {
    const { b } = await aPerson();
    expect(await b.post('/me/addresses', { ...home, ...wrong })).toMatchObject({
      status: 400,
      body: { code: 'http.INVALID' },
    });
  });
});

const idOf = async (b: Browser) => (await b.get<Me>('/me')).body.id;
