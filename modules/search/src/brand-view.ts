import { page } from '@um/kernel/contract';
import { BrandSlug } from '@um/product';
import { z } from 'zod';

/** A brand that has something for the viewer. */
export const BrandView = z.object({
  slug: BrandSlug,
  name: z.string(),
  logoId: z.uuid().nullable(),
  /** The verified store of the brand itself. */
  store: z.object({ slug: z.string(), name: z.string() }).nullable(),
});
export type BrandView = z.infer<typeof BrandView>;
export const BrandPage = page(BrandView);
export const BrandQuery = z.strictObject({
  /** The beginning of a name. */
  q: z.string().trim().min(1).max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(60),
  cursor: z.string().max(1_000).optional(),
  lang: z.string().max(10).optional(),
});
