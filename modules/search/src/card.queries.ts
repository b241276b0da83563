import { writtenOf, type Locale } from '@um/kernel';

/**
 * A text of a column in a locale: one language of it, or for Cyrillic Uzbek the whole of it, which is written on its way out
 * (see `scripted`). Locales come from our own list, so they may stand in a statement.
 */
export const textIn = (column: string, locale: Locale): string =>
  locale === 'uz-Cyrl' ? column : `${column}->>'${writtenOf(locale)}'`;

/** An object of named values as JSON without a needless space, which is a sixth of a list. */
const object = (columns: string): string => `(select row_to_json(o) from (select ${columns}) o)`;

/** Money as JSON. */
export const moneyJson = (amount: string): string => object(`${amount} as amount, 'UZS'::text as currency`);

/** Columns of `item` that a card is made of. */
export const CARD_COLUMNS =
  'i.product_id, i.slug, i.title, i.brand, i.picture_id, i.store_id, i.store_slug, i.store_name, i.price_tiyin, i.compare_at_tiyin, i.age_min_months, i.info_mark, i.hazards, i.in_stock, i.variant_ids';

/** A product's card as JSON, made in the database: it goes out without being read here. */
export const cardJson = (locale: Locale): string =>
  object(`product_id as id, slug, ${textIn('title', locale)} as title, brand, picture_id as "pictureId",
  ${object(`store_id as id, store_slug as slug, ${textIn('store_name', locale)} as name`)} as store,
  ${moneyJson('price_tiyin')} as price, case when compare_at_tiyin is not null then ${moneyJson('compare_at_tiyin')} end as "compareAt",
  age_min_months as "ageMinMonths", info_mark as "infoMark", hazards, in_stock as "inStock",
  cardinality(variant_ids) as variants, case when cardinality(variant_ids) = 1 then variant_ids[1] end as "variantId"`);
