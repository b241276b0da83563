import cookie from '@fastify/cookie';
import { Cache, HotAnswers } from '@um/kernel';
import Fastify, { type FastifyInstance } from 'fastify';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addForwarding } from './forward.js';

const MINUTE = 60_000;
const hot = { tags: ['catalog'], item: { tag: 'thing', param: 'id' }, ttl: MINUTE };

/** The owner of the routes in a process of its own: it tells what it was sent. */
let owner: Server;
let asked: { url: string; headers: NodeJS.Dict<string | string[]> }[];
let status: number;
let cache: Cache;
let edge: FastifyInstance;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  asked = [];
  status = 200;
  owner = createServer((request, reply) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ n: asked.length }));
  });
  await new Promise<void>((done) => owner.listen(0, '127.0.0.1', done));
  cache = new Cache({ name: 'test', maxBytes: 1_000_000, jitter: 0 });
  edge = Fastify();
  await edge.register(cookie);
  await addForwarding(edge, {
    routes: [
      { method: 'GET', path: '/api/v1/things/:id', context: 'thing', hot },
      { method: 'GET', path: '/api/v1/mine', context: 'thing', hot: undefined },
    ],
    peers: { thing: `http://127.0.0.1:${(owner.address() as AddressInfo).port}` },
    timeoutMs: 1_000,
    answers: new HotAnswers(cache),
    onBug: () => undefined,
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await edge.close();
  cache.close();
  await die();
});

/** The owner is killed: its connections break. */
function die(): Promise<void> {
  owner.closeAllConnections();
  return new Promise((done) => owner.close(() => done()));
}
async function get(url: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await edge.inject({ url, headers });
  return `${answer.statusCode} ${answer.body}`;
}

test('a guest’s answer is kept, without what is the guest’s own, until a fact about it', async () => {
  const headers = { cookie: 'um_guest=mine', 'x-cart-token': 'mine', 'if-none-match': '"x"', 'accept-language': 'ru' };
  expect([await get('/api/v1/things/a', headers), await get('/api/v1/things/a', headers)]).toEqual([
    '200 {"n":1}',
    '200 {"n":1}',
  ]);
  expect(asked[0]!.headers).toMatchObject({ 'accept-language': 'ru' });
  for (const own of ['cookie', 'x-cart-token', 'if-none-match']) expect(asked[0]!.headers).not.toHaveProperty(own);
  await cache.invalidateTags(['thing:b']);
  expect(await get('/api/v1/things/a', headers)).toBe('200 {"n":1}');
  await cache.invalidateTags(['thing:a']);
  expect(await get('/api/v1/things/a', headers)).toBe('200 {"n":2}');
});

test('somebody’s own answers are never kept', async () => {
  const token = { authorization: 'Bearer token' };
  await get('/api/v1/things/a', token);
  await get('/api/v1/things/a', token);
  expect(asked.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token', 'Bearer token']);
  await get('/api/v1/mine');
  await get('/api/v1/mine');
  expect([asked.length, cache.stats().entries]).toEqual([4, 0]);
});

test('while the owner is down guests are given what was kept lately; people who are signed in are told the truth', async () => {
  await get('/api/v1/things/a');
  await die();
  vi.setSystemTime(Date.now() + 5 * MINUTE);
  expect(await get('/api/v1/things/a')).toBe('200 {"n":1}');
  expect(await get('/api/v1/things/a', { authorization: 'Bearer of-a-child' })).toMatch(/^503 .*wire\.UNAVAILABLE/);
  expect(await get('/api/v1/things/other')).toMatch(/^503 .*wire\.UNAVAILABLE/);
  vi.setSystemTime(Date.now() + 60 * MINUTE);
  expect(await get('/api/v1/things/a')).toMatch(/^503 .*wire\.UNAVAILABLE/);
});

test('a failing owner counts as down; what it refuses is passed on and takes the old answer away', async () => {
  await get('/api/v1/things/a');
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  status = 500;
  expect(await get('/api/v1/things/a')).toBe('200 {"n":1}');
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  status = 404;
  expect(await get('/api/v1/things/a')).toBe('404 {"n":3}');
  status = 500;
  expect(await get('/api/v1/things/a')).toBe('500 {"n":4}');
});
