/** Moments are milliseconds since 1970, prices tiyin with VAT. */
export interface BasePrice {
  readonly since: number;
  readonly price: number;
  /** An earlier price that the seller claims. */
  readonly claim: number | null;
}
export interface Sale {
  readonly price: number;
  readonly from: number;
  /** The first moment at which it is over. */
  readonly until: number;
}
/** Everything a variant's price follows from: base prices by time, at least one, and sales that do not overlap. */
export interface PriceStory {
  readonly bases: readonly BasePrice[];
  readonly sales: readonly Sale[];
}

/** What a shopper is told of a price. */
export interface PriceTag {
  readonly price: number;
  /** The earlier price that may be struck out; null when nothing proves one. */
  readonly compareAt: number | null;
  /** The lowest price of the thirty days before the price went down; null when nothing was taken off, or nobody knows. */
  readonly lowest30: number | null;
  readonly saleEndsAt: number | null;
}

/** From a moment on a variant cost so much. */
export interface PriceStep {
  readonly from: number;
  readonly price: number;
}

const DAY = 86_400_000;
/** A reduction is measured against the lowest price of so many days before it (Directive 98/6/EC, article 6a). */
export const REFERENCE = 30 * DAY;
/** A thing that was offered for less than this proves no earlier price: raising a price for an evening is no way to a sale. */
export const PROVEN = 7 * DAY;

const baseAt = ({ bases }: PriceStory, at: number): BasePrice =>
  bases.findLast((base) => base.since <= at) ?? bases[0]!;

const saleAt = ({ sales }: PriceStory, at: number): Sale | undefined =>
  sales.find((sale) => sale.from <= at && at < sale.until);

/** What a variant costs at a moment. A base price that sinks below a sale counts: a sale never makes anything dearer. */
export function priceAt(story: PriceStory, at: number): number {
  const base = baseAt(story, at).price;
  return Math.min(base, saleAt(story, at)?.price ?? base);
}

/** Every price a variant had up to a moment, each with the moment it began; neighbours differ. */
export function priceSteps(story: PriceStory, until: number): PriceStep[] {
  const first = story.bases[0]!.since;
  const moments = [...story.bases.map((base) => base.since), ...story.sales.flatMap((sale) => [sale.from, sale.until])];
  const ordered = [...new Set(moments)].filter((at) => at >= first && at <= until).toSorted((a, b) => a - b);
  const steps: PriceStep[] = [];
  for (const from of ordered) {
    const price = priceAt(story, from);
    if (steps.at(-1)?.price !== price) steps.push({ from, price });
  }
  return steps;
}

/** The lowest price in the thirty days before a moment; null when the thing was not offered long enough to prove one. */
export function lowestBefore(story: PriceStory, moment: number): number | null {
  if (moment - story.bases[0]!.since < PROVEN) return null;
  const steps = priceSteps(story, moment - 1);
  const began = steps.findLastIndex((step) => step.from <= moment - REFERENCE);
  return Math.min(...steps.slice(Math.max(0, began)).map((step) => step.price));
}

/** When the price last went down to what it is, if somebody says that it did: a sale, or a claimed earlier price. */
function reduction(story: PriceStory, at: number): { from: number; claim: number } | null {
  const sale = saleAt(story, at);
  const base = baseAt(story, at);
  if (sale && sale.price < base.price) return { from: sale.from, claim: base.price };
  const from = priceSteps(story, at).at(-1)?.from ?? at;
  return base.claim === null || at - from >= REFERENCE ? null : { from, claim: base.claim };
}

/**
 * What a shopper is told at a moment. Struck out is the claimed price, but never more than the lowest of the thirty days
 * before, and nothing when that is not higher than what is asked now.
 */
export function tagAt(story: PriceStory, at: number): PriceTag {
  const price = priceAt(story, at);
  const sale = saleAt(story, at);
  const cut = reduction(story, at);
  const lowest30 = cut && lowestBefore(story, cut.from);
  const proven = cut === null || lowest30 === null ? null : Math.min(cut.claim, lowest30);
  return {
    price,
    compareAt: proven !== null && proven > price ? proven : null,
    lowest30,
    saleEndsAt: sale && sale.price < baseAt(story, at).price ? sale.until : null,
  };
}

/** A variant as it is read: its base price, and its story where a sale or a claim makes it matter. */
export interface StoriedPrice {
  readonly price: number;
  readonly story: PriceStory | null;
}

/** The tag of a variant; without a story its base price is all there is to say. */
export const tagOf = ({ price, story }: StoriedPrice, at: Date): PriceTag =>
  story === null ? { price, compareAt: null, lowest30: null, saleEndsAt: null } : tagAt(story, at.getTime());

/** What the product itself is listed at: the tag of its cheapest variant; null when it has none. */
export function listedTag(variants: readonly StoriedPrice[], at: Date): PriceTag | null {
  const tags = variants.map((variant) => tagOf(variant, at));
  return tags.toSorted((a, b) => a.price - b.price || (b.compareAt ?? 0) - (a.compareAt ?? 0))[0] ?? null;
}
