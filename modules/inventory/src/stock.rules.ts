/** So few units left are worth a word to the seller. */
export const LOW_AT = 3;

/** True when a change brought the units down to the low mark, so that each fall is told once. */
export const fellLow = (before: number, after: number): boolean => before > LOW_AT && after <= LOW_AT;

/** One line per variant: the same variant twice is asked for once, with both quantities. */
export function mergedLines(lines: readonly { variantId: string; qty: number }[]): {
  variantIds: string[];
  quantities: number[];
} {
  const units = new Map<string, number>();
  for (const { variantId, qty } of lines) units.set(variantId, (units.get(variantId) ?? 0) + qty);
  return { variantIds: [...units.keys()], quantities: [...units.values()] };
}
