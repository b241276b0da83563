import { maySee, type ProductFacts, type Viewer } from '@um/family';
import { money, textFor, type Locale } from '@um/kernel';
import { featuresOf } from './attribute.rules.js';
import type { ProductDoc, ProductView, VariantInfo } from './contract.js';
import { listedTag, tagOf, type PriceTag, type StoriedPrice } from './price.rules.js';
import type { PageProduct, VariantRow, WholeProduct } from './product.queries.js';
import { shownState, variantLabel } from './product.rules.js';

/** What a page shows of a product. */
export type ShownProduct = Omit<PageProduct, 'createdAt'>;

const factsOf = (p: Omit<ProductFacts, 'priceTiyin'>, priceTiyin: number): ProductFacts => ({
  ageMinMonths: p.ageMinMonths,
  infoMark: p.infoMark,
  hazards: p.hazards,
  categoryPath: p.categoryPath,
  storeId: p.storeId,
  priceTiyin,
});

/** What the product is listed at. One whose variants all left keeps the last price it had. */
const listedAt = (p: Pick<WholeProduct, 'variants' | 'priceTiyin'>, now: Date): PriceTag =>
  listedTag(p.variants, now) ?? tagOf({ price: p.priceTiyin, story: null }, now);

/** Makes the whole truth about products at a moment, as the read model keeps it. */
export const docsAt =
  (now: Date) =>
  (p: WholeProduct): ProductDoc => ({
    productId: p.id,
    version: p.version,
    slug: p.slug,
    state: shownState(p.state, p.storeState),
    storeId: p.storeId,
    storeSlug: p.storeSlug,
    storeName: p.storeName,
    title: p.title,
    description: p.description,
    brand: p.brand,
    categoryPath: p.categoryPath,
    categoryNames: p.categoryNames,
    facts: factsOf(p, listedAt(p, now).price),
    ageMaxMonths: p.ageMaxMonths,
    attributes: p.attributes,
    pictureId: p.pictures[0] ?? null,
    priceTiyin: listedAt(p, now).price,
    compareAtTiyin: listedAt(p, now).compareAt,
    variants: p.variants.map((v) => ({
      variantId: v.id,
      sku: v.sku,
      barcode: v.barcode,
      priceTiyin: tagOf(v, now).price,
    })),
    createdAt: p.createdAt.toISOString(),
  });

/** Makes variants at a moment, with everything that is bought with them. A retired one is off sale even when its product is on. */
export const variantsAt =
  (now: Date) =>
  (v: VariantRow): VariantInfo => ({
    variantId: v.variantId,
    productId: v.productId,
    slug: v.slug,
    storeId: v.storeId,
    storeName: v.storeName,
    title: v.title,
    variantLabel: variantLabel(v.options, v.chosen),
    sku: v.sku,
    pictureId: v.pictureId,
    priceTiyin: tagOf(v, now).price,
    compareAtTiyin: tagOf(v, now).compareAt,
    vatRate: v.vatRate,
    mxik: v.mxik,
    weightGrams: v.weightGrams,
    state: v.retired ? 'archived' : shownState(v.state, v.storeState),
    facts: factsOf(v, tagOf(v, now).price),
    warnings: v.warnings,
  });

/** True when the product is on sale and this person may know of it. */
export const isShownTo = (viewer: Viewer, p: ShownProduct, now: Date): boolean =>
  shownState(p.state, p.storeState) === 'published' && maySee(viewer, factsOf(p, listedAt(p, now).price));

/** A variant's price as a page shows it. */
function priceView(
  v: StoriedPrice,
  now: Date,
): Pick<ProductView['variants'][number], 'price' | 'compareAt' | 'lowest30' | 'saleEndsAt'> {
  const { price, compareAt, lowest30, saleEndsAt } = tagOf(v, now);
  return {
    price: money(price),
    compareAt: compareAt === null ? null : money(compareAt),
    lowest30: lowest30 === null ? null : money(lowest30),
    saleEndsAt: saleEndsAt === null ? null : new Date(saleEndsAt).toISOString(),
  };
}

/** A product's page at a moment, in a language. */
export function viewOf(p: ShownProduct, locale: Locale, now: Date): ProductView {
  const title = textFor(p.title, locale);
  return {
    id: p.id,
    slug: p.slug,
    title,
    description: textFor(p.description, locale),
    brand: p.brand,
    categories: p.categoryPath.map((id, place) => ({ id, name: textFor(p.categoryNames[place]!, locale) })),
    store: { id: p.storeId, slug: p.storeSlug, name: textFor(p.storeName, locale) },
    pictures: p.pictures.map((id) => ({ id, alt: title })),
    ageMinMonths: p.ageMinMonths,
    ageMaxMonths: p.ageMaxMonths,
    infoMark: p.infoMark,
    hazards: p.hazards,
    warnings: p.warnings && textFor(p.warnings, locale),
    country: p.country,
    manufacturer: p.manufacturer,
    attributes: p.attributes,
    features: featuresOf(p.attributes, p.described, locale),
    options: p.options.map((name) => ({ name, values: [...new Set(p.variants.map((v) => v.options[name]!))] })),
    variants: p.variants.map((v) => ({ id: v.id, sku: v.sku, options: v.options, ...priceView(v, now) })),
  };
}
