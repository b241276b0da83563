import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import { demoCategories } from '../catalog.js';
import { backdrop, backdropShapes } from './backdrop.js';
import { layoutNames, sceneOf } from './layout.js';
import { palettes } from './palette.js';
import { readRecipes, type Recipes } from './recipes.js';
import { hasProp } from './sprite.js';

let recipes: Recipes;
let emoji: ReadonlySet<string>;
beforeAll(async () => {
  recipes = await readRecipes();
  // Parsed here and let go: `require` would keep the hundred megabytes for the other tests of this process.
  const file = createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji/icons.json');
  emoji = new Set(Object.keys((JSON.parse(await readFile(file, 'utf8')) as { icons: object }).icons));
});

const drawingsOf = (key: string): string[] =>
  recipes[key]!.emoji.map((drawing) => (typeof drawing === 'string' ? drawing : drawing.name));

test('every drawing of every picture exists', () => {
  const exists = (name: string): boolean => (name.startsWith('um:') ? hasProp(name.slice(3)) : emoji.has(name));
  expect(Object.keys(recipes).filter((key) => !drawingsOf(key).every(exists))).toEqual([]);
});

test('every prop is used by a picture', async () => {
  const used = new Set(Object.keys(recipes).flatMap(drawingsOf));
  const props = (await readdir(new URL('../../props/', import.meta.url))).map(
    (file) => `um:${file.replace('.svg', '')}`,
  );
  expect(props.filter((name) => !used.has(name))).toEqual([]);
});

test('every background and layout is one we can draw', () => {
  const odd = Object.entries(recipes).filter(([, { background, layout }]) => {
    const [palette = '', shape = '', ...rest] = background.split('-');
    return (
      !(palette in palettes) || !backdropShapes.includes(shape) || rest.length > 0 || !layoutNames.includes(layout)
    );
  });
  expect(odd.map(([key]) => key)).toEqual([]);
});

test('no two pictures are the same drawing', () => {
  const seen = Object.values(recipes).map((recipe) => JSON.stringify(recipe));
  expect(seen.filter((text, index) => seen.indexOf(text) !== index)).toEqual([]);
});

test('every category has an icon of the emoji set', async () => {
  expect((await demoCategories()).filter(({ icon }) => !emoji.has(icon)).map(({ id }) => id)).toEqual([]);
});

test('a scene keeps its drawings on the stage', () => {
  const odd = Object.entries(recipes).filter(([key, { emoji: drawings, layout }]) =>
    sceneOf(layout, key, drawings.length).places.some(
      ({ item, x, y, side }) => item >= drawings.length || Math.min(x, y, 640 - x, 640 - y) < side * 0.3,
    ),
  );
  expect(odd.map(([key]) => key)).toEqual([]);
});

test('an unknown palette, shape or layout is an error, not an empty picture', () => {
  expect(() => backdrop('beige-sun')).toThrow(/palette/);
  expect(() => backdrop('sky-spiral')).toThrow(/shape/);
  expect(() => sceneOf('pyramid', 'a', 1)).toThrow(/layout/);
});
