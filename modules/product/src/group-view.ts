import { LocalTextSchema, Money, page } from '@um/kernel/contract';
import { z } from 'zod';

/** Ten billion soʻm: dearer is a slip of the keyboard. In tiyin. */
const Tiyin = z.int().positive().max(1_000_000_000_000);
const title = z.string().trim().min(1).max(80);
const names = z.strictObject({ uz: title, ru: title, en: title });

/** Accounts that are granted prices of their own: staff, members, wholesale buyers. */
export const PriceGroup = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: LocalTextSchema,
  members: z.int(),
  lists: z.int(),
});
export type PriceGroup = z.infer<typeof PriceGroup>;
export const PriceGroups = z.object({ items: z.array(PriceGroup) });
export const NewGroup = z.strictObject({ slug: z.string().regex(/^[a-z0-9-]{2,40}$/), name: names });
export type NewGroup = z.infer<typeof NewGroup>;

export const GroupMember = z.object({
  accountId: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  addedAt: z.iso.datetime(),
});
export type GroupMember = z.infer<typeof GroupMember>;
export const GroupMembers = page(GroupMember);
export const NewMember = z.strictObject({ email: z.email().max(254).toLowerCase() });

export const PriceListView = z.object({
  id: z.uuid(),
  groupId: z.uuid(),
  name: z.string(),
  state: z.enum(['planned', 'running', 'ended']),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime().nullable(),
  prices: z.int(),
});
export type PriceListView = z.infer<typeof PriceListView>;
export const PriceLists = z.object({ items: z.array(PriceListView) });
/** Without a beginning it stands from now on, without an end until somebody ends it. */
export const NewPriceList = z.strictObject({
  name: title,
  startsAt: z.iso.datetime({ offset: true }).optional(),
  endsAt: z.iso.datetime({ offset: true }).optional(),
});
export type NewPriceList = z.infer<typeof NewPriceList>;

/** A price of a list beside what everybody pays. */
export const ListPrice = z.object({
  variantId: z.uuid(),
  minQty: z.int(),
  price: Money,
  publicPrice: Money,
  title: LocalTextSchema,
  label: LocalTextSchema,
  sku: z.string(),
  storeName: LocalTextSchema,
});
export type ListPrice = z.infer<typeof ListPrice>;
export const ListPrices = page(ListPrice);
/** Prices to set; a price of null takes the entry out. */
export const NewListPrices = z.strictObject({
  prices: z
    .array(
      z.strictObject({
        variantId: z.uuid(),
        minQty: z.int().min(1).max(99).default(1),
        priceTiyin: Tiyin.nullable(),
      }),
    )
    .min(1)
    .max(500),
});
export type NewListPrices = z.infer<typeof NewListPrices>;

export const GroupPages = z.strictObject({
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  lang: z.string().optional(),
});
