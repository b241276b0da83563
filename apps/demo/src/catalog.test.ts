import { hazards, markMonths, maySee, type Viewer } from '@um/family';
import { ImportRow } from '@um/product';
import { beforeAll, describe, expect, test } from 'vitest';
import { isEan13 } from './barcode.js';
import {
  demoAttributes,
  demoBrands,
  demoCategories,
  demoStores,
  demoWarnings,
  linesOf,
  type DemoAttribute,
  type DemoCategory,
} from './catalog.js';
import { readRecipes } from './pictures/recipes.js';

let rows: ImportRow[];
let categories: DemoCategory[];
let attributes: ReadonlyMap<string, DemoAttribute>;
const locales = ['uz', 'ru', 'en'] as const;

beforeAll(async () => {
  const stores = (await demoStores()).filter(({ catalog }) => catalog.endsWith('.ndjson'));
  rows = (await Promise.all(stores.map(linesOf))).flat().map((line) => ImportRow.parse(JSON.parse(line)));
  categories = await demoCategories();
  attributes = new Map((await demoAttributes()).map((attribute) => [attribute.id, attribute]));
});

/** Names of the rows that break a rule: the test shows which, not how many. */
const those = (broken: (row: ImportRow) => boolean): string[] => rows.filter(broken).map((row) => row.externalId);
const pathOf = (id: string): string[] => id.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'));

describe('the curated catalog', () => {
  test('holds at least 320 products, each once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(320);
    expect(new Set(rows.map((row) => row.externalId)).size).toBe(rows.length);
  });

  test('has texts in three languages, none a copy of another', () => {
    expect(
      those((row) =>
        [row.title, row.description].some(
          (text) => locales.some((l) => text[l].trim() === '') || new Set(locales.map((l) => text[l])).size !== 3,
        ),
      ),
    ).toEqual([]);
  });

  test('describes each product in two to four sentences of its own', () => {
    const sentences = (text: string): number => text.match(/[.!?](?=\s|$)/g)?.length ?? 0;
    expect(
      those((row) => locales.some((l) => sentences(row.description[l]) < 2 || sentences(row.description[l]) > 4)),
    ).toEqual([]);
    for (const l of locales) expect(new Set(rows.map((row) => row.description[l])).size).toBe(rows.length);
  });

  test('writes Uzbek with ʻ and ʼ and without Cyrillic, Russian in Cyrillic', () => {
    const uz = (row: ImportRow): string => row.title.uz + row.description.uz + (row.warnings?.uz ?? '');
    expect(those((row) => /['`‘’]/u.test(uz(row)) || /\p{Script=Cyrillic}/u.test(uz(row)))).toEqual([]);
    expect(
      those(
        (row) =>
          !/\p{Script=Cyrillic}/u.test(row.title.ru) || /\p{Script=Cyrillic}/u.test(row.title.en + row.description.en),
      ),
    ).toEqual([]);
  });

  test('uses the reference lists only: categories without children, brands, pictures, hazards', async () => {
    const parents = new Set(categories.map((category) => category.parentId));
    const leaves = new Set(categories.map((category) => category.id).filter((id) => !parents.has(id)));
    const brands = new Map((await demoBrands()).map((brand) => [brand.name, brand]));
    const recipes = await readRecipes();
    expect(those((row) => !leaves.has(row.categoryId))).toEqual([]);
    expect(
      those(
        (row) =>
          brands.get(row.brand ?? '')?.manufacturer !== row.manufacturer ||
          brands.get(row.brand ?? '')?.country !== row.country,
      ),
    ).toEqual([]);
    expect(those((row) => row.pictures.length === 0 || row.pictures.some((key) => !(key in recipes)))).toEqual([]);
    expect(
      those(
        (row) =>
          row.hazards.some((hazard) => !hazards.includes(hazard)) || new Set(row.hazards).size !== row.hazards.length,
      ),
    ).toEqual([]);
  });

  test('names and values of attributes and options are in the dictionary', () => {
    const known = (id: string, value: string | number | boolean): boolean => {
      const attribute = attributes.get(id);
      if (attribute?.type === 'number') return typeof value === 'number';
      return (
        typeof value === 'string' &&
        attribute !== undefined &&
        (attribute.type === 'text' || value in (attribute.values ?? {}))
      );
    };
    expect(those((row) => Object.entries(row.attributes).some(([id, value]) => !known(id, value)))).toEqual([]);
    expect(
      those((row) =>
        row.variants.some((variant) => Object.entries(variant.options).some(([id, value]) => !known(id, value))),
      ),
    ).toEqual([]);
  });

  test('variants differ by exactly the product’s options, and every code is used once', () => {
    expect(
      those(
        (row) =>
          row.variants.some((v) => Object.keys(v.options).join() !== row.options.join()) ||
          new Set(row.variants.map((v) => JSON.stringify(v.options))).size !== row.variants.length,
      ),
    ).toEqual([]);
    const variants = rows.flatMap((row) => row.variants);
    expect(variants.filter((v) => !isEan13(v.barcode ?? '')).map((v) => v.sku)).toEqual([]);
    expect(new Set(variants.map((v) => v.barcode)).size).toBe(variants.length);
    expect(new Set(variants.map((v) => v.sku)).size).toBe(variants.length);
  });

  test('prices are whole soʻm within reason, and an old price is higher than the new one', () => {
    const odd = rows
      .flatMap((row) => row.variants)
      .filter(
        (v) =>
          v.priceTiyin % 50_000 !== 0 ||
          v.priceTiyin < 300_000 ||
          v.priceTiyin > 500_000_000 ||
          (v.compareAtTiyin ?? Infinity) <= v.priceTiyin,
      );
    expect(odd.map((v) => v.sku)).toEqual([]);
  });

  test('every category holds at least six products', () => {
    const counts = new Map(
      categories.map(({ id }) => [id, rows.filter((row) => pathOf(row.categoryId).includes(id)).length]),
    );
    expect([...counts].filter(([id, count]) => count < 6 && !id.startsWith('toys.lego'))).toEqual([]);
  });

  test.each([3, 6, 9, 12, 15])('a child of %i sees at least 60 products of its age', (years) => {
    const viewer: Viewer = {
      kind: 'child',
      ageMonths: years * 12,
      hiddenCategories: [],
      hiddenStores: [],
      hiddenHazards: [],
      maxPriceTiyin: null,
      policyVersion: 1,
    };
    const seen = rows.filter(
      (row) =>
        maySee(viewer, {
          ...row,
          categoryPath: pathOf(row.categoryId),
          storeId: '',
          priceTiyin: row.variants[0]!.priceTiyin,
        }) && (row.ageMaxMonths ?? Infinity) >= years * 12,
    );
    expect(seen.length).toBeGreaterThanOrEqual(60);
  });

  test('holds goods no child may see', () => {
    expect(
      rows.filter((row) => Math.max(row.ageMinMonths, markMonths(row.infoMark)) >= 216).length,
    ).toBeGreaterThanOrEqual(6);
    expect(rows.filter((row) => row.infoMark === '16+').length).toBeGreaterThanOrEqual(4);
  });
});

describe('child safety of the curated catalog', () => {
  const swallowed = ['small_parts', 'small_ball', 'marble', 'magnet', 'button_cell'] as const;

  test('what can be swallowed is not for children under three', () => {
    expect(those((row) => row.ageMinMonths < 36 && swallowed.some((hazard) => row.hazards.includes(hazard)))).toEqual(
      [],
    );
  });

  test('balloons for children under eight ask for supervision', () => {
    expect(
      those(
        (row) => row.hazards.includes('balloon') && row.ageMinMonths < 96 && !row.hazards.includes('adult_supervision'),
      ),
    ).toEqual([]);
  });

  test('an 18+ product is graded for adults, and a chemical set for school age', () => {
    expect(those((row) => row.infoMark === '18+' && row.ageMinMonths < 216)).toEqual([]);
    expect(those((row) => row.hazards.includes('chemical_set') && row.ageMinMonths < 96)).toEqual([]);
  });

  test('ages are in order, and books and games carry an information mark', () => {
    expect(those((row) => row.ageMaxMonths !== null && row.ageMaxMonths <= row.ageMinMonths)).toEqual([]);
    expect(those((row) => /^(books|games)\./.test(row.categoryId) && row.infoMark === null)).toEqual([]);
  });

  test('each hazard is warned of in the words of the controlled list, and nothing else is', async () => {
    const warnings = await demoWarnings();
    const wordsFor = (hazard: string): string[] =>
      Object.entries(warnings)
        .filter(([id]) => id === hazard || id.startsWith(`${hazard}/`))
        .map(([, text]) => text.uz);
    expect(
      those((row) => row.hazards.some((hazard) => !wordsFor(hazard).some((words) => row.warnings?.uz.includes(words)))),
    ).toEqual([]);
    for (const l of locales) {
      const rest = (row: ImportRow): string =>
        Object.values(warnings)
          .reduce((text, words) => text.replace(words[l], ''), row.warnings?.[l] ?? '')
          .trim();
      expect(those((row) => rest(row) !== '')).toEqual([]);
    }
    expect(Object.keys(warnings).filter((id) => !(hazards as readonly string[]).includes(id.split('/')[0]!))).toEqual(
      [],
    );
  });
});

describe('the reference lists', () => {
  test('categories form a tree of three levels at most, parents first', () => {
    const places = new Map(categories.map(({ id }, place) => [id, place]));
    const odd = categories.filter(({ id, parentId }, place) => {
      const parent = id.split('.').slice(0, -1).join('.') || null;
      return parent !== parentId || (parentId !== null && !((places.get(parentId) ?? Infinity) < place));
    });
    expect(odd).toEqual([]);
    expect(places.size).toBe(categories.length);
    expect(categories.filter(({ id }) => id.split('.').length > 3)).toEqual([]);
  });

  test('stores have their own slugs and files', async () => {
    const stores = await demoStores();
    expect(stores.length).toBeGreaterThanOrEqual(6);
    expect(new Set(stores.map((store) => store.slug)).size).toBe(stores.length);
    expect(new Set(stores.map((store) => store.catalog)).size).toBe(stores.length);
  });

  test('every brand sells something', async () => {
    const used = new Set(rows.map((row) => row.brand));
    expect(
      (await demoBrands()).map((brand) => brand.name).filter((name) => name !== 'LEGO' && !used.has(name)),
    ).toEqual([]);
  });
});
