import { newId, systemCtx } from '@um/kernel';
import { testPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountsOf, aFamily, Browser, PASSWORD } from './auth.factory.js';

let p: Awaited<ReturnType<typeof testPlatform>>;

beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'auth'] });
});
afterAll(async () => {
  await p.stop();
  expect(p.bugs).toEqual([]);
});

const browser = (ip?: string, host?: string) => new Browser(p.fastify, ip, host);
const ctx = () => systemCtx(p.clock.now());

describe('sessions', () => {
  test('are listed and ended one by one', async () => {
    const one = browser();
    const { email } = await one.signUp();
    const two = browser();
    await two.send('POST', '/auth/sign-in', {
      body: { email, password: PASSWORD },
      headers: { 'user-agent': 'Mozilla/5.0 (Android 14; Mobile; rv:130.0) Firefox/130.0' },
    });
    const { body } = await one.get<{ id: string; current: boolean; device: string }[]>('/auth/sessions');
    const other = body.find((s) => !s.current)!;
    expect(body).toHaveLength(2);
    expect(other.device).toBe('Firefox, Android');
    expect((await one.delete(`/auth/sessions/${other.id}`)).status).toBe(204);
    expect([await one.signedIn(), await two.signedIn()]).toEqual([true, false]);
  });

  test('of somebody else are not found', async () => {
    const [mine, theirs] = [browser(), browser()];
    await mine.signUp();
    await theirs.signUp();
    const { body } = await theirs.get<{ id: string }[]>('/auth/sessions');
    expect((await mine.delete(`/auth/sessions/${body[0]!.id}`)).status).toBe(404);
    expect(await theirs.signedIn()).toBe(true);
  });

  test('end everywhere at once', async () => {
    const one = browser();
    const { email } = await one.signUp();
    const two = browser();
    await two.signIn(email);
    expect((await one.post('/auth/sign-out-everywhere')).status).toBe(204);
    expect([await one.signedIn(), await two.signedIn()]).toEqual([false, false]);
  });

  test('slide while they are used and end when they are not', async () => {
    const [used, idle] = [browser(), browser()];
    const { email } = await used.signUp();
    await idle.signIn(email);
    p.clock.advance(20 * 24 * 3_600_000);
    expect(await used.signedIn()).toBe(true);
    p.clock.advance(11 * 24 * 3_600_000);
    expect([await used.signedIn(), await idle.signedIn()]).toEqual([true, false]);
    for (let day = 31; day < 90; day += 20) p.clock.advance(20 * 24 * 3_600_000);
    expect(await used.signedIn()).toBe(false);
  });

  test('of a blocked account speak for nobody, even one that began while it was being blocked', async () => {
    const { token, account } = await browser().signUp();
    await p.rows('auth', `update account set blocked_at = now() where id = '${account.id}'`);
    expect(await accountsOf(p).identify(ctx(), { token })).toBeNull();
  });

  test('are kept as hashes only', async () => {
    const { token } = await browser().signUp();
    const rows = await p.rows('auth', `select encode(token_hash, 'escape') as h from session`);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('presence', () => {
  const steppedUp = async (token: string) => (await accountsOf(p).identify(ctx(), { token }))?.steppedUpAt;

  test('is proved by signing up, and again by the password', async () => {
    const b = browser();
    const { token } = await b.signUp();
    expect(await steppedUp(token)).toEqual(p.clock.now());
    p.clock.advance(600_000);
    expect((await b.post('/auth/step-up', { password: PASSWORD })).status).toBe(204);
    expect(await steppedUp(token)).toEqual(p.clock.now());
  });

  test('is not proved by another password', async () => {
    const b = browser();
    const { token } = await b.signUp();
    const at = p.clock.now();
    p.clock.advance(600_000);
    expect(await b.post('/auth/step-up', { password: 'not the password' })).toMatchObject({
      status: 401,
      body: { code: 'auth.WRONG' },
    });
    expect(await steppedUp(token)).toEqual(at);
  });
});

describe('for other contexts', () => {
  test('an account is opened once, and found by id and e-mail', async () => {
    const input = { email: 'Seller@Example.com', password: 'any', name: 'Seller', roles: ['parent' as const] };
    const first = await accountsOf(p).openAccount(ctx(), input);
    expect(await accountsOf(p).openAccount(ctx(), { ...input, name: 'Other' })).toEqual(first);
    const found = {
      id: first.accountId,
      kind: 'adult',
      name: 'Seller',
      email: 'seller@example.com',
      roles: ['parent'],
      familyId: null,
      blocked: false,
    };
    expect(await accountsOf(p).account(ctx(), { id: first.accountId })).toMatchObject(found);
    expect(await accountsOf(p).accountByEmail(ctx(), { email: 'SELLER@example.com' })).toMatchObject(found);
    expect(await accountsOf(p).accountByEmail(ctx(), { email: 'nobody@example.com' })).toBeNull();
  });

  test('a role is given once and at once', async () => {
    const b = browser();
    const { account, token } = await b.signUp();
    await b.signedIn();
    await accountsOf(p).grantRole(ctx(), { accountId: account.id, role: 'seller' });
    await accountsOf(p).grantRole(ctx(), { accountId: account.id, role: 'seller' });
    expect(await accountsOf(p).identify(ctx(), { token })).toMatchObject({ roles: ['parent', 'seller'] });
    const rows = await p.rows(
      'auth',
      `select 1 from outbox where name = 'auth.role-changed.v1' and aggregate = '${account.id}'`,
    );
    expect(rows).toHaveLength(1);
  });

  test('a family is joined at once by the sessions there are', async () => {
    const b = browser();
    const { account, token } = await b.signUp();
    await b.signedIn();
    const familyId = newId();
    await accountsOf(p).joinFamily(ctx(), { accountId: account.id, familyId });
    expect(await accountsOf(p).identify(ctx(), { token })).toMatchObject({ family: familyId });
  });

  test('what is no token is nobody', async () => {
    for (const token of ['', 'x', 'x'.repeat(43), "' or 1=1 --"])
      expect(await accountsOf(p).identify(ctx(), { token })).toBeNull();
  });
});

describe('the sweep', () => {
  const count = async (table: string, where: string) =>
    (await p.rows('auth', `select count(*)::int as n from ${table} where ${where}`))[0]!['n'];

  test('throws away what has served its time, and nothing else', async () => {
    const [gone, stays] = [browser('203.0.113.50'), browser('203.0.113.51')];
    const old = await gone.signUp();
    await gone.signIn(old.email, 'wrong password');
    p.clock.advance(91 * 24 * 3_600_000);
    const { account } = await stays.signUp();
    await stays.signIn('nobody@example.com', 'wrong password');
    const family = await aFamily(p);
    p.clock.advance(1);
    await p.work('auth.sweep');
    expect(await count('session', `account_id = '${old.account.id}'`)).toBe(0);
    expect(await count('session', `account_id = '${account.id}'`)).toBe(1);
    expect(await count('attempt', 'true')).toBe(1);
    expect(await count('device', 'family_id is null')).toBe(1);
    expect(await count('device', `family_id = '${family.familyId}'`)).toBe(1);
    expect(await count('account', `id = '${old.account.id}'`)).toBe(1);
    expect(await stays.signedIn()).toBe(true);
  });
});
