import { expect, test } from 'vitest';
import { SessionCache } from './session.cache.js';
import type { LiveSession } from './session.rules.js';

const start = new Date('2026-03-01T08:00:00Z');
const at = (ms: number): Date => new Date(start.getTime() + ms);
const session = (account: string, expires = 3_600_000): LiveSession => ({
  id: `${account}-s`,
  account_id: account,
  device_id: 'd',
  created_at: start,
  last_seen_at: start,
  expires_at: at(expires),
  stepped_up_at: null,
  roles: ['parent'],
  family_id: null,
});

test('a session is believed for a quarter of a minute', () => {
  const cache = new SessionCache();
  cache.put('k', session('a'), start, cache.generation);
  expect(cache.get('k', at(14_999))).toBeDefined();
  expect(cache.get('k', at(15_000))).toBeUndefined();
});

test('a session that ends is not believed beyond its end', () => {
  const cache = new SessionCache();
  cache.put('k', session('a', 1_000), start, cache.generation);
  expect(cache.get('k', at(1_000))).toBeUndefined();
});

test('forgetting an account leaves the others', () => {
  const cache = new SessionCache();
  for (const key of ['k1', 'k2']) cache.put(key, session('a'), start, cache.generation);
  cache.put('k3', session('b'), start, cache.generation);
  cache.put('k1', session('a'), at(1), cache.generation);
  cache.forgetAccount('a');
  expect([cache.get('k1', start), cache.get('k2', start)]).toEqual([undefined, undefined]);
  expect(cache.get('k3', start)).toBeDefined();
});

test('what was read before a change is not kept after it', () => {
  const cache = new SessionCache();
  const { generation } = cache;
  cache.forgetAccount('a');
  cache.put('k', session('a'), start, generation);
  expect(cache.get('k', start)).toBeUndefined();
});
