import { Hazard, InfoMark } from '@um/family';
import { z } from 'zod';

/** A text in the three languages, none of them longer than a page of its kind needs. */
const texts = (longest: number, shortest = 0) => {
  const text = z.string().min(shortest).max(longest);
  return z.strictObject({ uz: text, ru: text, en: text });
};
/** Ten billion soʻm: dearer is a slip of the keyboard. In tiyin. */
const Price = z.int().positive().max(1_000_000_000_000);
const Name = z.string().min(1).max(60);

export const ImportVariant = z.strictObject({
  sku: z.string().min(1).max(64),
  barcode: z
    .string()
    .regex(/^\d{8,14}$/)
    .nullable()
    .optional(),
  options: z.record(Name, Name),
  priceTiyin: Price,
  compareAtTiyin: Price.nullable().optional(),
  weightGrams: z.int().positive().max(100_000_000).nullable().optional(),
  /** Units on the shelf now. Left out, what is known of them stays; of a new variant there are none. */
  stock: z.int().nonnegative().max(10_000_000).nullable().optional(),
});

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
  country: z.string().length(2).nullable(),
  manufacturer: z
    .string()
    .max(120)
    .nullable()
    .transform((name) => name || null),
  vatRate: z.int().min(0).max(100),
  mxik: z
    .string()
    .regex(/^\d{17}$/)
    .nullable(),
  attributes: z
    .record(Name, z.union([z.string().max(500), z.number(), z.boolean()]))
    .refine((attributes) => Object.keys(attributes).length <= MOST_ATTRIBUTES),
  /** Keys of the picture library, ids of uploaded files, or addresses that pictures are fetched from. */
  pictures: z.array(z.string().regex(/^[^|\s]{1,2000}$/)).max(12),
  options: z.array(Name).max(3),
  variants: z.array(ImportVariant).min(1).max(1_000),
});
export type ImportRow = z.infer<typeof ImportRow>;
