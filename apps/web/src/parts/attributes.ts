import type { Dictionary } from '../i18n/index.js';

type Words = Readonly<Record<string, string>>;

/** What an attribute or an option is called. */
export const attributeName = (name: string, t: Dictionary): string => (t.attributes.names as Words)[name] ?? name;

/** A value in words: known words in the reader's language, figures with their unit, anything else as the seller wrote it. */
export function attributeValue(name: string, value: string | number | boolean, t: Dictionary): string {
  if (typeof value === 'boolean') return value ? t.product.yes : t.product.no;
  if (typeof value === 'string') return valueWord(value, t);
  const unit = (t.attributes.units as Words)[name];
  return unit ? `${value} ${unit}` : String(value);
}

/** One value of an option. */
export const valueWord = (value: string, t: Dictionary): string => (t.attributes.values as Words)[value] ?? value;

/** What a variant is called beside its product: "blue / 104" in words. */
export const variantWords = (label: string, t: Dictionary): string =>
  label
    .split(' / ')
    .map((value) => valueWord(value, t))
    .join(', ');
