import { textFor, type Locale } from '@um/kernel';

/** The language a locale's texts are kept in. The answer is one of three words, safe to stand in a statement. */
export const languageOf = (locale: Locale): 'uz' | 'ru' | 'en' =>
  textFor({ uz: 'uz', ru: 'ru', en: 'en' }, locale) as 'uz' | 'ru' | 'en';

const money = (column: string): string => `json_build_object('amount', ${column}, 'currency', 'UZS')`;

/** Columns of `item` that a card is made of. */
export const CARD_COLUMNS =
  'i.product_id, i.slug, i.title, i.brand, i.picture_id, i.store_id, i.store_slug, i.store_name, i.price_tiyin, i.compare_at_tiyin, i.age_min_months, i.info_mark, i.hazards, i.in_stock, i.variant_ids';

/** A product's card as JSON, made in the database: it goes out without being read here. */
export const cardJson = (language: string): string => `json_build_object(
  'id', product_id, 'slug', slug, 'title', title->>'${language}', 'brand', brand, 'pictureId', picture_id,
  'store', json_build_object('id', store_id, 'slug', store_slug, 'name', store_name->>'${language}'),
  'price', ${money('price_tiyin')}, 'compareAt', case when compare_at_tiyin is not null then ${money('compare_at_tiyin')} end,
  'ageMinMonths', age_min_months, 'infoMark', info_mark, 'hazards', to_json(hazards), 'inStock', in_stock,
  'variants', cardinality(variant_ids), 'variantId', case when cardinality(variant_ids) = 1 then variant_ids[1] end)`;

/** A list's money, for facets and suggestions. */
export const moneyJson = money;
