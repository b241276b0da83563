import { errors, event, LocalTextSchema, Money } from '@um/kernel/contract';
import { z } from 'zod';

/** A part of a bundle as it is bought: what it is, how many of it, and what it costs alone (tiyin). */
export const BundlePart = z.object({
  variantId: z.uuid(),
  title: LocalTextSchema,
  variantLabel: LocalTextSchema,
  sku: z.string(),
  qty: z.int(),
  priceTiyin: z.int(),
  vatRate: z.int(),
});
export type BundlePart = z.infer<typeof BundlePart>;

/** A part of a bundle on its page. */
export const BundlePartView = z.object({
  variantId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  variantLabel: z.string(),
  pictureId: z.uuid().nullable(),
  qty: z.int(),
  price: Money,
});
export type BundlePartView = z.infer<typeof BundlePartView>;

/** What a bundle is made of, in the order it is shown. */
export const NewBundle = z.strictObject({
  parts: z
    .array(z.strictObject({ variantId: z.uuid(), qty: z.int().min(1).max(99) }))
    .min(1)
    .max(20),
});
export type NewBundle = z.infer<typeof NewBundle>;
export const Bundle = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  parts: z.array(z.object({ variantId: z.uuid(), qty: z.int() })),
  price: Money,
  /** What the parts cost one by one. */
  apart: Money,
});
export type Bundle = z.infer<typeof Bundle>;

/** A variant is made of these from now on: whoever counts stock counts theirs. */
export const bundleChanged = event(
  'product.bundle-changed.v1',
  z.object({ storeId: z.uuid(), ...Bundle.pick({ variantId: true, productId: true, parts: true }).shape }),
  (p) => p.variantId,
);

export const bundleErrors = errors('product', {
  BAD_BUNDLE: {
    status: 422,
    message: {
      uz: 'Toʻplam oʻz doʻkoningizning sotuvdagi, yetkaziladigan oddiy mahsulotlaridan, oʻz turkumida va kamida ikkita buyumdan tuziladi.',
      ru: 'Набор составляют из обычных доставляемых товаров своего магазина, которые продаются и стоят в его категории; предметов не меньше двух.',
      en: 'A bundle is made of ordinary, delivered products of your own store that are on sale and stand in its category; of two pieces at least.',
    },
  },
  BUNDLE_PRICE: {
    status: 422,
    message: {
      uz: 'Toʻplam qismlarining jamidan arzonroq boʻlishi kerak.',
      ru: 'Набор должен стоить меньше, чем его части вместе.',
      en: 'A bundle must cost less than its parts together.',
    },
  },
});
