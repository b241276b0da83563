/** A price for somebody who buys at least so many, in tiyin. */
export interface Tier {
  readonly minQty: number;
  readonly priceTiyin: number;
}

/** What one unit costs when so many are bought: the lowest of what everybody pays and what this buyer's groups are granted. */
export const unitPrice = (
  { priceTiyin, tiers }: { readonly priceTiyin: number; readonly tiers: readonly Tier[] },
  qty: number,
): number => Math.min(priceTiyin, ...tiers.filter((tier) => tier.minQty <= qty).map((tier) => tier.priceTiyin));

/** The tiers that make a difference, the smallest quantity first: each is lower than everybody's price and than any for fewer. */
export function usefulTiers(priceTiyin: number, tiers: readonly Tier[]): Tier[] {
  const useful: Tier[] = [];
  for (const tier of tiers.toSorted((a, b) => a.minQty - b.minQty || a.priceTiyin - b.priceTiyin))
    if (tier.priceTiyin < (useful.at(-1)?.priceTiyin ?? priceTiyin)) useful.push(tier);
  return useful;
}
