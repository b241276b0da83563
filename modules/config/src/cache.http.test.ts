import { anAdmin, Browser } from '@um/auth/testing';
import type { CacheKeys, CacheState } from '@um/config';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const services = ['audit', 'config', 'auth'];
const keep = (...tags: string[]) => ({ ttl: 60_000, tags });
const value = () => Promise.resolve('v');

let p: TestPlatform;
let other: TestPlatform;
let admin: Browser;
let adminId: string;

beforeAll(async () => {
  p = await testPlatform({ services, cache: {} });
  other = await testPlatform({ services, cache: {}, beside: p });
  await vi.waitFor(() => expect([p, other].map(({ cache }) => cache.stats().bus)).toEqual(['up', 'up']));
  ({ admin, id: adminId } = await anAdmin(p));
});
afterAll(async () => {
  await other.stop();
  await p.stop();
});

const keysOf = async (tag: string): Promise<CacheKeys> =>
  (await admin.get<CacheKeys>(`/admin/cache/keys?tag=${encodeURIComponent(tag)}`)).body;
const purge = (body: object) =>
  admin.post<{ told?: boolean; code?: string }>('/admin/cache/purge', { reason: 'a test', ...body });
const purges = () =>
  p.rows('audit', `select actor, detail from entry where action = 'config.cache-purged' order by seq`);

test('the caches are for admins', async () => {
  const guest = new Browser(p.fastify);
  const person = new Browser(p.fastify);
  await person.signUp();
  for (const [who, status] of [
    [guest, 401],
    [person, 403],
  ] as const) {
    expect((await who.get('/admin/cache')).status).toBe(status);
    expect((await who.get('/admin/cache/keys?tag=catalog')).status).toBe(status);
    expect((await who.post('/admin/cache/purge', { everything: true, reason: 'mine' })).status).toBe(
      status === 401 ? 401 : 403,
    );
  }
});

test('every process tells what its cache did and holds', async () => {
  const lists = other.cache.area('lists');
  await lists.getOrSet('a', keep('catalog'), value);
  await lists.getOrSet('a', keep('catalog'), value);
  const { body } = await admin.get<CacheState>('/admin/cache');
  expect(body.alone).toBe(false);
  expect(body.processes).toHaveLength(2);
  expect(new Set(body.processes.map(({ process }) => process)).size).toBe(2);
  const told = body.processes.find(({ areas }) => areas.some(({ name }) => name === 'lists'))!;
  expect(told).toMatchObject({ services, pid: process.pid, entries: 1, redis: 'off', bus: 'up', owed: 0 });
  expect(told.areas).toEqual([
    { name: 'lists', hits: { memory: 1, redis: 0 }, misses: 1, stale: 0, evicted: 0, entries: 1, bytes: told.bytes },
  ]);
  expect(told.tags).toEqual([{ tag: 'catalog', entries: 1 }]);
});

test('what is kept under a tag is told with the number of processes that hold it; of very many keys as many as fit', async () => {
  for (const { cache } of [p, other]) await cache.area('lists').getOrSet('both', keep('shelf'), value);
  await p.cache.area('lists').getOrSet('one', keep('shelf'), value);
  expect(await keysOf('shelf')).toEqual({
    items: [
      { key: 'lists:both', processes: 2 },
      { key: 'lists:one', processes: 1 },
    ],
    found: 3,
  });
  expect(await keysOf('nothing')).toEqual({ items: [], found: 0 });
  for (let n = 0; n < 500; n += 1) await other.cache.area('lists').getOrSet(`многое ${n}`, keep('much'), value);
  const much = await keysOf('much');
  expect(much.found).toBe(500);
  expect(much.items.length).toBeGreaterThan(50);
  expect(much.items.length).toBeLessThan(500);
});

describe('an admin throws away', () => {
  test('what is under a tag or a key, in every process, and it is written down with the reason', async () => {
    const fill = async () => {
      for (const { cache } of [p, other])
        for (const [key, tag] of [
          ['a', 'x'],
          ['b', 'y'],
          ['c', 'z'],
        ] as const)
          await cache.area('lists').getOrSet(key, keep(tag), value);
    };
    const left = async (tag: string) => (await keysOf(tag)).found;
    await fill();
    expect(await purge({ tags: ['x'], keys: ['lists:b'], reason: 'an old price' })).toMatchObject({
      status: 200,
      body: { told: true },
    });
    await vi.waitFor(async () => expect([await left('x'), await left('y'), await left('z')]).toEqual([0, 0, 2]));
    await p.settle();
    expect((await purges()).at(-1)).toEqual({
      actor: adminId,
      detail: { reason: 'an old price', everything: false, tags: 'x', keys: 'lists:b', names: 2 },
    });
  });

  test('everything', async () => {
    for (const { cache } of [p, other]) await cache.area('lists').getOrSet('k', keep(), value);
    expect((await purge({ everything: true })).body).toEqual({ told: true });
    await vi.waitFor(() => expect([p, other].map(({ cache }) => cache.stats().entries)).toEqual([0, 0]));
  });

  test('not nothing, and not without a reason', async () => {
    expect(await purge({})).toMatchObject({ status: 400, body: { code: 'config.NOTHING_TO_PURGE' } });
    expect((await purge({ everything: true, reason: ' ' })).status).toBe(400);
  });
});
