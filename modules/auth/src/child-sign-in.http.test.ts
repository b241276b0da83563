import { newId, systemCtx } from '@um/kernel';
import { testPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aFamily, accountsOf, Browser, PASSWORD } from './auth.factory.js';

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

describe('a child', () => {
  test('is offered and let in on a device of its family, and the adult is signed out there', async () => {
    const { parent, childId, familyId, pin } = await aFamily(p);
    expect((await parent.get('/auth/child/profiles')).body).toEqual([
      { id: childId, nickname: 'Temur', avatar: 'fox' },
    ]);
    const before = parent.cookies.get('__Host-um')!;
    const got = await parent.childSignIn(childId, pin);
    expect(got).toMatchObject({ status: 200, body: { account: { id: childId, name: 'Temur', roles: ['child'] } } });
    expect(await accountsOf(p).identify(ctx(), { token: got.body.token })).toEqual({
      actor: childId,
      roles: ['child'],
      child: { id: childId, familyId },
      family: familyId,
      session: expect.any(String) as string,
    });
    expect(await accountsOf(p).identify(ctx(), { token: before })).toBeNull();
  });

  test('is let in for twelve hours', async () => {
    const { parent, childId, pin } = await aFamily(p);
    const { body } = await parent.childSignIn(childId, pin);
    expect(body.expiresAt).toBe(new Date(p.clock.now().getTime() + 12 * 3_600_000).toISOString());
    p.clock.advance(11 * 3_600_000);
    expect(await parent.signedIn()).toBe(true);
    p.clock.advance(3_600_000);
    expect(await parent.signedIn()).toBe(false);
  });

  test('cannot prove presence', async () => {
    const { parent, childId, pin } = await aFamily(p);
    await parent.childSignIn(childId, pin);
    expect(await parent.post('/auth/step-up', { password: PASSWORD })).toMatchObject({
      status: 403,
      body: { code: 'http.FORBIDDEN' },
    });
  });

  test('is not let in on a strange device, nor on one with a made-up cookie', async () => {
    const { childId, pin } = await aFamily(p);
    const stranger = browser();
    expect((await stranger.get('/auth/child/profiles')).body).toEqual([]);
    expect(await stranger.childSignIn(childId, pin)).toMatchObject({
      status: 403,
      body: { code: 'auth.DEVICE_UNKNOWN' },
    });
    stranger.cookies.set('um_device', `${newId()}.${'x'.repeat(43)}`);
    expect((await stranger.childSignIn(childId, pin)).status).toBe(403);
  });

  test('is not let in on the device of another family', async () => {
    const [here, there] = [await aFamily(p), await aFamily(p)];
    expect(await there.parent.childSignIn(here.childId, here.pin)).toMatchObject({
      status: 403,
      body: { code: 'auth.DEVICE_UNKNOWN' },
    });
  });

  test('an adult’s account is no child’s profile', async () => {
    const { parent, account } = await aFamily(p);
    expect((await parent.childSignIn(account.id, '1234')).status).toBe(403);
  });

  test('finds its family on a device where a parent signs in later', async () => {
    const { email, childId, pin } = await aFamily(p);
    const tablet = browser();
    await tablet.signIn(email);
    await tablet.post('/auth/sign-out');
    expect((await tablet.childSignIn(childId, pin)).status).toBe(200);
  });

  test('whose PIN was guessed wrong five times waits on this device, and nowhere else', async () => {
    const { parent, email, childId, pin } = await aFamily(p);
    const tablet = browser();
    await tablet.signIn(email);
    for (let i = 0; i < 5; i++)
      expect(await parent.childSignIn(childId, '0000')).toMatchObject({
        status: 401,
        body: { code: 'auth.WRONG_PIN' },
      });
    const locked = await parent.childSignIn(childId, pin);
    expect(locked).toMatchObject({ status: 429, body: { code: 'auth.LOCKED' } });
    expect(locked.headers['retry-after']).toBe('60');
    expect((await tablet.childSignIn(childId, pin)).status).toBe(200);
    p.clock.advance(60_000);
    expect((await parent.childSignIn(childId, pin)).status).toBe(200);
  });

  test('with a new PIN is signed out, and the old one is void', async () => {
    const { parent, childId, pin } = await aFamily(p);
    await parent.childSignIn(childId, pin);
    await accountsOf(p).setChildPin(ctx(), { childId, pin: '735912' });
    expect(await parent.signedIn()).toBe(false);
    expect((await parent.childSignIn(childId, pin)).status).toBe(401);
    expect((await parent.childSignIn(childId, '735912')).status).toBe(200);
  });
});
