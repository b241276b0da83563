import { ImportRow } from '@um/product';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { isEan13 } from './barcode.js';
import { demoCategories, demoStores, demoWarnings, linesOf } from './catalog.js';
import { catalogFile } from './catalog-file.js';
import { LegoSet, legoRow, smallPartsWarning } from './lego.js';
import { legoAssetKeys } from './lego-pictures.js';
import { readRecipes } from './pictures/recipes.js';

let sets: LegoSet[];
let rows: ImportRow[];

beforeAll(async () => {
  const text = gunzipSync(await readFile(catalogFile('lego-sets.ndjson.gz'))).toString('utf8');
  sets = text
    .split('\n')
    .filter(Boolean)
    .map((line) => LegoSet.parse(JSON.parse(line)));
  rows = sets.map(legoRow);
});

const aSet = (given: {
  path?: string[];
  usd?: number | null;
  pieces?: number | null;
  minifigures?: number | null;
  id?: string;
  name?: string;
}): LegoSet => ({
  id: given.id ?? 'lego-60047',
  name: given.name ?? 'Police Station',
  categoryPath: given.path ?? ['City', 'Police'],
  price: given.usd === null ? null : { amount: given.usd ?? 99.99, currency: 'USD' },
  attributes: {
    year: 2014,
    pieces: given.pieces === undefined ? 854 : given.pieces,
    minifigures: given.minifigures === undefined ? 7 : given.minifigures,
    packaging: 'Box',
    availability: 'Retail',
  },
});

describe('all 6,172 sets', () => {
  test('become valid rows, none dropped, every code used once', () => {
    expect(rows.length).toBe(6_172);
    const invalid = rows.filter((row) => !ImportRow.safeParse(row).success).map((row) => row.externalId);
    expect(invalid).toEqual([]);
    expect(new Set(rows.map((row) => row.externalId)).size).toBe(6_172);
    const barcodes = rows.map((row) => row.variants[0]!.barcode ?? '');
    expect(barcodes.filter((code) => !isEan13(code))).toEqual([]);
    expect(new Set(barcodes).size).toBe(6_172);
  });

  test('stand on an existing shelf with a drawn picture, and no shelf has fewer than six', async () => {
    const shelves = new Map(
      (await demoCategories()).filter(({ parentId }) => parentId === 'toys.lego').map(({ id }) => [id, 0]),
    );
    const recipes = await readRecipes();
    for (const row of rows) shelves.set(row.categoryId, (shelves.get(row.categoryId) ?? NaN) + 1);
    expect([...shelves].filter(([, count]) => !(count >= 6))).toEqual([]);
    expect(rows.flatMap((row) => row.pictures).filter((key) => !(key in recipes))).toEqual([]);
    expect(legoAssetKeys.filter((key) => !rows.some((row) => row.pictures.includes(key)))).toEqual([]);
    expect(Object.keys(recipes).filter((key) => key.startsWith('lego-') && !legoAssetKeys.includes(key))).toEqual([]);
  });

  test('have three different titles and descriptions of two to four sentences', () => {
    const broken = rows.filter(
      ({ title, description }) =>
        [title, description].some(({ uz, ru, en }) => !uz || !ru || !en || new Set([uz, ru, en]).size !== 3) ||
        Object.values(description).some((text) => (text.match(/[.!?](?=\s|$)/g)?.length ?? 0) < 2),
    );
    expect(broken.map((row) => row.externalId)).toEqual([]);
  });

  test('are for toddlers without small parts, or for four years and up with their warning', () => {
    expect(
      rows.filter((row) => row.hazards.includes('small_parts') === row.ageMinMonths < 36).map((row) => row.externalId),
    ).toEqual([]);
    expect(rows.filter((row) => row.ageMinMonths !== 18 && row.ageMinMonths < 48)).toEqual([]);
    expect(rows.filter((row) => (row.warnings === null) !== (row.hazards.length === 0))).toEqual([]);
  });

  test('cost whole thousands of soʻm and have 3 to 60 in stock', () => {
    expect(
      rows.filter(
        ({ variants: [v] }) =>
          v!.priceTiyin % 100_000 !== 0 || v!.priceTiyin < 100_000 || v!.stock! < 3 || v!.stock! > 60,
      ),
    ).toEqual([]);
  });

  test('are what the LEGO store imports', async () => {
    const store = (await demoStores()).find(({ catalog }) => catalog.endsWith('.gz'))!;
    expect(await linesOf(store)).toEqual(rows.map((row) => JSON.stringify(row)));
  });
});

describe('one set', () => {
  test('is told in three languages with its own name', () => {
    const row = legoRow(aSet({}));
    expect(row.title).toEqual({
      uz: 'LEGO City 60047 «Police Station» toʻplami',
      ru: 'Набор LEGO City 60047 «Police Station»',
      en: 'LEGO City 60047 Police Station',
    });
    expect(row.description.ru).toMatch(
      /^Набор серии LEGO City, 2014 год выпуска\. В коробке 854 детали и 7 минифигурок\. /,
    );
    expect(row.description.uz).toMatch(
      /^LEGO City turkumining 2014-yilda chiqqan toʻplami\. Qutida 854 ta detal va 7 ta minifigura bor\. /,
    );
    expect(row.description.en).toMatch(
      /^A 2014 set from the LEGO City series\. The box holds 854 pieces and 7 minifigures\. /,
    );
  });

  test('says nothing of pieces nobody counted', () => {
    const row = legoRow(aSet({ pieces: null, minifigures: null }));
    expect(row.description.en).not.toContain('box holds');
    expect(row.attributes).not.toHaveProperty('pieces');
  });

  test('costs its dollars at 12,500 soʻm, to the thousand', () => {
    expect(legoRow(aSet({ usd: 99.99 })).variants[0]!.priceTiyin).toBe(1_250_000_00);
    expect(legoRow(aSet({ usd: 0.4 })).variants[0]!.priceTiyin).toBe(5_000_00);
  });

  test('without a price costs by its pieces, or a plain price when those are unknown too', () => {
    expect(legoRow(aSet({ usd: null, pieces: 200 })).variants[0]!.priceTiyin).toBe(300_000_00);
    expect(legoRow(aSet({ usd: 0, pieces: 5 })).variants[0]!.priceTiyin).toBe(50_000_00);
    expect(legoRow(aSet({ usd: null, pieces: null })).variants[0]!.priceTiyin).toBe(125_000_00);
  });

  test.each([
    [['Duplo'], 30, 18],
    [['Education', 'Duplo'], 30, 18],
    [['City'], 300, 48],
    [['City'], 1_200, 108],
    [['Technic'], 300, 108],
    [['Advanced Models', 'Vehicles'], 300, 192],
    [['Creator'], 2_500, 144],
  ])('of %j with %i pieces is graded %i months', (path, pieces, months) => {
    expect(legoRow(aSet({ path, pieces })).ageMinMonths).toBe(months);
  });

  test('is the same every time', () => {
    expect(legoRow(aSet({}))).toEqual(legoRow(aSet({})));
  });

  test('of a theme nobody graded is refused', () => {
    expect(() => legoRow(aSet({ path: ['Friends of Tomorrow'] }))).toThrow(/no shelf/);
  });

  test('of tyres is not shown as a truck', () => {
    expect(legoRow(aSet({ path: ['Service Packs'], name: 'Truck tyres' })).pictures).not.toContain('lego-truck');
    expect(legoRow(aSet({ path: ['City'], name: 'Fire Truck' })).pictures).toEqual(['lego-fire']);
  });

  test('warns in the words of the controlled list', async () => {
    expect(smallPartsWarning).toEqual((await demoWarnings())['small_parts']);
  });
});
