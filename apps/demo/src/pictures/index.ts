import { mkdir, readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { Composer } from './compose.js';
import { hashOf, updateLibrary, type DrawReport } from './library.js';
import { readRecipes } from './recipes.js';

/** Sizes of a product picture: a card, a page, and the page in the smaller format. */
const PRODUCT_SIZES = [
  [320, 'webp'],
  [640, 'webp'],
  [640, 'avif'],
] as const;

const here = import.meta.dirname;
const packageRoot = join(here, '..', '..');

/** Draws all pictures that are not up to date, under `target`. */
export async function drawAll(target: string): Promise<DrawReport> {
  sharp.cache(false);
  sharp.concurrency(1);
  const edition = await editionOf();
  const composer = new Composer();
  const atOnce = availableParallelism() + 1;
  const pictures = Object.entries(await readRecipes()).map(([key, recipe]) => ({
    key,
    recipe,
    sizes: PRODUCT_SIZES,
    draw: () => composer.draw(key, recipe),
  }));
  const library = join(target, 'pictures');
  await mkdir(library, { recursive: true });
  return updateLibrary(library, pictures, edition, atOnce);
}

/** Hash of this code, the props, and the emoji set's own package file. */
async function editionOf(): Promise<string> {
  const own = (await readdir(here))
    .filter((name) => name.endsWith('.js') && !name.endsWith('.test.js'))
    .map((name) => join(here, name));
  const props = (await readdir(join(packageRoot, 'props'))).map((name) => join(packageRoot, 'props', name));
  const emoji = import.meta.resolve('@iconify-json/fluent-emoji/package.json');
  return hashOf([...own.sort(), ...props.sort(), new URL(emoji).pathname]);
}
