import { Cache, HotAnswers } from '@um/kernel';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { warming } from './warm.js';

let fastify: FastifyInstance;
let cache: Cache;
let asked: string[];
let failing: boolean;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  [asked, failing] = [[], false];
  cache = new Cache({ name: 'test', maxBytes: 1_000_000 });
  fastify = Fastify();
  fastify.get('/*', (request, reply) => {
    asked.push(`${request.host} ${request.headers['accept-language'] ?? '-'} ${request.url}`);
    if (failing && request.url === '/') return reply.status(503).send();
    const items = [
      { id: 'toys', parentId: null },
      { id: 'toys.blocks', parentId: 'toys' },
    ];
    return reply.send({ items });
  });
});
afterEach(async () => {
  vi.useRealTimers();
  cache.close();
  await fastify.close();
});

function aWarmup() {
  const hot = new HotAnswers(cache);
  const problems: string[] = [];
  const warmup = warming({
    fastify,
    hot,
    host: 'shop.example',
    pages: ['/', '/ru'],
    categoryPages: (category) => [`/c/${category}`],
    onError: (name, error) => problems.push(`${name}: ${(error as Error).message}`),
  });
  return { hot, warmup, problems };
}

test('first pages, pages of the root categories and the hottest answers are asked for at the start and every quarter of an hour', async () => {
  const { hot, warmup, problems } = aWarmup();
  await hot.once('ru /api/v1/products?q=a', { tags: [], ttl: 1 }, async () => ({
    body: Buffer.alloc(1),
    type: 'x',
    route: 'r',
  }));
  await warmup.start();
  const first = [
    'shop.example - /',
    'shop.example - /ru',
    'shop.example - /api/v1/categories',
    'shop.example - /c/toys',
  ];
  expect(asked.splice(0)).toEqual([...first, 'shop.example ru /api/v1/products?q=a']);
  await vi.advanceTimersByTimeAsync(15 * 60_000);
  await warmup.stop();
  expect([asked.slice(0, 4), problems]).toEqual([first, []]);
});

test('a page that fails is told and keeps nothing else cold', async () => {
  const { warmup, problems } = aWarmup();
  failing = true;
  await warmup.run();
  expect(problems).toEqual(['first pages: / was answered 503']);
  expect(asked).toContain('shop.example - /c/toys');
});
