import { z } from 'zod';

const name = z.string().trim().min(1).max(100);
const Name = z.strictObject({ uz: name, ru: name, en: name });
const icon = z
  .string()
  .regex(/^[a-z0-9-]{1,60}$/)
  .nullable();
const position = z.int().min(0).max(100_000);
/** The id of a category is its address for ever: `toys.blocks`. */
export const CategoryId = z
  .string()
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/)
  .max(100);

export const CategoryBody = z.strictObject({
  id: CategoryId,
  parentId: CategoryId.nullable(),
  name: Name,
  icon,
  position,
});
export type CategoryBody = z.infer<typeof CategoryBody>;
/** What changes of a category; another parent moves its whole branch. */
export const CategoryChange = z.strictObject({ parentId: CategoryId.nullable(), name: Name, icon, position }).partial();
export type CategoryChange = z.infer<typeof CategoryChange>;
export const CategoryMerge = z.strictObject({ into: CategoryId });

/** A category as admins see it. */
export const AdminCategory = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  name: Name,
  icon: z.string().nullable(),
  position: z.int(),
  depth: z.int(),
});
export type AdminCategory = z.infer<typeof AdminCategory>;

/** A change whose products follow in the background: how many there are, and how many have. */
export const CatalogWork = z.object({
  id: z.uuid(),
  kind: z.enum(['category', 'brand']),
  subject: z.string(),
  total: z.int(),
  done: z.int(),
});
export type CatalogWork = z.infer<typeof CatalogWork>;
