import { Hazard, InfoMark } from '@um/family';
import { z } from 'zod';
import { hasBarcodeLength, hasCheckDigit, isCountry, VAT_RATES } from './identity.rules.js';
import type { Reason } from './import-reasons.js';

/** A text in the three languages, none of them longer than a page of its kind needs. */
const texts = (longest: number, shortest = 0) => {
  const text = z.string().min(shortest).max(longest);
  return z.strictObject({ uz: text, ru: text, en: text });
};
/** Ten billion soʻm: dearer is a slip of the keyboard. In tiyin. */
const Price = z.int().positive().max(1_000_000_000_000);
const Name = z.string().min(1).max(60);
/** What is refused by a rule of its own, and how its seller is told. */
const because = (reason: Reason, values?: Readonly<Record<string, string | number>>) => ({
  params: { reason, ...(values ? { values } : {}) },
});
const Company = z.string().max(120);
/** An empty text says nothing. */
const unlessEmpty = (words: string | null | undefined): string | null => words || null;

export const ImportVariant = z.strictObject({
  sku: z.string().min(1).max(64),
  /** EAN-8, UPC-A, EAN-13 or GTIN-14. */
  barcode: z
    .string()
    .refine(hasBarcodeLength, { ...because('NOT_A_BARCODE'), abort: true })
    .refine(hasCheckDigit, because('WRONG_CHECK_DIGIT'))
    .nullable()
    .optional(),
  options: z.record(Name, Name),
  priceTiyin: Price,
  compareAtTiyin: Price.nullable().optional(),
  weightGrams: z.int().positive().max(100_000_000).nullable().optional(),
  /** Units on the shelf now. Left out, what is known of them stays; of a new variant there are none. */
  stock: z.int().nonnegative().max(10_000_000).nullable().optional(),
  /** The document that its buyers download, by the id that its upload answered. Left out, what is known of it stays. */
  file: z.uuid().nullable().optional(),
});

interface Texts {
  readonly uz: string;
  readonly ru: string;
  readonly en: string;
}
/** Without the last ones that say nothing: a table cannot tell them from none. */
function withoutTail<T extends Texts>(alts: readonly T[]): T[] {
  const last = alts.findLastIndex((alt) => `${alt.uz}${alt.ru}${alt.en}` !== '');
  return alts.slice(0, last + 1);
}

const alt = z
  .string()
  .trim()
  .max(200)
  .refine((words) => !words.includes('|'), because('HAS_DIVIDER'));
const Alt = z.strictObject({ uz: alt, ru: alt, en: alt });

/** Most attributes of a product. */
export const MOST_ATTRIBUTES = 60;

/** One product of a seller's import file, as a line of NDJSON says it; rows of CSV and XLSX become the same. `externalId` is the seller's own key: importing it again updates the product. */
export const ImportRow = z.strictObject({
  externalId: z.string().min(1).max(100),
  categoryId: z.string().min(1).max(100),
  brand: z.string().min(1).max(80).nullable(),
  title: texts(300, 1),
  description: texts(10_000),
  ageMinMonths: z.int().min(0).max(216),
  ageMaxMonths: z.int().positive().max(1_200).nullable(),
  infoMark: InfoMark.nullable(),
  hazards: z.array(Hazard).max(24),
  warnings: texts(2_000, 1).nullable(),
  /** Two letters of ISO 3166-1. */
  country: z.string().refine(isCountry, because('NOT_A_COUNTRY')).nullable(),
  manufacturer: Company.nullable().transform(unlessEmpty),
  /** Who brings it into the country. */
  importer: Company.nullish().transform(unlessEmpty),
  vatRate: z.int().refine((rate) => VAT_RATES.includes(rate), because('NOT_ONE_OF', { values: VAT_RATES.join(', ') })),
  mxik: z
    .string()
    .regex(/^\d{17}$/)
    .nullable(),
  /** The package of its MXIK code, as receipts name it. */
  packageCode: z
    .string()
    .regex(/^\d{1,20}$/)
    .nullish()
    .transform(unlessEmpty),
  attributes: z
    .record(Name, z.union([z.string().max(500), z.number(), z.boolean()]))
    .refine((attributes) => Object.keys(attributes).length <= MOST_ATTRIBUTES),
  /** Keys of the picture library, ids of uploaded files, or addresses that pictures are fetched from. */
  pictures: z.array(z.string().regex(/^[^|\s]{1,2000}$/)).max(12),
  /** What the pictures show, in their order; an empty text leaves it to the title. */
  pictureAlts: z.array(Alt).max(12).default([]).transform(withoutTail),
  options: z.array(Name).max(3),
  variants: z.array(ImportVariant).min(1).max(1_000),
});
export type ImportRow = z.infer<typeof ImportRow>;
/** The same as a file may say it: what it may leave out is left out. */
export type ImportLine = z.input<typeof ImportRow>;
