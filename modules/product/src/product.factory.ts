import type { AttributeDefinition, ImportRow } from './contract.js';

let rows = 0;

const text = (words: string) => ({ uz: words, ru: words, en: words });

/** A line of an import file that nothing is wrong with, before it becomes JSON. */
export function anImportRow(over: Partial<ImportRow> = {}): ImportRow {
  const n = (rows += 1);
  return {
    externalId: `row-${n}`,
    categoryId: 'toys.blocks',
    brand: 'Tulporcha',
    title: text(`Castle blocks ${n}`),
    description: text('Sixty smoothly sanded pieces.'),
    ageMinMonths: 36,
    ageMaxMonths: null,
    infoMark: null,
    hazards: [],
    warnings: null,
    country: 'UZ',
    manufacturer: 'Tulporcha, Samarqand',
    importer: null,
    vatRate: 12,
    mxik: null,
    packageCode: null,
    attributes: { material: 'wood' },
    pictures: [],
    pictureAlts: [],
    options: [],
    variants: [{ sku: `SKU-${n}`, options: {}, priceTiyin: 5_000_000, stock: 10 }],
    ...over,
  };
}

/** A row as a line of a file. */
export const asLine = (row: Partial<ImportRow> = {}): string => JSON.stringify(anImportRow(row));

/** A small tree: toys with blocks and dolls, and tools for adults. */
export const someCategories = [
  { id: 'toys', parentId: null, name: text('Toys'), icon: 'teddy-bear', position: 1 },
  { id: 'toys.blocks', parentId: 'toys', name: text('Blocks'), icon: null, position: 1 },
  { id: 'toys.dolls', parentId: 'toys', name: text('Dolls'), icon: null, position: 2 },
  { id: 'tools', parentId: null, name: text('Tools'), icon: null, position: 2 },
];

/** An attribute that lists may be filtered by. */
export const anAttribute = (code: string, over: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  code,
  type: 'boolean',
  name: text(code),
  unit: null,
  choices: [],
  facet: true,
  position: 0,
  ...over,
});

/** A colour: red or blue. */
export const aColour = (code: string, over: Partial<AttributeDefinition> = {}): AttributeDefinition =>
  anAttribute(code, {
    type: 'colour',
    choices: [
      { value: 'red', name: { uz: 'qizil', ru: 'красный', en: 'red' }, hex: '#d62f2f' },
      { value: 'blue', name: { uz: 'koʻk', ru: 'синий', en: 'blue' }, hex: '#2f55d6' },
    ],
    ...over,
  });
