import { anAdmin, Browser } from '@um/auth/testing';
import { FILE_FOLDER, file, type UploadedDocument } from '@um/file';
import { aPdf, uploadDocument } from '@um/file/testing';
import { limitPolicies, newId, systemCtx, type Ctx } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let p: TestPlatform;
let admin: Browser;
let book: UploadedDocument;
const uploads = mkdtempSync(path.join(tmpdir(), 'um-documents-'));
const ctx = (): Ctx => systemCtx(p.clock.now());
const files = () => p.wire.client(file);
const PDF = aPdf();
const MINUTE = 60_000;

beforeAll(async () => {
  p = await testPlatform({
    services: ['file', 'audit', 'auth'],
    limits: true,
    values: new Map([[FILE_FOLDER, uploads]]),
  });
  ({ admin } = await anAdmin(p));
  book = (await upload(admin, PDF, 'Qogʻoz qayiqlar.pdf')).body;
});
afterAll(async () => {
  await p?.stop();
  rmSync(uploads, { recursive: true, force: true });
});

const upload = (who: Browser, body: Buffer, name?: string) => uploadDocument(p, who, body, name);
const aRight = (change: object = {}) => ({
  id: newId(),
  fileId: book.id,
  until: new Date(p.clock.now().getTime() + 60 * MINUTE),
  most: 3,
  ...change,
});
const get = (url: string, method: 'GET' | 'HEAD' = 'GET') => p.fastify.inject({ method, url });
const code = (response: { json: <T>() => T }) => response.json<{ code: string }>().code;

describe('uploading', () => {
  test('keeps the bytes for nobody to see, under a safe name', async () => {
    expect(book).toMatchObject({ name: 'Qogʻoz qayiqlar.pdf', bytes: PDF.length, contentType: 'application/pdf' });
    for (const variant of ['whole.pdf', '320.webp'])
      expect((await get(`/api/v1/files/${book.id}/${variant}`)).statusCode).toBe(404);
    expect((await upload(admin, PDF, 'other name.pdf')).body).toEqual(book);
  });

  test('takes what is larger than a picture may be, and refuses what is no document or too large', async () => {
    const large = Buffer.concat([PDF, Buffer.alloc(12 * 1024 * 1024, 7)]);
    expect(await upload(admin, large)).toMatchObject({ status: 201, body: { bytes: large.length } });
    for (const junk of [Buffer.from('MZ this runs'), Buffer.from('<script>alert(1)</script>'), Buffer.alloc(0)])
      expect(await upload(admin, junk)).toMatchObject({ status: 415, body: { code: 'file.NOT_A_DOCUMENT' } });
    const tooLarge = Buffer.concat([PDF, Buffer.alloc(100 * 1024 * 1024, 7)]);
    expect(await upload(admin, tooLarge)).toMatchObject({ status: 413, body: { code: 'file.DOCUMENT_TOO_LARGE' } });
    expect(readdirSync(uploads).filter((name) => name.startsWith('draft'))).toEqual([]);
  });

  test('is not for filling the disk: nobody uploads without end', async () => {
    const { admin: busy } = await anAdmin(p);
    const { points } = limitPolicies.upload;
    for (let n = 0; n < points; n += 1) expect((await upload(busy, PDF)).status).toBe(201);
    expect(await upload(busy, PDF)).toMatchObject({ status: 429, body: { code: 'limits.TOO_MANY' } });
  });

  test('is for sellers and admins', async () => {
    const buyer = new Browser(p.fastify);
    expect((await upload(buyer, PDF)).status).toBe(401);
    await buyer.signUp();
    expect((await upload(buyer, PDF)).status).toBe(403);
  });
});

describe('fetching', () => {
  test('needs no cookie, gives the bytes under their name, and is kept by nobody', async () => {
    const { url, left, expiresAt } = await files().linkTo(ctx(), aRight());
    expect([left, expiresAt]).toEqual([3, new Date(p.clock.now().getTime() + 15 * MINUTE).toISOString()]);
    const got = await get(url);
    expect([got.statusCode, got.rawPayload.equals(PDF)]).toEqual([200, true]);
    expect(got.headers).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="Qog_oz qayiqlar.pdf"; filename*=UTF-8''Qog%CA%BBoz%20qayiqlar.pdf`,
      'x-content-type-options': 'nosniff',
    });
  });

  test('an address that was changed leads nowhere, one that is over says so in the reader’s language', async () => {
    const { url } = await files().linkTo(ctx(), aRight());
    const other = await files().linkTo(ctx(), aRight());
    const id = /downloads\/([^?]+)/.exec(other.url)![1]!;
    for (const changed of [
      url.replace(/expires=\d/, 'expires=9'),
      url.slice(0, -1),
      url.replace(/downloads\/[^?]+/, `downloads/${id}`),
    ])
      expect((await get(changed)).statusCode).toBe(404);
    p.clock.advance(15 * MINUTE);
    const over = await get(`${url}&lang=ru`);
    expect([over.statusCode, code(over), over.headers['cache-control']]).toEqual([
      410,
      'file.LINK_EXPIRED',
      'no-store',
    ]);
    expect(over.json<{ detail?: string; title: string }>().title + over.json<{ detail?: string }>().detail).toContain(
      'Срок действия ссылки',
    );
  });

  test('however many fetch at once, no more than are allowed get it', async () => {
    const right = aRight({ most: 4 });
    const { url } = await files().linkTo(ctx(), right);
    await Promise.all(Array.from({ length: 5 }, () => get(url, 'HEAD')));
    const got = await Promise.all(Array.from({ length: 20 }, () => get(url)));
    expect(got.filter((one) => one.statusCode === 200)).toHaveLength(4);
    expect(new Set(got.filter((one) => one.statusCode !== 200).map(code))).toEqual(new Set(['file.USED_UP']));
    expect(await files().downloads(ctx(), { ids: [right.id] })).toEqual([{ id: right.id, used: 4, withdrawn: false }]);
    await expect(files().linkTo(ctx(), right)).rejects.toMatchObject({ code: 'file.USED_UP' });
  });

  test('ends with the right: a link never lives longer, and a later one is refused', async () => {
    const right = aRight({ until: new Date(p.clock.now().getTime() + 5 * MINUTE) });
    expect((await files().linkTo(ctx(), right)).expiresAt).toBe(right.until.toISOString());
    p.clock.advance(5 * MINUTE);
    const longer = { ...right, until: new Date(p.clock.now().getTime() + 60 * MINUTE) };
    await expect(files().linkTo(ctx(), longer)).rejects.toMatchObject({ code: 'file.ACCESS_ENDED' });
  });

  test('a right that is taken away is gone at once and for good, given before or not', async () => {
    const [given, never] = [aRight(), aRight()];
    const { url } = await files().linkTo(ctx(), given);
    await files().withdraw(ctx(), { ids: [given.id, never.id] });
    expect(code(await get(url))).toBe('file.WITHDRAWN');
    for (const right of [given, never])
      await expect(files().linkTo(ctx(), right)).rejects.toMatchObject({ code: 'file.WITHDRAWN', status: 410 });
  });
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
