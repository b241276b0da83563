import { anAdmin, Browser } from '@um/auth/testing';
import { FILE_FOLDER, FILE_LIBRARY, file, type FileInfo } from '@um/file';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let p: TestPlatform;
let admin: Browser;
const root = mkdtempSync(path.join(tmpdir(), 'um-files-'));
const library = path.join(root, 'library');
const uploads = path.join(root, 'uploads');
const ctx = (): Ctx => systemCtx(p.clock.now());
const files = () => p.wire.client(file);
const WEBP = Buffer.from('RIFF0000WEBPthe bear');

beforeAll(async () => {
  mkdirSync(path.join(library, 'bear'), { recursive: true });
  writeFileSync(path.join(library, 'bear', '320.webp'), WEBP);
  const bear = {
    width: 640,
    height: 640,
    dominantColor: '#aabbcc',
    variants: [{ name: '320.webp', width: 320, bytes: WEBP.length }],
  };
  writeFileSync(path.join(library, 'manifest.json'), JSON.stringify({ bear }));
  p = await testPlatform({
    services: ['file', 'audit', 'auth'],
    values: new Map([
      [FILE_LIBRARY, library],
      [FILE_FOLDER, uploads],
    ]),
  });
  ({ admin } = await anAdmin(p));
});
afterAll(async () => {
  await p.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Sends a file as a browser's form does. */
async function upload(who: Browser, body: Buffer, name = 'photo.jpg', type = 'image/jpeg') {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(body)], { type }), name);
  const sent = new Response(form);
  const response = await p.fastify.inject({
    method: 'POST',
    url: '/api/v1/files',
    cookies: Object.fromEntries(who.cookies),
    payload: Buffer.from(await sent.arrayBuffer()),
    headers: { 'content-type': sent.headers.get('content-type')!, 'x-csrf-token': who.cookies.get('um_csrf') ?? '' },
  });
  return { status: response.statusCode, body: response.json<FileInfo & { code?: string }>() };
}
const picture = (width: number, height: number, red = 200) =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: 40, b: 40 } } })
    .jpeg()
    .withExif({ IFD0: { Copyright: 'at home' } })
    .toBuffer();
const get = (url: string, headers = {}) => p.fastify.inject({ url: `/api/v1/files/${url}`, headers });

describe('the picture library', () => {
  test('gives a key the same file every time and leaves unknown keys out', async () => {
    const first = await files().fromLibrary(ctx(), { keys: ['bear', 'unicorn', '__proto__'] });
    const again = await Promise.all(Array.from({ length: 5 }, () => files().fromLibrary(ctx(), { keys: ['bear'] })));
    expect(Object.keys(first)).toEqual(['bear']);
    for (const one of again) expect(one).toEqual(first);
    expect(await files().getMany(ctx(), { ids: [first['bear']!, newId()] })).toEqual([
      {
        id: first['bear'],
        kind: 'image',
        visibility: 'public',
        width: 640,
        height: 640,
        color: '#aabbcc',
        variants: [{ name: '320.webp', width: 320, bytes: WEBP.length, contentType: 'image/webp' }],
      },
    ]);
  });

  test('is served to everybody, to be kept for ever', async () => {
    const { bear } = await files().fromLibrary(ctx(), { keys: ['bear'] });
    const got = await get(`${bear}/320.webp`);
    expect(got.statusCode).toBe(200);
    expect(got.rawPayload).toEqual(WEBP);
    expect(got.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const again = await get(`${bear}/320.webp`, { 'if-none-match': got.headers.etag });
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
  });

  test('has nothing else to show', async () => {
    const { bear } = await files().fromLibrary(ctx(), { keys: ['bear'] });
    for (const url of [`${bear}/640.webp`, `${newId()}/320.webp`]) expect((await get(url)).statusCode).toBe(404);
    for (const url of [`${bear}/..%2f..%2fmanifest.json`, `${bear}/passwd`, 'bear/320.webp'])
      expect((await get(url)).statusCode).toBe(400);
  });

  test('that lost a picture says so, and nothing worse', async () => {
    mkdirSync(path.join(library, 'hare'), { recursive: true });
    const id = newId();
    await p.rows('file', `insert into file values ('${id}', 'image', 'public', 'hare', null, 1, 1, null, now())`);
    await p.rows('file', `insert into variant values ('${id}', '320.webp', 320, 1, 'image/webp')`);
    expect((await get(`${id}/320.webp`)).statusCode).toBe(404);
  });

  test('shows no private file', async () => {
    const { bear } = await files().fromLibrary(ctx(), { keys: ['bear'] });
    const id = newId();
    await p.rows(
      'file',
      `insert into file values ('${id}', 'image', 'private', null, '${newId()}', 1, 1, null, now())`,
    );
    await p.rows('file', `insert into variant values ('${id}', '320.webp', 320, 1, 'image/webp')`);
    expect((await get(`${id}/320.webp`)).statusCode).toBe(404);
    expect((await get(`${bear}/320.webp`)).statusCode).toBe(200);
  });
});

describe('uploading', () => {
  test('makes the sizes that pages use, with nothing left of the original', async () => {
    const { status, body } = await upload(admin, await picture(1_600, 1_200));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'image',
      visibility: 'public',
      width: 1_280,
      height: 960,
      color: expect.stringMatching(/^#c[0-9a-f]28[0-9a-f]{2}$/),
    });
    expect(body.variants.map((v) => [v.name, v.width])).toEqual([
      ['320.webp', 320],
      ['640.webp', 640],
      ['640.avif', 640],
    ]);
    for (const variant of body.variants) {
      const got = await get(`${body.id}/${variant.name}`);
      expect([got.statusCode, got.rawPayload.length]).toEqual([200, variant.bytes]);
      const metadata = await sharp(got.rawPayload).metadata();
      expect(metadata).toMatchObject({ width: variant.width });
      expect(metadata.exif).toBeUndefined();
    }
    expect(readdirSync(uploads, { recursive: true }).filter((name) => String(name).endsWith('webp'))).toHaveLength(2);
  });

  test('the same bytes again is the same file', async () => {
    const bytes = await picture(300, 300, 90);
    const [a, b] = await Promise.all([upload(admin, bytes), upload(admin, bytes)]);
    expect(a.body.id).toBe(b.body.id);
    expect([a.status, b.status]).toEqual([201, 201]);
  });

  test('refuses what is no picture, whatever it calls itself', async () => {
    const real = await picture(400, 400);
    const junk = [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      Buffer.from('GIF89a'),
      Buffer.alloc(0),
      real.subarray(0, real.length / 2),
      Buffer.concat([real.subarray(0, 20), Buffer.alloc(500, 7)]),
    ];
    for (const bytes of junk)
      expect(await upload(admin, bytes)).toMatchObject({ status: 415, body: { code: 'file.NOT_AN_IMAGE' } });
  });

  test('refuses a picture that is too small, a bomb, and one that is too large', async () => {
    expect(await upload(admin, await picture(100, 400))).toMatchObject({
      status: 422,
      body: { code: 'file.TOO_SMALL' },
    });
    const bomb = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await upload(admin, bomb)).toMatchObject({ status: 415 });
    expect(await upload(admin, Buffer.alloc(10 * 1024 * 1024 + 1, 1))).toMatchObject({
      status: 413,
      body: { code: 'file.TOO_LARGE' },
    });
  });

  test('is for sellers and admins', async () => {
    const bytes = await picture(300, 300);
    expect((await upload(new Browser(p.fastify), bytes)).status).toBe(401);
    const buyer = new Browser(p.fastify);
    await buyer.signUp();
    expect((await upload(buyer, bytes)).status).toBe(403);
  });

  test('needs a form with a file', async () => {
    expect(await admin.post('/files', { file: 'no' })).toMatchObject({ status: 400, body: { code: 'file.NO_FILE' } });
  });
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
