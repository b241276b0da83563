import { isDeepStrictEqual } from 'node:util';
import type { SharedChanges } from './contract.js';

/** Everything of a product that its sellers share. */
export type Shared = Required<{ [K in keyof SharedChanges]: Exclude<SharedChanges[K], undefined> }>;
const FIELDS = ['title', 'description', 'brand', 'pictures', 'attributes'] as const satisfies (keyof Shared)[];

/** The product with what was approved. */
export const changed = (now: Shared, changes: SharedChanges): Shared =>
  Object.assign({}, now, changes as Partial<Shared>);

/** What of the wanted fields really differs, with what stands there now; null when nothing does. */
export function difference(
  now: Shared,
  wanted: SharedChanges,
): { readonly changes: SharedChanges; readonly before: SharedChanges } | null {
  const keys = FIELDS.filter((key) => wanted[key] !== undefined && !isDeepStrictEqual(wanted[key], now[key]));
  if (keys.length === 0) return null;
  const pick = (from: SharedChanges): SharedChanges => Object.fromEntries(keys.map((key) => [key, from[key]]));
  return { changes: pick(wanted), before: pick(now) };
}

/** True when a field that a request would change says something else than when it was asked. */
export const isStale = (now: Shared, before: SharedChanges): boolean =>
  FIELDS.some((key) => before[key] !== undefined && !isDeepStrictEqual(before[key], now[key]));
