import type { ProductDoc } from '@um/product';
import { isDeepStrictEqual } from 'node:util';
import { itemOf } from './item.rules.js';

/** Columns of a row that the truth alone decides: all that lists show, sort and filter by. */
export const COMPARED = [
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

/** The names of columns in which a row says something else than its product. */
export function differences(doc: ProductDoc, shown: Readonly<Record<string, unknown>>): string[] {
  const row = itemOf(doc);
  return COMPARED.filter((column) => !isDeepStrictEqual(row[column], shown[column]));
}
