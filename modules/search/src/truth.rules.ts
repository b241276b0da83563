import type { ProductDoc } from '@um/product';
import { isDeepStrictEqual } from 'node:util';
import { itemOf, SHOWN } from './item.rules.js';

/** The names of columns in which a row says something else than its product. */
export function differences(doc: ProductDoc, shown: Readonly<Record<string, unknown>>): string[] {
  const row = itemOf(doc);
  return SHOWN.filter((column) => !isDeepStrictEqual(row[column], shown[column]));
}
