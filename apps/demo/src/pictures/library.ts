import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeVariants, type Format, type ManifestEntry } from './output.js';
import type { Pixels } from './sprite.js';

/** Something to draw: a name, what it depends on, and how. */
export interface Asset {
  readonly key: string;
  /** Anything that, when it changes, makes the picture change. */
  readonly recipe: unknown;
  readonly sizes: readonly (readonly [width: number, format: Format])[];
  readonly draw: () => Promise<Pixels>;
}

export interface DrawReport {
  readonly drawn: number;
  readonly kept: number;
  readonly removed: number;
}

type Manifest = Record<string, ManifestEntry>;
type Stamps = Record<string, string>;

/**
 * Draws into `folder` the assets whose stamp is new, removes those no longer asked for, and writes `manifest.json`.
 * `edition` is a hash of the drawing code: a change there draws everything again.
 */
export async function updateLibrary(
  folder: string,
  assets: readonly Asset[],
  edition: string,
  atOnce: number,
): Promise<DrawReport> {
  const [manifest, stamps] = [
    await readJson<Manifest>(join(folder, 'manifest.json')),
    await readJson<Stamps>(join(folder, 'stamps.json')),
  ];
  const wanted = assets.map((asset) => ({ asset, stamp: stampOf(asset, edition) }));
  const stale = wanted.filter(({ asset, stamp }) => stamps[asset.key] !== stamp || !manifest[asset.key]);
  const entries: Manifest = Object.fromEntries(
    wanted.filter((one) => !stale.includes(one)).map(({ asset }) => [asset.key, manifest[asset.key]!]),
  );
  const queue = stale.values();
  const work = async (): Promise<void> => {
    for (const { asset } of queue)
      entries[asset.key] = await writeVariants(join(folder, asset.key), await asset.draw(), asset.sizes);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const removed = await removeOthers(folder, new Set(assets.map(({ key }) => key)));
  if (stale.length > 0 || removed > 0) {
    await writeFile(
      join(folder, 'manifest.json'),
      JSON.stringify(Object.fromEntries(assets.map(({ key }) => [key, entries[key]])), null, 1),
    );
    await writeFile(
      join(folder, 'stamps.json'),
      JSON.stringify(Object.fromEntries(wanted.map(({ asset, stamp }) => [asset.key, stamp])), null, 1),
    );
  }
  return { drawn: stale.length, kept: assets.length - stale.length, removed };
}

/** Hash of files' contents, in the order given. */
export async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

const stampOf = ({ key, recipe, sizes }: Asset, edition: string): string =>
  createHash('sha256')
    .update(JSON.stringify([key, recipe, sizes, edition]))
    .digest('hex')
    .slice(0, 16);

/** Nothing was drawn yet, or the folder was tampered with: then everything is stale. */
async function readJson<T extends object>(file: string): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return JSON.parse(text) as T;
}

async function removeOthers(folder: string, keys: ReadonlySet<string>): Promise<number> {
  const found = await readdir(folder, { withFileTypes: true });
  const extra = found.filter((entry) => entry.isDirectory() && !keys.has(entry.name));
  for (const { name } of extra) await rm(join(folder, name), { recursive: true });
  return extra.length;
}
