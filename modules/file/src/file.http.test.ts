import { systemCtx } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILE_FOLDER, FILE_LIBRARY, file } from './contract.js';
import { makePicture } from './pictures.js';

let p: TestPlatform;
const dir = mkdtempSync(path.join(tmpdir(), 'um-file-'));
const picture = (color: string): Promise<Buffer> => sharp({ create: { width: 800, height: 600, channels: 3, background: color } }).png().toBuffer();

beforeAll(async () => {
  mkdirSync(path.join(dir, 'library', 'bear'), { recursive: true });
  writeFileSync(path.join(dir, 'library', 'manifest.json'), JSON.stringify({ bear: { width: 640, height: 640, dominantColor: '#ffcc00', variants: [{ name: '320.webp', width: 320, bytes: 3 }] } }));
  writeFileSync(path.join(dir, 'library', 'bear', '320.webp'), 'abc');
  p = await testPlatform({ services: ['file'], values: new Map([[FILE_LIBRARY, path.join(dir, 'library')], [FILE_FOLDER, path.join(dir, 'files')]]) });
});
afterAll(async () => {
  await p.stop();
  rmSync(dir, { recursive: true, force: true });
});

const register = (keys: string[]) => p.wire.client(file).fromLibrary(systemCtx(p.clock.now()), { keys });

test('a library picture is registered once and served for good', async () => {
  const [first, second] = await Promise.all([register(['bear', 'nobody']), register(['bear'])]);
  expect(first).toEqual(second);
  const url = `/api/v1/files/${first['bear']!}/320.webp`;
  const answer = await p.fastify.inject({ method: 'GET', url });
  expect([answer.statusCode, answer.body, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'abc', 'image/webp', 'public, max-age=31536000, immutable']);
  const again = await p.fastify.inject({ method: 'GET', url, headers: { 'if-none-match': String(answer.headers.etag) } });
  expect(again.statusCode).toBe(304);
});

test('an unknown file, size or path is not found', async () => {
  const { bear } = await register(['bear']);
  for (const url of [`/api/v1/files/${bear!}/999.webp`, '/api/v1/files/0190b4c2-0000-7000-8000-000000000000/320.webp']) {
    const answer = await p.fastify.inject({ method: 'GET', url });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, 'file.NOT_FOUND']);
  }
  expect((await p.fastify.inject({ method: 'GET', url: `/api/v1/files/${bear!}/..%2Fmanifest.json` })).statusCode).toBe(400);
});

test('a private file is not found by its address', async () => {
  const { bear } = await register(['bear']);
  await p.rows('file', "update file set visibility = 'private' where id = $1", [bear]);
  expect((await p.fastify.inject({ method: 'GET', url: `/api/v1/files/${bear!}/640.webp` })).statusCode).toBe(404);
  await p.rows('file', "update file set visibility = 'public' where id = $1", [bear]);
});

test('uploads need a seller', async () => {
  expect((await p.fastify.inject({ method: 'POST', url: '/api/v1/files' })).statusCode).toBe(401);
});

test('an uploaded picture is made anew in every size; what is none is refused', async () => {
  const made = await makePicture(await picture('#336699'));
  expect(made.variants.map((v) => v.name)).toEqual(['320.webp', '640.webp', '640.avif']);
  expect(made.color).toMatch(/^#[0-9a-f]{6}$/);
  await expect(makePicture(Buffer.from('<svg onload="alert(1)"/> no picture'))).rejects.toMatchObject({ code: 'file.NOT_AN_IMAGE' });
});
