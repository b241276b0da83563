import { Hazard, InfoMark } from '@um/family';
import { LocalTextSchema, Money, page } from '@um/kernel/contract';
import { z } from 'zod';

const state = z.enum(['draft', 'in_review', 'published', 'rejected', 'recalled', 'archived']);

/** A product as the people of its store see it in a list. */
export const SellerProduct = z.object({
  id: z.uuid(),
  storeId: z.uuid(),
  externalId: z.string(),
  slug: z.string(),
  state,
  title: LocalTextSchema,
  brand: z.string().nullable(),
  categoryId: z.string(),
  pictureId: z.uuid().nullable(),
  price: Money,
  variants: z.int(),
  /** Why a moderator refused or recalled it. */
  reason: z.string().nullable(),
  changedAt: z.iso.datetime(),
});
export type SellerProduct = z.infer<typeof SellerProduct>;
export const SellerProductPage = page(SellerProduct);
export const SellerProductFilter = z.strictObject({
  storeId: z.uuid().optional(),
  state: state.optional(),
  q: z.string().trim().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1_000).optional(),
  lang: z.string().optional(),
});

/** A product as a moderator judges it: everything that a parent will rely on. */
export const ReviewedProduct = SellerProduct.extend({
  storeName: LocalTextSchema,
  description: LocalTextSchema,
  categoryPath: z.array(z.string()),
  pictures: z.array(z.uuid()),
  ageMinMonths: z.int(),
  ageMaxMonths: z.int().nullable(),
  infoMark: InfoMark.nullable(),
  hazards: z.array(Hazard),
  warnings: LocalTextSchema.nullable(),
  country: z.string().nullable(),
  manufacturer: z.string().nullable(),
  importer: z.string().nullable(),
  mxik: z.string().nullable(),
  packageCode: z.string().nullable(),
  vatRate: z.int(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type ReviewedProduct = z.infer<typeof ReviewedProduct>;
export const ReviewPage = page(ReviewedProduct);
export const ReviewFilter = z.strictObject({
  state: state.default('in_review'),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(1_000).optional(),
  lang: z.string().optional(),
});
/** `recall` takes a published product off sale for good; the seller and buyers are told the reason. */
export const ReviewDecision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('publish'), reason: z.string().trim().max(300).optional() }),
  z.strictObject({ decision: z.literal('reject'), reason: z.string().trim().min(3).max(300) }),
  z.strictObject({ decision: z.literal('recall'), reason: z.string().trim().min(3).max(300) }),
]);
export type ReviewDecision = z.infer<typeof ReviewDecision>;
