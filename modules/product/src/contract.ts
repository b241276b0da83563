import { ProductFacts, Hazard, InfoMark } from '@um/family';
import { command, contract, errors, event, LocalTextSchema, Money, query } from '@um/kernel/contract';
import { z } from 'zod';
import { ImportProblem } from './import-view.js';
import { BundlePart, BundlePartView } from './bundle-view.js';
import { DigitalFile } from './digital-view.js';
import { Condition, NewOffer, OfferMade } from './offer-view.js';

import { BrandInfo } from './brand-view.js';
import { AttributeDefinition, AttributeValue, CategoryAttributes, Feature } from './attribute-view.js';

export * from './attribute-view.js';
export * from './brand-view.js';
export * from './catalog-errors.js';
export * from './category-view.js';
export * from './bundle-view.js';
export * from './change-view.js';
export * from './digital-view.js';
export * from './editing-errors.js';
export * from './editing-view.js';
export * from './group-view.js';
export * from './import-errors.js';
export * from './import-row.js';
export * from './import-view.js';
export * from './offer-view.js';
export * from './price-errors.js';
export * from './price-view.js';
export * from './seller-view.js';
export { unitPrice, type Tier } from './tiers.js';

export const ProductId = z.uuid();
export const VariantId = z.uuid();
export const ProductState = z.enum(['draft', 'in_review', 'published', 'rejected', 'recalled', 'archived']);

/** A sellable variant with everything a cart, an order or an ask needs to know of it. Prices in tiyin, VAT included. */
export const VariantInfo = z.object({
  variantId: VariantId,
  productId: ProductId,
  slug: z.string(),
  storeId: z.uuid(),
  storeName: LocalTextSchema,
  title: LocalTextSchema,
  variantLabel: LocalTextSchema,
  sku: z.string(),
  pictureId: z.uuid().nullable(),
  priceTiyin: z.int(),
  compareAtTiyin: z.int().nullable(),
  vatRate: z.int(),
  mxik: z.string().nullable(),
  weightGrams: z.int().nullable(),
  state: ProductState,
  facts: ProductFacts,
  warnings: LocalTextSchema.nullable(),
  /** Prices that whoever asks is granted from a quantity on, by its groups; `unitPrice` says what counts. Nobody else may see them. */
  tiers: z.array(z.object({ minQty: z.int(), priceTiyin: z.int() })),
  /** What its buyer downloads: it has no stock and is not delivered. Null for a thing. */
  digital: DigitalFile.nullable(),
  /** What it is made of; empty for what is not a bundle. */
  parts: z.array(BundlePart),
});
export type VariantInfo = z.infer<typeof VariantInfo>;

/** A product as the search read model keeps it: the whole truth about one product at one version. */
export const ProductDoc = z.object({
  productId: ProductId,
  version: z.int(),
  slug: z.string(),
  state: ProductState,
  storeId: z.uuid(),
  storeSlug: z.string(),
  storeName: LocalTextSchema,
  title: LocalTextSchema,
  description: LocalTextSchema,
  brand: z.string().nullable(),
  categoryPath: z.array(z.string()),
  categoryNames: z.array(LocalTextSchema),
  facts: ProductFacts,
  ageMaxMonths: z.int().nullable(),
  attributes: z.record(z.string(), AttributeValue),
  pictureId: z.uuid().nullable(),
  priceTiyin: z.int(),
  compareAtTiyin: z.int().nullable(),
  variants: z.array(
    z.object({
      variantId: VariantId,
      sku: z.string(),
      barcode: z.string().nullable(),
      priceTiyin: z.int(),
      /** It is downloaded and never sold out. */
      digital: z.boolean().default(false),
      /** What it is chosen by. */
      options: z.record(z.string(), z.string()).default({}),
    }),
  ),
  createdAt: z.iso.datetime(),
  /** Its terms, and for an offer the product it is of. */
  offer: z.object({ masterId: ProductId.nullable(), condition: Condition, deliveryDays: z.int() }),
  /** How many sell it: itself and its offers, on sale or not. */
  sellers: z.int(),
});
export type ProductDoc = z.infer<typeof ProductDoc>;

/** HTTP: category tree and product page. */
export const CategoryView = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  icon: z.string().nullable(),
  depth: z.int(),
  position: z.int(),
});
export const ProductView = z.object({
  id: ProductId,
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  brand: z.string().nullable(),
  /** The address of the brand's page. */
  brandSlug: z.string().nullable(),
  categories: z.array(z.object({ id: z.string(), name: z.string() })),
  store: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
  /** The listing whose price, variants and store are shown: the product's own or an offer of it. */
  listingId: ProductId,
  condition: Condition,
  deliveryDays: z.int(),
  /** How many sell it; with more than one, `GET /products/:id/offers` tells who. */
  sellers: z.int(),
  pictures: z.array(z.object({ id: z.uuid(), alt: z.string() })),
  ageMinMonths: z.int(),
  ageMaxMonths: z.int().nullable(),
  infoMark: InfoMark.nullable(),
  hazards: z.array(Hazard),
  warnings: z.string().nullable(),
  country: z.string().nullable(),
  manufacturer: z.string().nullable(),
  importer: z.string().nullable(),
  attributes: z.record(z.string(), AttributeValue),
  /** The same attributes as lines to read. */
  features: z.array(Feature),
  options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  variants: z.array(
    z.object({
      id: VariantId,
      sku: z.string(),
      options: z.record(z.string(), z.string()),
      price: Money,
      /** The earlier price that may be struck out: proven by what was asked before. */
      compareAt: Money.nullable(),
      /** The lowest price of the thirty days before it went down; null when nothing was taken off. */
      lowest30: Money.nullable(),
      saleEndsAt: z.iso.datetime().nullable(),
      /** Lower prices that the reader is granted from a quantity on; empty for guests and children. */
      tiers: z.array(z.object({ minQty: z.int(), price: Money })),
      /** Of what is downloaded: what kind of file it is and how large. */
      digital: z.object({ contentType: z.string(), bytes: z.int() }).nullable(),
      /** What it is made of; empty for what is not a bundle. */
      parts: z.array(BundlePartView),
      /** What the parts would cost more one by one; null when nothing. */
      saving: Money.nullable(),
    }),
  ),
});
export type ProductView = z.infer<typeof ProductView>;

export const NewCategory = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  name: LocalTextSchema,
  icon: z.string().nullable(),
  position: z.int(),
});
/** Products changed, created, published or withdrawn: whole documents, newest version wins. */
export const productsChanged = event(
  'product.changed.v1',
  z.object({ storeId: z.uuid(), items: z.array(ProductDoc) }),
  (p) => p.storeId,
);
/** The category tree changed; products below the changed ones follow with facts of their own. */
export const categoriesChanged = event(
  'product.categories-changed.v1',
  z.object({ ids: z.array(z.string()) }),
  () => 'categories',
);
/** Attributes were defined or changed, or a category asks for others: the ones named are told whole. */
export const attributesChanged = event(
  'product.attributes-changed.v1',
  z.object({ items: z.array(AttributeDefinition) }),
  () => 'attributes',
);
/** A product was recalled, with every offer of it: what was sold of them is not given out any more. */
export const productRecalled = event(
  'product.recalled.v1',
  z.object({ productIds: z.array(ProductId).min(1) }),
  (p) => p.productIds[0]!,
);
/** Brands were met or changed: the ones named are told whole. */
export const brandsChanged = event(
  'product.brands-changed.v1',
  z.object({ items: z.array(BrandInfo) }),
  () => 'brands',
);
/** A seller declared how many units there are (import, stock-take). */
export const stockDeclared = event(
  'product.stock-declared.v1',
  z.object({
    storeId: z.uuid(),
    items: z.array(z.object({ variantId: VariantId, productId: ProductId, onHand: z.int().nonnegative() })),
  }),
  (p) => p.storeId,
);

export const product = contract('product', {
  /** Variants by id, whatever their state; unknown ids are left out. */
  variants: query(z.object({ ids: z.array(VariantId).max(500) }), z.array(VariantInfo)),
  /** Categories of the shop; existing ids are updated. */
  putCategories: command(z.object({ categories: z.array(NewCategory).max(2_000) }), z.object({ count: z.int() })),
  /** Attributes, and what categories ask of their products; what is there is replaced. */
  putAttributes: command(
    z.object({
      attributes: z.array(AttributeDefinition).max(1_000),
      categories: z.array(CategoryAttributes.extend({ categoryId: z.string() })).max(2_000),
    }),
    z.object({ count: z.int() }),
  ),
  /** Brands after one, in the order of their slugs. */
  brands: query(z.object({ after: z.string().nullable(), limit: z.int().max(1_000) }), z.array(BrandInfo)),
  /** Every attribute there is. */
  attributes: query(z.object({}), z.array(AttributeDefinition)),
  /**
   * Imports lines of a seller's NDJSON file, each standing alone: a bad line is reported with its number and changes nothing.
   * `firstLine` is the number of the first line. The HTTP import runs its file through this same call.
   */
  importLines: command(
    z.object({ storeId: z.uuid(), lines: z.array(z.string()).max(1_000), firstLine: z.int().positive() }),
    z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), problems: z.array(ImportProblem) }),
  ),
  /** Makes a store's offer of a product that is in the shop, or sets its prices and terms anew. */
  offer: command(NewOffer, OfferMade),
  /** Whole documents for rebuilding the read model, by product id after `after`. */
  docs: query(z.object({ after: z.uuid().nullable(), limit: z.int().max(1_000) }), z.array(ProductDoc)),
  count: query(z.object({}), z.object({ products: z.int(), variants: z.int() })),
});

export const productErrors = errors('product', {
  NOT_FOUND: { status: 404, message: { uz: 'Mahsulot topilmadi.', ru: 'Товар не найден.', en: 'Product not found.' } },
  NO_CATEGORY: {
    status: 400,
    message: { uz: 'Bunday turkum yoʻq.', ru: 'Такой категории нет.', en: 'There is no such category.' },
  },
  NO_ATTRIBUTE: {
    status: 400,
    message: { uz: 'Bunday xususiyat yoʻq.', ru: 'Такой характеристики нет.', en: 'There is no such attribute.' },
  },
  BAD_DEFINITION: {
    status: 400,
    message: {
      uz: 'Xususiyat notoʻgʻri belgilangan: turi oʻzgarmaydi, berilgan qiymatlar qoladi, birlik faqat sonda, qiymatlar roʻyxati faqat tanlov va rangda boʻladi.',
      ru: 'Характеристика задана неверно: тип не меняется, заданные значения остаются, единица бывает только у числа, список значений — только у выбора и цвета.',
      en: 'The attribute is not defined well: its type never changes, values once given stay, only a number has a unit, only a choice or a colour lists values.',
    },
  },
  BAD_ATTRIBUTE: {
    status: 400,
    message: {
      uz: 'Xususiyatlar turkumga mos emas.',
      ru: 'Характеристики не подходят категории.',
      en: 'The attributes do not fit the category.',
    },
  },
  UNSAFE_AGE: {
    status: 400,
    message: {
      uz: 'Mayda qismli, magnitli, sharchali yoki puflanadigan buyumning yoshi kamida 36 oy boʻlishi kerak (SAF-03).',
      ru: 'Товар с мелкими деталями, магнитами, шариками или воздушными шарами должен иметь возраст не ниже 36 месяцев (SAF-03).',
      en: 'Something with small parts, magnets, small balls or balloons must be graded 36 months or older (SAF-03).',
    },
  },
  BAD_CATEGORY_TREE: {
    status: 400,
    message: {
      uz: 'Turkumlar daraxti notoʻgʻri: ota turkum yoʻq yoki halqa bor.',
      ru: 'Дерево категорий неверно: нет родителя или есть петля.',
      en: 'The category tree is wrong: a parent is missing or there is a loop.',
    },
  },
  BAD_STATE: {
    status: 409,
    message: {
      uz: 'Mahsulotning hozirgi holatida buni qilib boʻlmaydi.',
      ru: 'В текущем состоянии товара это невозможно.',
      en: 'This is not possible in the product’s present state.',
    },
  },
});
