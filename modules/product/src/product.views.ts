import { maySee, type ProductFacts, type Viewer } from '@um/family';
import { money, textFor, type Locale } from '@um/kernel';
import type { ProductDoc, ProductView, VariantInfo } from './contract.js';
import type { VariantRow, WholeProduct } from './product.queries.js';
import { shownState, variantLabel } from './product.rules.js';

const factsOf = (p: Pick<WholeProduct, keyof ProductFacts>): ProductFacts => ({
  ageMinMonths: p.ageMinMonths,
  infoMark: p.infoMark,
  hazards: p.hazards,
  categoryPath: p.categoryPath,
  storeId: p.storeId,
  priceTiyin: p.priceTiyin,
});

/** The whole truth about a product, as the read model keeps it. */
export const docOf = (p: WholeProduct): ProductDoc => ({
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
  facts: factsOf(p),
  ageMaxMonths: p.ageMaxMonths,
  attributes: p.attributes,
  pictureId: p.pictures[0] ?? null,
  priceTiyin: p.priceTiyin,
  compareAtTiyin: p.compareAtTiyin,
  variants: p.variants.map((v) => ({ variantId: v.id, sku: v.sku, barcode: v.barcode, priceTiyin: v.price })),
  createdAt: p.createdAt.toISOString(),
});

/** A variant with everything that is bought with it. A retired one is off sale even when its product is on. */
export const variantInfoOf = (v: VariantRow): VariantInfo => ({
  variantId: v.variantId,
  productId: v.productId,
  slug: v.slug,
  storeId: v.storeId,
  storeName: v.storeName,
  title: v.title,
  variantLabel: variantLabel(v.options, v.chosen),
  sku: v.sku,
  pictureId: v.pictureId,
  priceTiyin: v.priceTiyin,
  compareAtTiyin: v.compareAtTiyin,
  vatRate: v.vatRate,
  mxik: v.mxik,
  weightGrams: v.weightGrams,
  state: v.retired ? 'archived' : shownState(v.state, v.storeState),
  facts: factsOf(v),
  warnings: v.warnings,
});

/** True when the product is on sale and this person may know of it. */
export const isShownTo = (viewer: Viewer, p: WholeProduct): boolean =>
  shownState(p.state, p.storeState) === 'published' && maySee(viewer, factsOf(p));

/** A product's page in a language. */
export function viewOf(p: WholeProduct, locale: Locale): ProductView {
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
    options: p.options.map((name) => ({ name, values: [...new Set(p.variants.map((v) => v.options[name]!))] })),
    variants: p.variants.map((v) => ({
      id: v.id,
      sku: v.sku,
      options: v.options,
      price: money(v.price),
      compareAt: v.compareAt === null ? null : money(v.compareAt),
    })),
  };
}
