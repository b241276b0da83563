import { anAdmin, Browser } from '@um/auth/testing';
import { config, type Setting } from '@um/config';
import { systemCtx } from '@um/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPlatform } from '@um/server/testing';

let p: Awaited<ReturnType<typeof testPlatform>>;
let admin: Browser;

beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'config', 'auth'] });
  ({ admin } = await anAdmin(p));
});
afterAll(async () => {
  await p.stop();
  expect(p.bugs).toEqual([]);
});

const ctx = () => systemCtx(p.clock.now());
const known = async (key: string): Promise<Setting> =>
  (await p.wire.client(config).settings(ctx(), {})).find((s) => s.key === key)!;
const set = (body: object) => admin.patch<Setting>('/admin/settings', body);

describe('settings', () => {
  test('are for admins', async () => {
    const other = new Browser(p.fastify);
    expect((await other.get('/admin/settings')).status).toBe(401);
    await other.signUp();
    expect((await other.get('/admin/settings')).status).toBe(403);
    expect((await other.patch('/admin/settings', { key: 'shop.name', value: 'Mine', version: 0 })).status).toBe(403);
  });

  test('have their defaults at first', async () => {
    const { body } = await admin.get<Setting[]>('/admin/settings');
    expect(body.find((s) => s.key === 'shop.name')).toEqual({
      key: 'shop.name',
      value: 'UltraMarket',
      version: 0,
      changedAt: null,
    });
  });

  test('are changed at once for everybody', async () => {
    expect((await known('approvals.ttlHours')).value).toBe(48);
    expect(await set({ key: 'approvals.ttlHours', value: 24, version: 0 })).toMatchObject({
      status: 200,
      body: { value: 24, version: 1 },
    });
    expect(await known('approvals.ttlHours')).toMatchObject({ value: 24, version: 1 });
  });

  test('are not overwritten by somebody who saw an older value', async () => {
    await set({ key: 'delivery.flatTiyin', value: 1, version: 0 });
    for (const version of [0, 2])
      expect(await set({ key: 'delivery.flatTiyin', value: 9, version })).toMatchObject({
        status: 409,
        body: { code: 'config.STALE' },
      });
    expect(await set({ key: 'delivery.flatTiyin', value: 2, version: 1 })).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    expect((await known('delivery.flatTiyin')).value).toBe(2);
  });

  test('take one of several changes that come at once', async () => {
    const { version } = await known('delivery.freeFromTiyin');
    const got = await Promise.all([1, 2, 3, 4].map((value) => set({ key: 'delivery.freeFromTiyin', value, version })));
    expect(got.map((g) => g.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
  });

  test('refuse what does not fit', async () => {
    expect(await set({ key: 'orders.pendingMinutes', value: 'soon', version: 0 })).toMatchObject({
      status: 400,
      body: { code: 'config.BAD_VALUE' },
    });
    expect(await set({ key: 'orders.pendingMinutes', version: 0 })).toMatchObject({
      status: 400,
      body: { code: 'http.INVALID' },
    });
    expect(await set({ key: 'no.such', value: 1, version: 0 })).toMatchObject({
      status: 400,
      body: { code: 'http.INVALID' },
    });
  });

  test('keep every value they had, and who gave it', async () => {
    await set({ key: 'shop.name', value: 'Bozor', version: 0 });
    await set({ key: 'shop.name', value: 'Bozorcha', version: 1 });
    const { body } = await admin.get<{ value: string; version: number; changedBy: string }[]>(
      '/admin/settings/shop.name/history',
    );
    expect(body.map((v) => [v.version, v.value])).toEqual([
      [2, 'Bozorcha'],
      [1, 'Bozor'],
    ]);
    expect(body[0]!.changedBy).not.toBeNull();
    await p.settle();
    const log = await admin.get<{ items: { detail: object }[] }>('/admin/audit?subject=setting:shop.name');
    expect(log.body.items.map((i) => i.detail)).toEqual([
      { version: 2, value: '"Bozorcha"' },
      { version: 1, value: '"Bozor"' },
    ]);
  });

  test('changed behind our back are seen within half a minute', async () => {
    await known('orders.pendingMinutes');
    await p.rows(
      'config',
      `insert into setting (key, value, version, changed_at) values ('orders.pendingMinutes', '60', 1, now())`,
    );
    expect((await known('orders.pendingMinutes')).value).toBe(30);
    p.clock.advance(30_000);
    expect((await known('orders.pendingMinutes')).value).toBe(60);
  });
});
