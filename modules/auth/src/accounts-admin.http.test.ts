import { systemCtx } from '@um/kernel';
import { testPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aFamily, accountsOf, anAdmin, Browser, PASSWORD } from './auth.factory.js';

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

describe('admins', () => {
  test('are not parents: others are refused', async () => {
    const b = browser();
    expect((await b.get('/admin/users')).status).toBe(401);
    await b.signUp();
    expect((await b.get('/admin/users')).status).toBe(403);
  });

  test('find accounts by the beginning of name and e-mail, and by role', async () => {
    const { admin } = await anAdmin(p);
    await browser().signUp({ name: 'Юлдуз Рахимова', email: 'yulduz.r@example.com' });
    const found = async (query: string) =>
      (await admin.get<{ items: { name: string }[] }>(`/admin/users?${query}`)).body.items.map((i) => i.name);
    expect(await found(`q=${encodeURIComponent('юлд')}`)).toEqual(['Юлдуз Рахимова']);
    expect(await found('q=YULDUZ')).toEqual(['Юлдуз Рахимова']);
    expect(await found('q=%25')).toEqual([]);
    expect(await found('q=yulduz&role=admin')).toEqual([]);
    expect((await found('role=admin')).length).toBeGreaterThan(0);
  });

  test('page through all accounts once each', async () => {
    const { admin } = await anAdmin(p);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await admin.get(
        `/admin/users?limit=7${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...body.items.map((i) => i.id));
      cursor = body.nextCursor;
    } while (cursor);
    const rows = await p.rows('auth', 'select count(*)::int as n from account');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(rows[0]!['n'] as number);
    expect((await admin.get('/admin/users?cursor=bm90IG91cnM')).status).toBe(400);
  });

  test('give roles that hold from the next request on', async () => {
    const { admin } = await anAdmin(p);
    const b = browser();
    const { account } = await b.signUp();
    expect((await b.get('/admin/users')).status).toBe(403);
    const got = await admin.patch(`/admin/users/${account.id}/roles`, {
      roles: ['parent', 'admin'],
      reason: 'joins the team',
    });
    expect(got).toMatchObject({ status: 200, body: { roles: ['parent', 'admin'] } });
    expect((await b.get('/admin/users')).status).toBe(200);
    await admin.patch(`/admin/users/${account.id}/roles`, { roles: ['parent'], reason: 'left the team' });
    expect((await b.get('/admin/users')).status).toBe(403);
  });

  test('need to have proved presence lately', async () => {
    const { admin } = await anAdmin(p);
    const { account } = await browser().signUp();
    p.clock.advance(5 * 60_000 + 1);
    const roles = () =>
      admin.patch(`/admin/users/${account.id}/roles`, { roles: ['parent', 'seller'], reason: 'sells' });
    expect(await roles()).toMatchObject({ status: 403, body: { code: 'http.STEP_UP' } });
    await admin.post('/auth/step-up', { password: PASSWORD });
    expect((await roles()).status).toBe(200);
  });

  test('cannot make a child of an adult, nor an adult of a child', async () => {
    const { admin } = await anAdmin(p);
    const { account, childId } = await aFamily(p);
    expect(
      await admin.patch(`/admin/users/${account.id}/roles`, { roles: ['child'], reason: 'mistake' }),
    ).toMatchObject({ status: 400, body: { code: 'auth.BAD_ROLES' } });
    expect(await admin.patch(`/admin/users/${childId}/roles`, { roles: ['parent'], reason: 'mistake' })).toMatchObject({
      status: 400,
      body: { code: 'auth.BAD_ROLES' },
    });
    await expect(accountsOf(p).grantRole(ctx(), { accountId: childId, role: 'admin' })).rejects.toMatchObject({
      code: 'auth.BAD_ROLES',
    });
  });

  test('block an account: its sessions end at once, and only its owner is told why', async () => {
    const { admin } = await anAdmin(p);
    const b = browser();
    const { account, email } = await b.signUp();
    expect(await admin.post(`/admin/users/${account.id}/block`, { blocked: true, reason: 'fraud' })).toMatchObject({
      status: 200,
      body: { blocked: true },
    });
    expect(await b.signedIn()).toBe(false);
    expect(await b.signIn(email)).toMatchObject({ status: 403, body: { code: 'auth.BLOCKED' } });
    expect(await b.signIn(email, 'not the password')).toMatchObject({ status: 401, body: { code: 'auth.WRONG' } });
    await admin.post(`/admin/users/${account.id}/block`, { blocked: false, reason: 'cleared' });
    expect((await b.signIn(email)).status).toBe(200);
  });

  test('that unblock an account do not bring its old sessions back', async () => {
    const { admin } = await anAdmin(p);
    const b = browser();
    const { account } = await b.signUp();
    for (const blocked of [true, false])
      await admin.post(`/admin/users/${account.id}/block`, { blocked, reason: 'a mistake' });
    expect(await b.signedIn()).toBe(false);
  });

  test('are never all gone, even when two remove each other at once', async () => {
    const rows = await p.rows('auth', `select id from account where roles @> array['admin'] and blocked_at is null`);
    const [one, two] = [await anAdmin(p), await anAdmin(p)];
    for (const { id } of rows)
      await one.admin.patch(`/admin/users/${String(id)}/roles`, { roles: ['parent'], reason: 'clearing' });
    const got = await Promise.all([
      one.admin.patch(`/admin/users/${two.id}/roles`, { roles: ['parent'], reason: 'coup' }),
      two.admin.post(`/admin/users/${one.id}/block`, { blocked: true, reason: 'coup' }),
    ]);
    expect(got.map((g) => g.status).toSorted((a, b) => a - b)[0]).toBe(200);
    const left = await p.rows('auth', `select id from account where roles @> array['admin'] and blocked_at is null`);
    expect(left).toHaveLength(1);
    const last = left[0]!['id'] === one.id ? one : two;
    expect(
      await last.admin.patch(`/admin/users/${last.id}/roles`, { roles: ['parent'], reason: 'tired' }),
    ).toMatchObject({ status: 409, body: { code: 'auth.LAST_ADMIN' } });
    expect(await last.admin.post(`/admin/users/${last.id}/block`, { blocked: true, reason: 'tired' })).toMatchObject({
      status: 409,
      body: { code: 'auth.LAST_ADMIN' },
    });
  });
});
