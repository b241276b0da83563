import 'reflect-metadata';
import { Controller, Get, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { RealRedis, redisInstalled } from '../cache/real-redis.factory.js';
import { ProblemFilter } from '../http/problem.js';
import { byActor, byNetworkAnd, Limit, limitRequests } from './limit.guard.js';
import { limitHeaders, Limits, type LimitsOptions } from './limits.js';
import { networkOf } from './network.js';
import { limitPolicies, limitPolicy } from './policy.js';

const guesses = limitPolicy('guesses', 3, 60, { onOutage: 'refuse' });
const writes = limitPolicy('writes', 3, 60);

async function take(limits: Limits, policy = guesses, key = 'k', times = 1): Promise<boolean[]> {
  const answers: boolean[] = [];
  for (let i = 0; i < times; i++) answers.push((await limits.take(policy, key)).allowed);
  return answers;
}

describe('in the memory of a process', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  test('so many are let through in the time, for each key and policy', async () => {
    const limits = new Limits();
    expect(await take(limits, guesses, 'a', 4)).toEqual([true, true, true, false]);
    expect(await take(limits, guesses, 'b')).toEqual([true]);
    expect(await take(limits, writes, 'a')).toEqual([true]);
  });

  test('the count begins anew when the time is over', async () => {
    const limits = new Limits();
    await take(limits, guesses, 'k', 4);
    vi.advanceTimersByTime(59_000);
    expect(await take(limits)).toEqual([false]);
    vi.advanceTimersByTime(1_001);
    expect(await take(limits)).toEqual([true]);
  });

  test('the count of somebody who proved himself is forgotten', async () => {
    const limits = new Limits();
    await take(limits, guesses, 'k', 4);
    await limits.forget(guesses, 'k');
    expect(await take(limits)).toEqual([true]);
  });

  test('something dear may cost several at once', async () => {
    const limits = new Limits();
    expect((await limits.take(guesses, 'k', 2)).remaining).toBe(1);
    expect((await limits.take(guesses, 'k', 2)).allowed).toBe(false);
  });

  test('everything is let through when limits are off', async () => {
    const limits = new Limits({ enabled: false });
    expect(await take(limits, guesses, 'k', 5)).toEqual([true, true, true, true, true]);
  });

  test('a refusal is told to the figures and raised as a coded error', async () => {
    const refused: string[] = [];
    const limits = new Limits({ onRefused: (policy) => refused.push(policy) });
    await take(limits, guesses, 'k', 3);
    await expect(limits.require(guesses, 'k')).rejects.toMatchObject({
      code: 'limits.TOO_MANY',
      status: 429,
      details: { retryAfter: 60 },
    });
    expect(refused).toEqual(['guesses']);
  });

  test('headers say what is left and until when', async () => {
    const limits = new Limits();
    const first = await limits.take(guesses, 'k');
    vi.advanceTimersByTime(20_000);
    await take(limits, guesses, 'k', 2);
    const last = await limits.take(guesses, 'k');
    expect(limitHeaders(guesses, first)).toEqual({
      'ratelimit-policy': '"guesses";q=3;w=60',
      ratelimit: '"guesses";r=2;t=60',
    });
    expect(limitHeaders(guesses, last)).toEqual({
      'ratelimit-policy': '"guesses";q=3;w=60',
      ratelimit: '"guesses";r=0;t=40',
      'retry-after': '40',
    });
  });
});

test.each(['Sign-In', 'a b', '', '"'])('%j is no name of a policy', (name) => {
  expect(() => limitPolicy(name, 1, 1)).toThrow('is no name');
});

test('what guards a secret is refused, what guards the machine is counted, when Redis is away', () => {
  const refusing = Object.values(limitPolicies).filter((policy) => policy.onOutage === 'refuse');
  expect(refusing.map((policy) => policy.name).toSorted()).toEqual([
    'message',
    'otp',
    'pin',
    'sign-in',
    'sign-in-network',
  ]);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002'],
  ['2001:DB8:1:2::9', '2001:0db8:0001:0002'],
  ['2001:db8:1::9', '2001:0db8:0001:0000'],
  ['::1', '0000:0000:0000:0000'],
  ['fe80::1%eth0', 'fe80:0000:0000:0000'],
])('%s is counted as %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

describe.skipIf(!redisInstalled)('in Redis', () => {
  let redis: RealRedis;
  const opened: Limits[] = [];
  const open = (options: LimitsOptions = {}): Limits => {
    const limits = new Limits({ redisUrl: redis.url, ...options });
    opened.push(limits);
    return limits;
  };
  /** Waits until the connection stands, without touching the keys of the test. */
  const ready = (limits: Limits) =>
    vi.waitFor(async () => expect(await limits.take(guesses, 'ready?', 0)).toMatchObject({ outage: false }), {
      timeout: 8_000,
      interval: 100,
    });

  beforeAll(async () => {
    redis = await RealRedis.started();
  });
  afterEach(() => {
    for (const limits of opened.splice(0)) limits.close();
  });
  afterAll(() => redis.end());

  test('processes count together', async () => {
    const [a, b] = [open(), open()];
    await Promise.all([ready(a), ready(b)]);
    expect([...(await take(a, guesses, 'shared', 2)), ...(await take(b, guesses, 'shared', 2))]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await b.forget(guesses, 'shared');
    expect(await take(a, guesses, 'shared')).toEqual([true]);
  });

  test('no key lies there in clear', async () => {
    const limits = open();
    await ready(limits);
    await take(limits, guesses, 'aziza@mail.uz');
    const keys = (await redis.ask('keys', '*')) as string[];
    expect(keys.some((key) => key.startsWith('um:limit:guesses:'))).toBe(true);
    expect(keys.join()).not.toContain('aziza');
  });

  test('what is counted in the process is not sent there', async () => {
    const limits = open();
    await ready(limits);
    await take(limits, limitPolicies.read, 'reader');
    expect(await redis.ask('keys', 'um:limit:read:*')).toEqual([]);
  });

  test('Redis killed: secrets stay guarded, the rest is counted in memory, nobody waits; back again: all is as before', async () => {
    const errors: unknown[] = [];
    const limits = open({ onError: (error) => errors.push(error) });
    await ready(limits);
    await redis.kill();
    const started = performance.now();
    expect(await limits.take(guesses, 'down')).toEqual({ allowed: false, outage: true, remaining: 0, resetSeconds: 5 });
    await expect(limits.require(guesses, 'down')).rejects.toMatchObject({
      code: 'limits.UNAVAILABLE',
      status: 503,
      details: { retryAfter: 5 },
    });
    expect(await take(limits, writes, 'down', 4)).toEqual([true, true, true, false]);
    for (let i = 0; i < 20; i++) await take(limits, writes, `w${i}`);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(errors.length).toBeGreaterThan(0);
    await redis.start();
    await ready(limits);
    expect(await take(limits, guesses, 'up again')).toEqual([true]);
  });
});

describe('over HTTP', () => {
  const one = limitPolicy('one', 1, 60);
  const two = limitPolicy('two', 2, 60);

  @Controller('api/things')
  class Things {
    @Get()
    list(): string {
      return 'things';
    }
    @Post('mine')
    @Limit([two, byActor])
    mine(): string {
      return 'mine';
    }
    @Post('guess')
    @Limit([one, byNetworkAnd('email')])
    guess(): string {
      return 'wrong';
    }
  }

  let app: NestFastifyApplication;
  let limits: Limits;

  beforeEach(async () => {
    limits = new Limits();
    const module = { module: class Root {}, controllers: [Things], providers: [{ provide: Limits, useValue: limits }] };
    app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter({ trustProxy: true }), {
      logger: false,
      abortOnError: false,
    });
    app.useGlobalFilters(new ProblemFilter(() => undefined));
    limitRequests(app.getHttpAdapter().getInstance() as unknown as FastifyInstance, limits, () => undefined);
    await app.init();
    return () => app.close();
  });

  const post = (url: string, payload: object = {}, ip = '203.0.113.7') =>
    app.inject({ method: 'POST', url, payload, headers: { 'x-forwarded-for': ip } });

  test('pages are held to a policy of their own, and whoever asks too fast is told so on a page', async () => {
    const get = (url: string, ip = '203.0.113.7') =>
      app.inject({ url, headers: { 'x-forwarded-for': ip, 'accept-language': 'en' } });
    for (let n = 0; n < limitPolicies.page.points; n += 1) expect((await get('/p/boat')).statusCode).toBe(404);
    const refused = await get('/ru/p/boat?x=1');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'retry-after': '60',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    });
    expect(refused.body).toContain('lang="ru"');
    expect(refused.body).toContain('Слишком много запросов');
    expect((await get('/uz-Cyrl')).body).toContain('Жуда кўп сўров');
    expect((await get('/')).body).toContain('Too many requests');
    for (const page of ['/c/toys.blocks', '/ru/c/toys.blocks?sort=new', '/1.js', '/p/boat.png'])
      expect((await get(page)).statusCode).toBe(429);
    for (const free of ['/assets/app-1.js', '/admin/assets/app-1.js', '/health/live', '/api/things'])
      expect((await get(free)).statusCode).not.toBe(429);
    expect((await get('/', '203.0.114.9')).statusCode).toBe(404);
  });

  test('a route is held to its policy, and says so', async () => {
    expect((await post('/api/things/mine')).headers).toMatchObject({
      'ratelimit-policy': '"two";q=2;w=60',
      ratelimit: '"two";r=1;t=60',
    });
    await post('/api/things/mine');
    const refused = await post('/api/things/mine');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({ ratelimit: '"two";r=0;t=60', 'retry-after': '60' });
    expect(refused.json()).toMatchObject({ code: 'limits.TOO_MANY', details: { retryAfter: 60 } });
  });

  test('guesses are counted by account and network', async () => {
    const guess = async (email: unknown, ip?: string) => (await post('/api/things/guess', { email }, ip)).statusCode;
    expect([
      await guess('a@b.uz'),
      await guess('A@b.uz'),
      await guess('c@b.uz'),
      await guess('a@b.uz', '203.0.113.8'),
    ]).toEqual([201, 429, 201, 201]);
    expect([await guess({ odd: 1 }), await guess(undefined)]).toEqual([201, 201]);
  });

  test('everything below /api/ is held to the general policies', async () => {
    const read = await app.inject('/api/things');
    expect(read.headers['ratelimit-policy']).toBe('"read";q=1200;w=60');
    await limits.take(limitPolicies.write, networkOf('203.0.113.9'), limitPolicies.write.points);
    expect((await post('/%61pi/things/guess', {}, '203.0.113.9')).statusCode).toBe(429);
    const refused = await post('/api/things/guess', {}, '203.0.113.9');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['ratelimit-policy']).toContain('"write"');
    expect(refused.headers['content-type']).toContain('application/problem+json');
    for (const free of ['/health/live', '/assets/app.js'])
      expect((await app.inject(free)).headers).not.toHaveProperty('ratelimit');
  });
});
