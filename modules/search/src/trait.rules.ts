import type { ProductDoc } from '@um/product';

type Traits = Readonly<Record<string, string | number | boolean>>;

/** Longer texts are read, not filtered by. */
export const LONGEST = 60;
const MOST_VALUES = 20;
const RANGE = /^(-?\d{1,15}(?:\.\d{1,9})?)?\.\.(-?\d{1,15}(?:\.\d{1,9})?)?$/;

/** What filters and counts know of a product's attributes. */
export const traitsOf = (attributes: ProductDoc['attributes']): Traits =>
  Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => typeof value !== 'string' || value.length <= LONGEST),
  );

/** The word that stands in the index for one attribute with one value; nobody can type it. */
export const mark = (code: string, value: string): string => `~a:${code}=${value}`;

/** Words that stand for a product's attributes in the index. */
export const traitMarks = (traits: Traits): string[] =>
  Object.entries(traits).map(([code, value]) => mark(code, String(value)));

/** What one filter asks of one attribute: one of some values, or a number between two, both included. */
export type TraitAsk = { readonly anyOf: readonly string[] } | { readonly min?: number; readonly max?: number };

/** Reads a filter's text: `red`, `red,blue`, `10..60`, `10..`, `..60`. */
export function traitAsk(text: string): TraitAsk {
  const range = RANGE.exec(text);
  if (range && (range[1] !== undefined || range[2] !== undefined))
    return {
      ...(range[1] === undefined ? {} : { min: Number(range[1]) }),
      ...(range[2] === undefined ? {} : { max: Number(range[2]) }),
    };
  return {
    anyOf: text
      .split(',')
      .map((value) => value.trim())
      .slice(0, MOST_VALUES),
  };
}
