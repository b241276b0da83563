import { markMonths } from '@um/family';
import type { ProductDoc } from '@um/product';
import { nameWords, slipsOf } from './name.rules.js';
import { traitMarks, traitsOf } from './trait.rules.js';
import { marksOf, searchText, vocabulary } from './words.rules.js';

/** A product's row as it is written; the texts become search words in the database. */
export interface ItemRow {
  readonly product_id: string;
  readonly version: number;
  readonly listed: boolean;
  readonly slug: string;
  readonly store_id: string;
  readonly store_slug: string;
  readonly store_name: object;
  readonly title: object;
  readonly brand: string | null;
  readonly brand_key: string | null;
  readonly category_path: readonly string[];
  readonly needed_months: number;
  readonly age_min_months: number;
  readonly age_max_months: number | null;
  readonly info_mark: string | null;
  readonly hazards: readonly string[];
  readonly price_tiyin: number;
  readonly compare_at_tiyin: number | null;
  readonly picture_id: string | null;
  readonly variant_ids: readonly string[];
  readonly popularity: number;
  readonly created_ms: number;
  /** What is weighed, and what is found: see `nameWords`. */
  readonly names: string;
  readonly words: string;
  /** Words and stems that count as the product's. */
  readonly counted: readonly string[];
  readonly traits: object;
}

/** Columns of an item that its product alone decides: all that lists show, sort and filter by. */
export const SHOWN = [
  'listed',
  'slug',
  'store_id',
  'store_slug',
  'store_name',
  'title',
  'brand',
  'brand_key',
  'category_path',
  'needed_months',
  'age_min_months',
  'age_max_months',
  'info_mark',
  'hazards',
  'price_tiyin',
  'compare_at_tiyin',
  'picture_id',
  'variant_ids',
  'created_ms',
  'traits',
] as const;

/** What one sold unit adds to a product's popularity. */
export const SOLD = 50_000;

/**
 * The popularity of a product that sold nothing yet, `before` others of its store having come first: the windows of all
 * stores lie side by side, and the largest store does not fill the street.
 */
export const firstPopularity = (before: number): number => Math.floor(1_000_000 / (1 + before / 50));

/** Makes a product's row from the whole truth about it. `popularity` counts for a new row alone. */
export function itemOf(doc: ProductDoc, popularity = 0): ItemRow {
  const { facts, title } = doc;
  const traits = traitsOf(doc.attributes);
  const marks = marksOf({ categories: facts.categoryPath, store: doc.storeSlug, brand: doc.brand });
  return {
    product_id: doc.productId,
    version: doc.version,
    // An offer stands behind its master and is never listed itself.
    listed: doc.state === 'published' && doc.offer.masterId === null,
    slug: doc.slug,
    store_id: doc.storeId,
    store_slug: doc.storeSlug,
    store_name: doc.storeName,
    title,
    brand: doc.brand,
    brand_key: doc.brand === null ? null : searchText(doc.brand),
    category_path: facts.categoryPath,
    needed_months: Math.max(facts.ageMinMonths, markMonths(facts.infoMark)),
    age_min_months: facts.ageMinMonths,
    age_max_months: doc.ageMaxMonths,
    info_mark: facts.infoMark,
    hazards: facts.hazards,
    price_tiyin: facts.priceTiyin,
    compare_at_tiyin: doc.compareAtTiyin,
    picture_id: doc.pictureId,
    variant_ids: doc.variants.map((variant) => variant.variantId),
    popularity,
    created_ms: Date.parse(doc.createdAt),
    ...nameWords(doc, [...marks, ...traitMarks(traits)]),
    traits,
  };
}

/** A category as products name it. */
export interface CategoryRow {
  readonly id: string;
  readonly path: readonly string[];
  readonly name: object;
  readonly words: string;
}

/** Every category that products stand in, once. */
export function categoriesOf(docs: readonly ProductDoc[]): CategoryRow[] {
  const rows = new Map<string, CategoryRow>();
  for (const { categoryPath, categoryNames } of docs) {
    for (const [place, id] of categoryPath.entries()) {
      const name = categoryNames[place]!;
      if (!rows.has(id))
        rows.set(id, {
          id,
          path: categoryPath.slice(0, place + 1),
          name,
          words: searchText(`${name.uz} ${name.ru} ${name.en}`),
        });
    }
  }
  return [...rows.values()];
}

export interface WordRow {
  readonly word: string;
  readonly uz: string | null;
  readonly ru: string | null;
  readonly en: string | null;
  readonly products: number;
  readonly slips: readonly string[];
}

/** Every word of the names of products, with how many of these have it. */
export function wordRows(docs: readonly ProductDoc[]): WordRow[] {
  const rows = new Map<string, WordRow>();
  for (const { title, brand } of docs) {
    for (const [word, written] of vocabulary(title, brand)) {
      const old = rows.get(word);
      const pick = (lang: 'uz' | 'ru' | 'en'): string | null => old?.[lang] ?? written[lang] ?? null;
      rows.set(word, {
        word,
        uz: pick('uz'),
        ru: pick('ru'),
        en: pick('en'),
        products: (old?.products ?? 0) + 1,
        slips: old?.slips ?? slipsOf(word),
      });
    }
  }
  return [...rows.values()].toSorted((a, b) => (a.word < b.word ? -1 : 1));
}

/** How many of these products have each stem. */
export function stemRows(rows: readonly ItemRow[]): { stem: string; products: number }[] {
  const counts = new Map<string, number>();
  for (const stem of rows.flatMap((row) => row.counted.filter((word) => word.startsWith('='))))
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return [...counts].map(([stem, products]) => ({ stem, products })).toSorted((a, b) => (a.stem < b.stem ? -1 : 1));
}
