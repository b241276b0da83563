import { fastify as makeServer, type FastifyInstance } from 'fastify';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerAdmin } from './server.js';

let server: FastifyInstance;
let built: string;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'um-admin-'));
  await mkdir(join(built, 'assets'));
  await writeFile(join(built, 'index.html'), '<html><head><!--theme--></head></html>');
  await writeFile(join(built, 'assets/app-1.js'), 'plain');
  await writeFile(join(built, 'assets/app-1.js.br'), 'brotli');
  server = makeServer();
  await registerAdmin(server, { built });
});
afterAll(async () => {
  await server.close();
  await rm(built, { recursive: true });
});

test.each(['/admin', '/admin/', '/admin/orders/1?state=new'])('%s is the one page, with its rules', async (url) => {
  const answer = await server.inject(url);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toContain('text/html');
  expect(answer.headers['cache-control']).toBe('no-cache');
  const hash = /'sha256-[^']+'/.exec(String(answer.headers['content-security-policy']));
  expect(hash).not.toBeNull();
  expect(answer.body).toContain('<script>try{');
});

test('hashed files are kept for good and come compressed', async () => {
  const plain = await server.inject('/admin/assets/app-1.js');
  expect(plain.body).toBe('plain');
  expect(plain.headers['cache-control']).toContain('immutable');
  const small = await server.inject({ url: '/admin/assets/app-1.js', headers: { 'accept-encoding': 'gzip, br' } });
  expect(small.headers['content-encoding']).toBe('br');
  expect(small.body).toBe('brotli');
  const etag = String(plain.headers.etag);
  const again = await server.inject({ url: '/admin/assets/app-1.js', headers: { 'if-none-match': etag } });
  expect(again.statusCode).toBe(304);
});

test('a file that is gone is not the page', async () => {
  expect((await server.inject('/admin/assets/old-2.js')).statusCode).toBe(404);
});
