import { LocalTextSchema, page } from '@um/kernel/contract';
import { z } from 'zod';

export const BrandSlug = z.string().regex(/^[a-z0-9-]{1,80}$/);
/** A brand as it is told: its name, its picture and the store that is its own. */
export const BrandInfo = z.object({
  slug: BrandSlug,
  name: z.string(),
  logoId: z.uuid().nullable(),
  owner: z.object({ storeId: z.uuid(), slug: z.string(), name: LocalTextSchema }).nullable(),
  /** The brand that this one is now; null for one that stands for itself. */
  mergedInto: BrandSlug.nullable(),
});
export type BrandInfo = z.infer<typeof BrandInfo>;

const name = z.string().trim().min(1).max(80);
/** What an admin says of a brand. */
export const BrandBody = z.strictObject({ name, logoId: z.uuid().nullable(), ownerStoreId: z.uuid().nullable() });
export type BrandBody = z.infer<typeof BrandBody>;
export const BrandMerge = z.strictObject({ into: BrandSlug });

/** A brand as admins see it. */
export const AdminBrand = z.object({
  slug: BrandSlug,
  name: z.string(),
  logoId: z.uuid().nullable(),
  ownerStoreId: z.uuid().nullable(),
  /** How many products carry it, whatever their state. */
  products: z.int(),
  /** Addresses that lead to it: of brands merged into it, of names it had. */
  aliases: z.array(BrandSlug),
});
export type AdminBrand = z.infer<typeof AdminBrand>;
export const AdminBrandPage = page(AdminBrand);
export const AdminBrandQuery = z.strictObject({
  /** A piece of a name, however it is written. */
  q: z.string().trim().min(1).max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1_000).optional(),
  lang: z.string().max(10).optional(),
});
