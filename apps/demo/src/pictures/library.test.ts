import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { updateLibrary, type Asset } from './library.js';
import type { ManifestEntry } from './output.js';
import type { Pixels } from './sprite.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pictures-'));
});
afterEach(() => rm(folder, { recursive: true }));

const orange: Pixels = { data: Buffer.alloc(64 * 64 * 4, Buffer.from([255, 128, 0, 255])), width: 64, height: 64 };
const draw = vi.fn<() => Promise<Pixels>>(async () => orange);
const anAsset = (key: string, recipe = 'v1'): Asset => ({
  key,
  recipe,
  sizes: [
    [32, 'webp'],
    [64, 'webp'],
    [64, 'avif'],
  ],
  draw,
});
const manifest = async (): Promise<Record<string, ManifestEntry>> =>
  JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<string, ManifestEntry>;

test('draws each asset in its sizes and describes it in the manifest', async () => {
  expect(await updateLibrary(folder, [anAsset('ball')], 'e1', 2)).toEqual({ drawn: 1, kept: 0, removed: 0 });
  expect((await readdir(join(folder, 'ball'))).sort()).toEqual(['32.webp', '64.avif', '64.webp']);
  const { ball } = await manifest();
  expect(ball).toMatchObject({ width: 64, height: 64, dominantColor: '#ff8000' });
  expect(ball!.variants.map(({ name, width }) => [name, width])).toEqual([
    ['32.webp', 32],
    ['64.webp', 64],
    ['64.avif', 64],
  ]);
  for (const { name, bytes } of ball!.variants) expect((await readFile(join(folder, 'ball', name))).length).toBe(bytes);
});

test('skips what is up to date and draws again what changed', async () => {
  await updateLibrary(folder, [anAsset('ball'), anAsset('doll')], 'e1', 2);
  draw.mockClear();
  expect(await updateLibrary(folder, [anAsset('ball'), anAsset('doll')], 'e1', 2)).toEqual({
    drawn: 0,
    kept: 2,
    removed: 0,
  });
  expect(draw).not.toHaveBeenCalled();
  expect(await updateLibrary(folder, [anAsset('ball', 'v2'), anAsset('doll')], 'e1', 2)).toMatchObject({
    drawn: 1,
    kept: 1,
  });
  expect(await updateLibrary(folder, [anAsset('ball', 'v2'), anAsset('doll')], 'e2', 2)).toMatchObject({ drawn: 2 });
});

test('removes a picture nobody asks for any more', async () => {
  await updateLibrary(folder, [anAsset('ball'), anAsset('doll')], 'e1', 2);
  expect(await updateLibrary(folder, [anAsset('doll')], 'e1', 2)).toEqual({ drawn: 0, kept: 1, removed: 1 });
  expect(Object.keys(await manifest())).toEqual(['doll']);
  expect(await readdir(folder)).not.toContain('ball');
});
