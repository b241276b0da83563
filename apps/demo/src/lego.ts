import type { ImportRow } from '@um/product';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { checkDigit } from './barcode.js';
import { catalogFile } from './catalog-file.js';
import { GENERAL_GRADE, TODDLER_GRADE, themeOf } from './lego-themes.js';
import { pictureOf } from './lego-pictures.js';
import { descriptionOf, titleOf, type Texts } from './lego-text.js';

/** One row of lego-sets.ndjson.gz, as Brickset published it. */
export const LegoSet = z.object({
  id: z.string().regex(/^lego-/),
  name: z.string().min(1),
  categoryPath: z.array(z.string()).min(1).max(2),
  price: z.object({ amount: z.number(), currency: z.literal('USD') }).nullable(),
  attributes: z.object({
    year: z.int(),
    pieces: z.int().nullable(),
    minifigures: z.int().nullable(),
    packaging: z.string(),
    availability: z.string(),
  }),
});
export type LegoSet = z.infer<typeof LegoSet>;

/** The demo's fixed rate: soʻm for one US dollar. */
export const SOM_PER_USD = 12_500;
/** Median of all priced sets, in dollars for a piece: for the sets whose price nobody wrote down. */
const USD_PER_PIECE = 0.12;
const USD_UNKNOWN = 9.99;
const MXIK_LEGO = '09503001009000001';

/** The warning of the controlled list in catalog/warnings.json; a test keeps the two the same. */
export const smallPartsWarning: Texts = {
  uz: 'Mayda qismlari bor: 3 yoshgacha boʻlgan bolalarga bermang, tiqilib qolish xavfi.',
  ru: 'Мелкие детали: не давать детям до 3 лет, опасность удушья.',
  en: 'Small parts: not for children under 3 years, choking hazard.',
};

/** Turns a Brickset row into a row of a seller's import file. Pure: the same set gives the same row, stock and picture included. */
export function legoRow(set: LegoSet): ImportRow {
  const { shelf, ageMinMonths: grade } = themeOf(set.categoryPath);
  const ageMinMonths = gradeBySize(grade, set.attributes.pieces);
  const forToddlers = ageMinMonths === TODDLER_GRADE;
  const number = set.id.slice('lego-'.length);
  const theme = set.categoryPath[0]!;
  const facts = { name: set.name, number, theme, shelf, ...set.attributes };
  const seed = hash(set.id);
  return {
    externalId: set.id,
    categoryId: `toys.lego.${shelf}`,
    brand: 'LEGO',
    title: titleOf(facts),
    description: descriptionOf(facts),
    ageMinMonths,
    ageMaxMonths: forToddlers ? 72 : null,
    infoMark: null,
    hazards: forToddlers ? [] : ['small_parts'],
    warnings: forToddlers ? null : smallPartsWarning,
    country: 'DK',
    manufacturer: 'LEGO System A/S, Billund',
    vatRate: 12,
    importer: null,
    mxik: MXIK_LEGO,
    packageCode: null,
    attributes: attributesOf(set, number, theme),
    pictureAlts: [],
    pictures: [pictureOf(shelf, `${set.name} ${set.categoryPath[1] ?? ''}`, seed)],
    options: [],
    variants: [
      {
        sku: `LEGO-${number.toUpperCase()}`,
        barcode: barcodeOf(number),
        options: {},
        priceTiyin: priceOf(set),
        compareAtTiyin: null,
        weightGrams: weightOf(set.attributes.pieces),
        stock: 3 + (seed % 58),
      },
    ],
  };
}

/** All sets of the packed file, mapped. */
export async function legoRows(): Promise<ImportRow[]> {
  const text = (await promisify(gunzip)(await readFile(catalogFile('lego-sets.ndjson.gz')))).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => legoRow(LegoSet.parse(JSON.parse(line))));
}

/** A set of a thousand pieces asks for more patience than its theme does. */
function gradeBySize(grade: number, pieces: number | null): number {
  if (grade < GENERAL_GRADE || pieces === null) return grade;
  if (pieces >= 2_000) return Math.max(grade, 144);
  return pieces >= 1_000 ? Math.max(grade, 108) : grade;
}

/** Price in tiyin: dollars at the fixed rate, to the nearest 1,000 soʻm and never below it. */
function priceOf(set: LegoSet): number {
  const usd =
    set.price?.amount || (set.attributes.pieces ? Math.max(3.99, set.attributes.pieces * USD_PER_PIECE) : USD_UNKNOWN);
  return Math.max(1, Math.round((usd * SOM_PER_USD) / 1_000)) * 1_000 * 100;
}

const weightOf = (pieces: number | null): number => (pieces ? Math.round(60 + pieces * 1.6) : 250);

function attributesOf(set: LegoSet, setNumber: string, theme: string): ImportRow['attributes'] {
  const { year, pieces, minifigures } = set.attributes;
  return {
    setNumber,
    theme,
    year,
    material: 'plastic',
    ...(pieces ? { pieces } : {}),
    ...(minifigures ? { minifigures } : {}),
  };
}

/** An EAN-13 of the range for use inside one company (2…): the real codes of the boxes are not in the data. */
function barcodeOf(number: string): string {
  const [, main, part] = /^(\d{1,7})(?:-(\d{1,3}))?$/.exec(number) ?? [];
  const digits = main
    ? `21${main.padStart(7, '0')}${(part ?? '1').padStart(3, '0')}`
    : `22${String(hash(number)).padStart(10, '0')}`;
  return digits + checkDigit(digits);
}

/** FNV-1a with a final mix: a steady number for a text. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const char of text) h = Math.imul(h ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  return (h ^ (h >>> 15)) >>> 0;
}
