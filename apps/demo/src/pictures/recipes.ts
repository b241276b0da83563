import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { catalogFile } from '../catalog-file.js';

const Drawing = z.union([z.string(), z.strictObject({ name: z.string(), hue: z.int() })]);

/** catalog/pictures.json: how every asset key is drawn. A drawing is a name of the emoji set, or `um:<file in props/>`; hue turns its colours, in degrees. */
export const Recipes = z.record(
  z.string().regex(/^[a-z0-9-]+$/),
  z.strictObject({ emoji: z.array(Drawing).min(1).max(6), background: z.string(), layout: z.string() }),
);
export type Recipes = z.infer<typeof Recipes>;

export const readRecipes = async (): Promise<Recipes> =>
  Recipes.parse(JSON.parse(await readFile(catalogFile('pictures.json'), 'utf8')));
