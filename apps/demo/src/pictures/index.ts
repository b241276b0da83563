import { mkdir, readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { readFile } from 'node:fs/promises';
import { catalogFile } from '../catalog-file.js';
import { bannerAssets } from './banners.js';
import { drawBrand } from './brand.js';
import { Composer } from './compose.js';
import { hashOf, updateLibrary, type DrawReport } from './library.js';

const Drawing = z.union([z.string(), z.strictObject({ name: z.string(), hue: z.int() })]);
/** catalog/pictures.json: how every asset key is drawn. */
export const Recipes = z.record(z.string().regex(/^[a-z0-9-]+$/), z.strictObject({ emoji: z.array(Drawing).min(1).max(6), background: z.string(), layout: z.string() }));
export type Recipes = z.infer<typeof Recipes>;

/** Sizes of a product picture: a card, a page, and the page in the smaller format. */
const PRODUCT_SIZES = [[320, 'webp'], [640, 'webp'], [640, 'avif']] as const;

const here = import.meta.dirname;
const packageRoot = join(here, '..', '..');

export const readRecipes = async (): Promise<Recipes> => Recipes.parse(JSON.parse(await readFile(catalogFile('pictures.json'), 'utf8')));

/** Draws all pictures, banners and brand files that are not up to date, under `target`. */
export async function drawAll(target: string): Promise<Record<'pictures' | 'banners', DrawReport> & { brand: number }> {
  sharp.cache(false);
  sharp.concurrency(1);
  const edition = await editionOf();
  const composer = new Composer();
  const atOnce = availableParallelism() + 1;
  const pictures = Object.entries(await readRecipes()).map(([key, recipe]) => ({ key, recipe, sizes: PRODUCT_SIZES, draw: () => composer.draw(key, recipe) }));
  await mkdir(join(target, 'pictures'), { recursive: true });
  await mkdir(join(target, 'banners'), { recursive: true });
  return {
    pictures: await updateLibrary(join(target, 'pictures'), pictures, edition, atOnce),
    banners: await updateLibrary(join(target, 'banners'), bannerAssets(composer), edition, atOnce),
    brand: await drawBrand(join(target, 'brand'), join(packageRoot, 'brand')),
  };
}

/** Hash of this code, the props, and the emoji set's own package file. */
async function editionOf(): Promise<string> {
  const own = (await readdir(here)).filter((name) => /^[a-z]+\.(js|ts)$/.test(name)).map((name) => join(here, name));
  const props = (await readdir(join(packageRoot, 'props'))).map((name) => join(packageRoot, 'props', name));
  const emoji = import.meta.resolve('@iconify-json/fluent-emoji/package.json');
  return hashOf([...own.sort(), ...props.sort(), new URL(emoji).pathname]);
}
