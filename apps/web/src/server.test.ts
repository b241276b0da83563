import { Cache } from '@um/kernel';
import Fastify, { type FastifyInstance } from 'fastify';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { registerWeb } from './server.js';

let built: string;
let app: FastifyInstance;

const renderer = `
let count = 0;
export const isShared = (url) => url.startsWith('/shared');
export async function render({ url, signedIn, api }) {
  count += 1;
  const { body } = await api('/api/v1/who');
  if (url.startsWith('/moved')) return { status: 302, html: '', headers: { location: '/shared' } };
  return { status: 200, html: '<p>' + url + ' ' + signedIn + ' ' + body.who + ' ' + count + '</p>' + ' '.repeat(2000), headers: {} };
}`;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'um-web-'));
  await Promise.all(
    ['client/.vite', 'client/assets', 'ssr'].map((folder) => mkdir(join(built, folder), { recursive: true })),
  );
  const manifest = {
    'src/entry-client.tsx': {
      file: 'assets/client.js',
      css: ['assets/a.css'],
      assets: [
        'assets/onest-latin-wght-1.woff2',
        'assets/onest-cyrillic-wght-1.woff2',
        'assets/onest-cyrillic-ext-wght-1.woff2',
      ],
    },
  };
  const files: Record<string, string> = {
    'client/.vite/manifest.json': JSON.stringify(manifest),
    'client/assets/client.js': 'script',
    'client/assets/client.js.br': 'BR',
    'client/assets/client.js.gz': 'GZ',
    'client/sw.js': 'worker',
    'client/robots.txt': 'User-agent: *',
    'ssr/entry-server.js': renderer,
    'ssr/package.json': '{"type":"module"}',
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(built, name), text)));
});
afterAll(() => rm(built, { recursive: true }));

beforeEach(async () => {
  app = Fastify();
  app.get('/api/v1/who', (request) => ({ who: request.headers.cookie ?? 'nobody' }));
  const cache = new Cache({ name: 'test', maxBytes: 1_000_000 });
  await registerWeb(app, { built, cache, tags: ['catalog'], onBug: () => undefined });
});

test('a guest’s shared page is made once, without the guest’s cookies, and may be kept by anybody', async () => {
  const first = await app.inject({ url: '/shared', headers: { cookie: 'um_guest=secret' } });
  const second = await app.inject({ url: '/shared' });
  expect(first.body).toContain('/shared false nobody');
  expect(second.body).toBe(first.body);
  expect(first.headers).toMatchObject({ 'cache-control': 'public, max-age=0, must-revalidate', 'x-um-shared': '1' });
  expect(
    (await app.inject({ url: '/shared', headers: { 'if-none-match': first.headers.etag as string } })).statusCode,
  ).toBe(304);
});

test('with a session the same address is made anew for its person and kept by nobody', async () => {
  await app.inject({ url: '/shared' });
  const answer = await app.inject({ url: '/shared', headers: { cookie: 'a=b; um_session=token' } });
  expect(answer.body).toContain('/shared true a=b; um_session=token');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['x-um-shared']).toBeUndefined();
});

test('a guest’s own page is kept by nobody either', async () => {
  const answer = await app.inject({ url: '/cart', headers: { cookie: 'um_guest=mine' } });
  expect(answer.body).toContain('um_guest=mine');
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('pages let only our own scripts run', async () => {
  const policy = String((await app.inject({ url: '/cart' })).headers['content-security-policy']);
  expect(policy).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/]+=*'/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
});

test('files are sent compressed as the browser likes, and for ever when their name holds their content', async () => {
  const get = (accept: string) => app.inject({ url: '/assets/client.js', headers: { 'accept-encoding': accept } });
  expect(await get('gzip, br')).toMatchObject({
    body: 'BR',
    headers: { 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' },
  });
  expect(await get('gzip')).toMatchObject({ body: 'GZ', headers: { 'content-encoding': 'gzip' } });
  expect((await get('identity')).body).toBe('script');
  expect((await app.inject({ url: '/sw.js' })).headers['cache-control']).toBe('no-cache');
});

test.each(['/api/v1/unknown', '/admin/x', '/assets/old-1.js', '/health/x'])('%s is no page', async (url) => {
  expect((await app.inject({ url })).statusCode).toBe(404);
});

test('a redirect of the pages is one of the server', async () => {
  const answer = await app.inject({ url: '/moved' });
  expect([answer.statusCode, answer.headers['location']]).toEqual([302, '/shared']);
});
