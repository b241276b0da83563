import { testPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser, PASSWORD } from './auth.factory.js';

let p: Awaited<ReturnType<typeof testPlatform>>;

beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'auth'] });
});
afterAll(async () => {
  await p.stop();
  expect(p.bugs).toEqual([]);
});

const browser = (ip?: string, host?: string) => new Browser(p.fastify, ip, host);

describe('signing up', () => {
  test('signs in at once and answers who one is', async () => {
    const b = browser();
    const { account, token, csrf, expiresAt } = await b.signUp({ name: 'Aziza' });
    expect(account).toMatchObject({ name: 'Aziza', roles: ['parent'] });
    expect(token).toHaveLength(43);
    expect(b.cookies.get('__Host-um')).toBe(token);
    expect(b.cookies.get('um_csrf')).toBe(csrf);
    expect(expiresAt).toBe(new Date(p.clock.now().getTime() + 30 * 24 * 3_600_000).toISOString());
    expect(await b.signedIn()).toBe(true);
  });

  test('keeps an e-mail once, however it is written', async () => {
    const { email } = await browser().signUp();
    const again = await browser().post('/auth/sign-up', { email: email.toUpperCase(), name: 'X', password: PASSWORD });
    expect(again).toMatchObject({ status: 409, body: { code: 'auth.EMAIL_TAKEN' } });
  });

  test('twice at once opens one account', async () => {
    const body = { email: 'twice@example.com', name: 'X', password: PASSWORD };
    const got = await Promise.all([browser().post('/auth/sign-up', body), browser().post('/auth/sign-up', body)]);
    expect(got.map((g) => g.status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  test('refuses an easy password and says why', async () => {
    const got = await browser().post('/auth/sign-up', {
      email: 'weak@example.com',
      name: 'X',
      password: 'toshkent2024',
    });
    expect(got).toMatchObject({ status: 400, body: { code: 'auth.WEAK_PASSWORD', details: { problem: 'common' } } });
  });

  test('refuses unknown fields: nobody makes themselves an admin', async () => {
    const got = await browser().post('/auth/sign-up', {
      email: 'root@example.com',
      name: 'X',
      password: PASSWORD,
      roles: ['admin'],
    });
    expect(got).toMatchObject({ status: 400, body: { code: 'http.INVALID' } });
  });

  test('a place that asks after many taken e-mails has to wait', async () => {
    const { email } = await browser().signUp();
    const curious = browser('203.0.113.77');
    const ask = () => curious.post('/auth/sign-up', { email, name: 'X', password: PASSWORD });
    for (let i = 0; i < 20; i++) expect((await ask()).status).toBe(409);
    expect(await ask()).toMatchObject({ status: 429, body: { code: 'auth.LOCKED' } });
  });

  test('the cookies cannot be read by scripts, nor sent by other sites, nor over plain HTTP', async () => {
    const response = await p.fastify.inject({
      method: 'POST',
      url: '/api/v1/auth/sign-up',
      headers: { host: 'localhost' },
      payload: { email: 'cookie@example.com', name: 'X', password: PASSWORD },
    });
    const attributes = (name: string) =>
      [response.headers['set-cookie']].flat().find((c) => String(c).startsWith(`${name}=`));
    expect(attributes('__Host-um')).toMatch(/; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
    expect(attributes('__Host-um')).not.toContain('Domain');
    expect(attributes('um_device')).toMatch(/HttpOnly; Secure; SameSite=Lax$/);
    expect(attributes('um_csrf')).not.toContain('HttpOnly');
    expect(response.headers['cache-control']).toBe('no-store');
  });

  test('on plain HTTP in the home network the session has another name', async () => {
    const b = browser(undefined, '192.168.1.20:3000');
    await b.signUp();
    expect([...b.cookies.keys()].toSorted()).toEqual(['um_csrf', 'um_device', 'um_session']);
    expect(await b.signedIn()).toBe(true);
  });
});

describe('signing in and out', () => {
  test('with the password of the account', async () => {
    const { email } = await browser().signUp();
    const b = browser();
    expect((await b.signIn(email.toUpperCase())).status).toBe(200);
    expect(await b.signedIn()).toBe(true);
  });

  test('a wrong password and an unknown e-mail get the same answer', async () => {
    const { email } = await browser().signUp();
    const wrong = await browser().signIn(email, 'not the password');
    const unknown = await browser().signIn('nobody@example.com', 'not the password');
    const same = ({ status, body }: typeof wrong) => ({ status, body: { ...body, requestId: '' } });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'auth.WRONG' } });
    expect(same(unknown)).toEqual(same(wrong));
  });

  test('signing out ends the session at once, for its Bearer token too', async () => {
    const b = browser();
    const { token } = await b.signUp();
    const bearer = () => browser().get('/auth/sessions', { headers: { authorization: `Bearer ${token}` } });
    expect((await bearer()).status).toBe(200);
    expect((await b.post('/auth/sign-out')).status).toBe(204);
    expect((await bearer()).status).toBe(401);
    expect(b.cookies.has('__Host-um')).toBe(false);
    expect(b.cookies.has('um_device')).toBe(true);
  });

  test('signing out without a session clears what is left', async () => {
    const b = browser();
    b.cookies.set('__Host-um', 'x'.repeat(43));
    expect((await b.post('/auth/sign-out')).status).toBe(204);
    expect(b.cookies.has('__Host-um')).toBe(false);
  });

  test('a browser has one person at a time: signing in ends the session before', async () => {
    const b = browser();
    const first = await b.signUp();
    const { email } = await browser().signUp();
    expect((await b.signIn(email)).status).toBe(200);
    expect(
      (await browser().get('/auth/sessions', { headers: { authorization: `Bearer ${first.token}` } })).status,
    ).toBe(401);
  });

  test('a write by cookie needs the CSRF token; a Bearer token needs none', async () => {
    const b = browser();
    const { token } = await b.signUp();
    expect(await b.post('/auth/sign-out-everywhere', {}, { csrf: false })).toMatchObject({
      status: 403,
      body: { code: 'http.CSRF' },
    });
    expect(
      await b.post('/auth/sign-out-everywhere', {}, { csrf: false, headers: { 'x-csrf-token': 'x'.repeat(43) } }),
    ).toMatchObject({ status: 403 });
    expect(await b.signedIn()).toBe(true);
    expect(
      (await browser().post('/auth/sign-out-everywhere', {}, { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(204);
    expect(await b.signedIn()).toBe(false);
  });
});

describe('too many tries', () => {
  test('lock the account for this place alone, and the lock outlives a success elsewhere', async () => {
    const { email } = await browser().signUp();
    const thief = browser('203.0.113.5');
    for (let i = 0; i < 5; i++) expect((await thief.signIn(email, 'wrong password')).status).toBe(401);
    const locked = await thief.signIn(email);
    expect(locked).toMatchObject({ status: 429, body: { code: 'auth.LOCKED' } });
    expect(Number(locked.headers['retry-after'])).toBe(30);
    expect((await browser('198.51.100.200').signIn(email)).status).toBe(200);
    expect((await thief.signIn(email)).status).toBe(429);
  });

  test('let go after the pause, and a success forgets them', async () => {
    const { email } = await browser().signUp();
    const b = browser('203.0.113.6');
    for (let i = 0; i < 5; i++) await b.signIn(email, 'wrong password');
    p.clock.advance(30_000);
    expect((await b.signIn(email)).status).toBe(200);
    for (let i = 0; i < 4; i++) expect((await b.signIn(email, 'wrong password')).status).toBe(401);
    expect((await b.signIn(email)).status).toBe(200);
  });

  test('double the pause', async () => {
    const { email } = await browser().signUp();
    const b = browser('203.0.113.7');
    for (let i = 0; i < 5; i++) await b.signIn(email, 'wrong password');
    p.clock.advance(30_000);
    expect((await b.signIn(email, 'wrong password')).status).toBe(401);
    expect((await b.signIn(email)).headers['retry-after']).toBe('60');
  });

  test('are counted for unknown e-mails in the same way', async () => {
    const b = browser('203.0.113.8');
    for (let i = 0; i < 5; i++) expect((await b.signIn('ghost@example.com', 'wrong password')).status).toBe(401);
    expect((await b.signIn('ghost@example.com', 'wrong password')).status).toBe(429);
  });

  test('gain nothing by coming all at once', async () => {
    const { email } = await browser().signUp();
    const b = browser('203.0.113.9');
    const got = await Promise.all(Array.from({ length: 20 }, () => b.signIn(email, 'wrong password')));
    expect(got.filter((g) => g.status === 401)).toHaveLength(5);
    expect(got.filter((g) => g.status === 429)).toHaveLength(15);
  });

  test('to prove presence count too: a child at the parent’s open browser does not guess long', async () => {
    const b = browser('203.0.113.10');
    await b.signUp();
    for (let i = 0; i < 5; i++) expect((await b.post('/auth/step-up', { password: 'guess' })).status).toBe(401);
    expect((await b.post('/auth/step-up', { password: PASSWORD })).status).toBe(429);
  });
});
