import { InfoMark, Hazard, Viewer } from '@um/family';
import { AttributeCode } from '@um/product';
import { command, contract, errors, event, Money, page, query } from '@um/kernel/contract';
import { Condition } from '@um/product';
import { z } from 'zod';
import { gathered } from './list-query.js';

export * from './brand-view.js';

/** A product in a list. */
export const ProductCard = z.object({
  id: z.uuid(),
  slug: z.string(),
  title: z.string(),
  brand: z.string().nullable(),
  pictureId: z.uuid().nullable(),
  store: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
  price: Money,
  compareAt: Money.nullable(),
  ageMinMonths: z.int(),
  infoMark: InfoMark.nullable(),
  hazards: z.array(Hazard),
  inStock: z.boolean(),
  variants: z.int(),
  /** The only variant, so that a list can add it to the cart at once; null when one has to be chosen. */
  variantId: z.uuid().nullable(),
});
export type ProductCard = z.infer<typeof ProductCard>;

const MOST_ATTRIBUTES = 10;
/** An offer of a product: who sells it, for how much, how soon. */
export const OfferView = z.object({
  listingId: z.uuid(),
  store: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
  condition: Condition,
  price: Money,
  compareAt: Money.nullable(),
  deliveryDays: z.int(),
  inStock: z.boolean(),
});
/** Offers in the order of the buy box: the first is what is bought when nobody chooses. */
export const OfferViews = z.object({ items: z.array(OfferView) });
export type OfferViews = z.infer<typeof OfferViews>;

export const Sort = z.enum(['relevance', 'new', 'price_asc', 'price_desc', 'popular']);
/** How many products have each value of an attribute; of a number, between which it lies. `name` is null where the value speaks for itself (yes or no). */
export const AttributeFacet = z.object({
  code: AttributeCode,
  type: z.enum(['number', 'boolean', 'choice', 'colour']),
  name: z.string(),
  unit: z.string().nullable(),
  values: z.array(
    z.object({ value: z.string(), name: z.string().nullable(), hex: z.string().nullable(), count: z.int() }),
  ),
  range: z.object({ min: z.number(), max: z.number() }).nullable(),
});
export type AttributeFacet = z.infer<typeof AttributeFacet>;
/** Counts are of what the viewer may see, exact unless `partial`: beside words, prices, stock or two of category, store and brand more than some thousands are not counted. */
export const Facets = z.object({
  categories: z.array(z.object({ id: z.string(), name: z.string(), count: z.int() })),
  brands: z.array(z.object({ name: z.string(), count: z.int() })),
  ages: z.array(z.object({ months: z.int(), count: z.int() })),
  price: z.object({ min: Money, max: Money }).nullable(),
  /** Attributes that can be filtered by, in their order. What is filtered by one does not narrow its own values. */
  attributes: z.array(AttributeFacet),
  /** There were too many to count attributes of; their counts are of the most popular thousands. */
  attributesPartial: z.boolean(),
  partial: z.boolean(),
});
export const ProductPage = page(ProductCard).extend({
  facets: Facets.optional(),
  /** "Did you mean", when the words were read with a correction. */ corrected: z.string().nullable(),
});
export type ProductPage = z.infer<typeof ProductPage>;

const filters = {
  q: z.string().trim().max(200).optional(),
  category: z.string().max(100).optional(),
  brand: z.string().max(80).optional(),
  store: z.string().max(60).optional(),
  minPrice: z.coerce.number().int().nonnegative().optional(),
  maxPrice: z.coerce.number().int().nonnegative().optional(),
  age: z.coerce.number().int().min(0).max(18).optional(),
  inStock: z.enum(['true', 'false']).optional(),
  sort: Sort.optional(),
  facets: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(60).default(24),
  cursor: z.string().max(1_000).optional(),
  lang: z.string().optional(),
};
/** What a list is asked for. Prices in tiyin, `age` in years; `attr` by attribute: `red,blue` any of them, `10..60` a range. */
export const ListFilter = z.strictObject({
  ...filters,
  attr: z
    .record(AttributeCode, z.string().min(1).max(300))
    .refine((attr) => Object.keys(attr).length <= MOST_ATTRIBUTES)
    .optional(),
});
export type ListFilter = z.infer<typeof ListFilter>;
/** `GET /api/v1/products`: the same, where `attr.color=red` says what `attr` holds. */
export const ListQuery = z.looseObject(filters).transform(gathered).pipe(ListFilter);
export const SuggestQuery = z.strictObject({ q: z.string().trim().min(1).max(100), lang: z.string().optional() });
export const Suggestions = z.object({
  products: z.array(z.object({ slug: z.string(), title: z.string(), pictureId: z.uuid().nullable(), price: Money })),
  categories: z.array(z.object({ id: z.string(), name: z.string() })),
  brands: z.array(z.object({ name: z.string() })),
  /** The typed words as they were read, when some were misspelt. */ corrected: z.string().nullable(),
});

/** Words that mean the same: who looks for one of them finds all. */
export const SynonymBody = z.strictObject({ words: z.array(z.string().trim().min(1).max(40)).min(2).max(20) });
export const Synonym = z.object({ id: z.uuid(), words: z.array(z.string()), changedAt: z.iso.datetime() });
export type Synonym = z.infer<typeof Synonym>;
export const synonymsChanged = event('search.synonyms-changed.v1', z.object({ id: z.uuid() }), (p) => p.id);

const MatchKind = z.enum(['word', 'stem', 'correction', 'beginning', 'joined', 'synonym']);
/** Why a search answers what it answers. A product's score is its text, times availability, popularity and freshness; a code adds a thousand. */
export const Explained = z.object({
  corrected: z.string().nullable(),
  words: z.array(
    z.object({
      typed: z.string(),
      rarity: z.number(),
      products: z.int(),
      forms: z.array(z.object({ word: z.string(), kind: MatchKind, weight: z.number() })),
    }),
  ),
  products: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      slug: z.string(),
      found: z.enum(['code', 'all', 'some']),
      score: z.number(),
      text: z.number(),
      pairs: z.number(),
      coverage: z.number(),
      availability: z.number(),
      popularity: z.number(),
      freshness: z.number(),
      words: z.array(
        z.object({
          typed: z.string(),
          field: z.enum(['name', 'brand', 'category', 'description']).nullable(),
          kind: MatchKind.nullable(),
          word: z.string().nullable(),
          points: z.number(),
        }),
      ),
    }),
  ),
});
export type Explained = z.infer<typeof Explained>;

/** The lists as somebody would see them changed: ready answers are out of date. Recorded with the change itself, so it is told after it can be seen. */
export const shelvesChanged = event(
  'search.shelves-changed.v1',
  z.object({ products: z.int(), first: z.uuid() }),
  (p) => p.first,
);

export const search = contract('search', {
  /** Ids of every product the viewer may see, for crawls and checks. */
  visibleIds: query(
    z.object({ viewer: Viewer, after: z.uuid().nullable(), limit: z.int().max(5_000) }),
    z.array(z.uuid()),
  ),
  /** Builds the read model again from the truth; answers how many rows were written. */
  rebuild: command(z.object({}), z.object({ rows: z.int() })),
  /** Compares the read model with the truth; answers ids that differ and scopes (a category, store or brand) whose counts do. */
  verify: query(
    z.object({}),
    z.object({ checked: z.int(), differing: z.array(z.uuid()), miscounted: z.array(z.string()) }),
  ),
});

export const searchErrors = errors('search', {
  NOT_FOUND: { status: 404, message: { uz: 'Mahsulot topilmadi.', ru: 'Товар не найден.', en: 'Product not found.' } },
  NO_SYNONYMS: {
    status: 404,
    message: {
      uz: 'Bunday maʼnodoshlar guruhi yoʻq.',
      ru: 'Такой группы синонимов нет.',
      en: 'There is no such group of synonyms.',
    },
  },
  ONE_WORD: {
    status: 422,
    message: {
      uz: 'Har bir maʼnodosh bitta soʻz boʻlishi kerak.',
      ru: 'Каждый синоним должен быть одним словом.',
      en: 'Each synonym has to be one word.',
    },
  },
  SAME_WORD: {
    status: 422,
    message: {
      uz: 'Guruhda bitta soʻz ikki marta yozilgan: harf va alifbo farqi hisobga olinmaydi.',
      ru: 'Слово повторяется в группе: регистр и алфавит не различаются.',
      en: 'A word stands twice in the group: letters’ case and alphabet make no difference.',
    },
  },
  TAKEN_WORD: {
    status: 409,
    message: {
      uz: 'Bu soʻz boshqa guruhda bor. Oʻsha guruhni toʻldiring.',
      ru: 'Слово уже есть в другой группе. Дополните её.',
      en: 'The word stands in another group already. Add to that one.',
    },
  },
});
