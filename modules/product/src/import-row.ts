import { LocalTextSchema } from '@um/kernel/contract';
import { Hazard, InfoMark } from '@um/family';
import { z } from 'zod';

export const ImportVariant = z.strictObject({
  sku: z.string().min(1).max(64),
  barcode: z
    .string()
    .regex(/^\d{8,14}$/)
    .nullable()
    .optional(),
  options: z.record(z.string(), z.string().max(60)),
  priceTiyin: z.int().positive(),
  compareAtTiyin: z.int().positive().nullable().optional(),
  weightGrams: z.int().positive().nullable().optional(),
  stock: z.int().nonnegative(),
});

/** One line of a seller's import file (NDJSON). `externalId` is the seller's own key: importing it again updates the product. */
export const ImportRow = z.strictObject({
  externalId: z.string().min(1).max(100),
  categoryId: z.string().min(1).max(100),
  brand: z.string().max(80).nullable(),
  title: LocalTextSchema,
  description: LocalTextSchema,
  ageMinMonths: z.int().min(0).max(216),
  ageMaxMonths: z.int().positive().nullable(),
  infoMark: InfoMark.nullable(),
  hazards: z.array(Hazard),
  warnings: LocalTextSchema.nullable(),
  country: z.string().length(2).nullable(),
  manufacturer: z.string().max(120).nullable(),
  vatRate: z.int().min(0).max(100),
  mxik: z
    .string()
    .regex(/^\d{17}$/)
    .nullable(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Keys of the picture library, or ids of uploaded files. */
  pictures: z.array(z.string()).max(12),
  options: z.array(z.string()).max(3),
  variants: z.array(ImportVariant).min(1).max(1_000),
});
export type ImportRow = z.infer<typeof ImportRow>;
