import type { Feature } from '@um/product';
import type { Dictionary } from '../i18n/index.js';

type Words = Readonly<Record<string, string>>;

/** What an attribute or an option is called. */
export const attributeName = (name: string, t: Dictionary): string => (t.attributes.names as Words)[name] ?? name;

/** A line of a product's details: the name of a choice, a figure with its unit, else as the words of the shop have it. */
export function featureValue({ code, value, text, unit }: Omit<Feature, 'name' | 'hex'>, t: Dictionary): string {
  if (text !== null) return text;
  if (typeof value === 'boolean') return value ? t.product.yes : t.product.no;
  if (typeof value === 'string') return valueWord(value, t);
  const known = unit ?? (t.attributes.units as Words)[code];
  return known ? `${value} ${known}` : String(value);
}

/** One value of an option. */
export const valueWord = (value: string, t: Dictionary): string => (t.attributes.values as Words)[value] ?? value;

/** What a variant is called beside its product: "blue / 104" in words. */
export const variantWords = (label: string, t: Dictionary): string =>
  label
    .split(' / ')
    .map((value) => valueWord(value, t))
    .join(', ');
