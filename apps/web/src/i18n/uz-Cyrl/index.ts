import { cyrillic } from '@um/kernel/uzbek';
import type { Dictionary } from '../index.js';
import { dictionary as latin } from '../uz/index.js';

type Said = (...given: readonly unknown[]) => unknown;

/** The same texts in Cyrillic. What is put into one, such as a person's name, stays as its owner writes it. */
function written(value: unknown, keep: readonly string[] = []): unknown {
  if (typeof value === 'string') return cyrillic(value, keep);
  if (typeof value === 'function')
    return (...given: readonly unknown[]) =>
      written(
        (value as Said)(...given),
        given.filter((one) => typeof one === 'string'),
      );
  if (Array.isArray(value)) return value.map((item) => written(item, keep));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner, keep)]));
}

/** Uzbek (Cyrillic), made from the Latin one: there is no other source. */
export const dictionary = written(latin) as Dictionary;
