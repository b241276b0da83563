import type { Catalog, Product } from './catalog.ts';
import { Random } from './random.ts';

/** Kinds of requests whose cost must not grow with the catalog. */
export const KINDS = ['list', 'facets', 'search', 'typo search', 'suggest'] as const;
export type Kind = (typeof KINDS)[number];

const LANGS = ['uz', 'ru', 'en'] as const;
const SORTS = ['popular', 'new', 'price_asc', 'price_desc'];

/** Addresses that shoppers of a catalog would ask for, none like the one before. `some` are products of it. */
export function asks(kind: Kind, catalog: Catalog, some: readonly Product[], count: number, seed: number): string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const product = random.pick(some);
    const lang = random.pick(LANGS);
    const words = product.title[lang].split(' ');
    if (kind === 'list') return address({ ...place(product, random), sort: random.pick(SORTS), lang });
    if (kind === 'facets') return address({ ...place(product, random), facets: 'true', lang });
    if (kind === 'suggest')
      return `/api/v1/search/suggest?${new URLSearchParams({ q: random.pick(words).slice(0, 2 + random.below(4)), lang }).toString()}`;
    const q = words.slice(0, 1 + random.below(3));
    return address({ q: (kind === 'search' ? q : misspelt(q, random)).join(' '), lang });
  });
}

const address = (query: Record<string, string>): string =>
  `/api/v1/products?${new URLSearchParams({ limit: '24', ...query }).toString()}`;

/** Where a shopper looks: the whole shop, a category of any depth, a brand, a store, an age, a price. */
function place(product: Product, random: Random): Record<string, string> {
  const { category, brand, seller, priceTiyin, ageMinMonths } = product;
  const of = random.below(10);
  if (of < 2) return {};
  if (of < 6) return { category: category.path[random.below(category.path.length)]! };
  if (of === 6 && brand !== null) return { brand };
  if (of === 7) return { store: seller.slug };
  if (of === 8) return { category: category.path[0]!, age: String(Math.ceil(ageMinMonths / 12)) };
  return {
    category: category.path[1]!,
    minPrice: String(Math.round(priceTiyin / 2)),
    maxPrice: String(priceTiyin * 2),
  };
}

/** The words with one slip in the longest: two letters swapped, one left out, doubled or wrong. */
function misspelt(words: readonly string[], random: Random): string[] {
  const longest = words.toSorted((a, b) => b.length - a.length)[0]!;
  const at = 1 + random.below(Math.max(1, longest.length - 2));
  const [before, after] = [longest.slice(0, at), longest.slice(at)];
  const slip = [
    `${before}${after.slice(1, 2)}${after.slice(0, 1)}${after.slice(2)}`,
    `${before}${after.slice(1)}`,
    `${before}${before.slice(-1)}${after}`,
    `${before}x${after.slice(1)}`,
  ];
  return words.map((word) => (word === longest ? random.pick(slip) : word));
}
