import { maySee, type ProductFacts, type Viewer } from '@um/family';
import { money, textFor, type Locale, type LocalText } from '@um/kernel';
import { featuresOf } from './attribute.rules.js';
import type { ProductDoc, ProductView, VariantInfo } from './contract.js';
import { OWN_TERMS } from './offer-view.js';
import { listedTag, tagOf, type PriceTag, type StoriedPrice } from './price.rules.js';
import type { PageProduct, VariantRow, WholeProduct } from './product.queries.js';
import { shownState, variantLabel } from './product.rules.js';
import { usefulTiers, type Tier } from './tiers.js';

/** What a page shows of a product. */
export type ShownProduct = Omit<PageProduct, 'createdAt'>;
/** What it shows of a seller's listing. */
export type ShownListing = Omit<WholeProduct, 'createdAt'>;

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
      digital: v.digital !== null,
      options: v.options,
    })),
    createdAt: p.createdAt.toISOString(),
    offer: { masterId: p.master?.id ?? null, ...(p.terms ?? OWN_TERMS) },
    sellers: p.offers + 1,
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
    tiers: usefulTiers(tagOf(v, now).price, v.tiers),
    digital: v.digital,
    parts: v.parts.map((part) => ({
      variantId: part.variantId,
      title: part.title,
      variantLabel: variantLabel(part.options, part.chosen),
      sku: part.sku,
      qty: part.qty,
      priceTiyin: tagOf(part, now).price,
      vatRate: part.vatRate,
    })),
  });

/** True when the product is on sale and this person may know of it. */
export const isShownTo = (viewer: Viewer, p: ShownListing, now: Date): boolean =>
  shownState(p.state, p.storeState) === 'published' && maySee(viewer, factsOf(p, listedAt(p, now).price));

const altOf = (words: LocalText | undefined, locale: Locale, names: readonly string[]): string =>
  words ? textFor(words, locale, names) : '';

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

/** What a variant is made of, as its page shows it, and what is saved by it. */
function bundleView(
  v: WholeProduct['variants'][number],
  locale: Locale,
  now: Date,
): Pick<ProductView['variants'][number], 'parts' | 'saving'> {
  const parts = v.parts.map((part) => ({
    variantId: part.variantId,
    slug: part.slug,
    title: textFor(part.title, locale),
    variantLabel: textFor(variantLabel(part.options, part.chosen), locale),
    pictureId: part.pictureId,
    qty: part.qty,
    price: money(tagOf(part, now).price),
  }));
  const saved = parts.reduce((sum, part) => sum + part.qty * part.price.amount, 0) - tagOf(v, now).price;
  return { parts, saving: parts.length > 0 && saved > 0 ? money(saved) : null };
}

/**
 * A product's page at a moment, in a language, with what the reader's groups grant. Shop, price and variants are those of a
 * listing: the product's own or an offer of it.
 */
export function viewOf(
  p: ShownProduct,
  listing: ShownListing,
  locale: Locale,
  now: Date,
  tiers: ReadonlyMap<string, readonly Tier[]>,
): ProductView {
  const names = [p.brand, p.manufacturer].filter((name) => name !== null);
  const title = textFor(p.title, locale, names);
  return {
    id: p.id,
    slug: p.slug,
    title,
    description: textFor(p.description, locale, names),
    brand: p.brand,
    brandSlug: p.brandSlug,
    categories: p.categoryPath.map((id, place) => ({ id, name: textFor(p.categoryNames[place]!, locale) })),
    store: { id: listing.storeId, slug: listing.storeSlug, name: textFor(listing.storeName, locale) },
    listingId: listing.id,
    ...(listing.terms ?? OWN_TERMS),
    sellers: p.offers + 1,
    pictures: p.pictures.map((id) => ({ id, alt: altOf(p.pictureAlts[id], locale, names) || title })),
    ageMinMonths: listing.ageMinMonths,
    ageMaxMonths: p.ageMaxMonths,
    infoMark: listing.infoMark,
    hazards: listing.hazards,
    warnings: p.warnings && textFor(p.warnings, locale, names),
    country: p.country,
    manufacturer: p.manufacturer,
    importer: p.importer,
    attributes: p.attributes,
    features: featuresOf(p.attributes, p.described, locale),
    options: p.options.map((name) => ({ name, values: [...new Set(listing.variants.map((v) => v.options[name]!))] })),
    variants: listing.variants.map((v) => ({
      id: v.id,
      sku: v.sku,
      options: v.options,
      ...priceView(v, now),
      tiers: usefulTiers(tagOf(v, now).price, tiers.get(v.id) ?? []).map(({ minQty, priceTiyin }) => ({
        minQty,
        price: money(priceTiyin),
      })),
      digital: v.digital && { contentType: v.digital.contentType, bytes: v.digital.bytes },
      ...bundleView(v, locale, now),
    })),
  };
}
