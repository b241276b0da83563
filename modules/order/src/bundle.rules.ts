import { textFor, vatIncluded, type Locale, type LocalText } from '@um/kernel';
import type { BundlePart } from '@um/product';
import type { z } from 'zod';
import type { PackedPart } from './contract.js';

/** A part of an ordered bundle: `qty` in one bundle, its share of the line's price and the VAT inside it, in tiyin. */
export interface OrderedPart {
  readonly variantId: string;
  readonly title: LocalText;
  readonly variantLabel: LocalText;
  readonly sku: string;
  readonly qty: number;
  readonly vatRate: number;
  readonly share: number;
  readonly vat: number;
}

/**
 * Shares the price of a line among the parts, by what each costs alone, so that the shares add up to it exactly; the VAT of each
 * share is rounded once.
 */
export function sharedAmong(parts: readonly BundlePart[], lineTotal: number): OrderedPart[] {
  const worth = parts.map((part) => BigInt(part.qty) * BigInt(part.priceTiyin));
  const all = worth.reduce((sum, one) => sum + one, 0n);
  let before = 0n;
  return parts.map(({ priceTiyin: _price, ...part }, place) => {
    const upTo = before + worth[place]!;
    const share = Number((BigInt(lineTotal) * upTo) / all - (BigInt(lineTotal) * before) / all);
    before = upTo;
    return { ...part, share, vat: vatIncluded(share, part.vatRate) };
  });
}

/** Units that leave the shelf for lines: of a bundle those of its parts. What is downloaded has none. */
export const unitsOf = (
  lines: readonly {
    readonly variantId: string;
    readonly qty: number;
    readonly digital: object | null;
    readonly parts: readonly OrderedPart[] | null;
  }[],
): { variantId: string; qty: number }[] =>
  lines.flatMap(({ variantId, qty, digital, parts }) => {
    if (digital) return [];
    return parts ? parts.map((part) => ({ variantId: part.variantId, qty: part.qty * qty })) : [{ variantId, qty }];
  });

/** What is packed for a line, in the reader's language. */
export const packedParts = (
  parts: readonly OrderedPart[] | null,
  qty: number,
  locale: Locale,
): z.infer<typeof PackedPart>[] =>
  (parts ?? []).map((part) => ({
    title: textFor(part.title, locale),
    variantLabel: textFor(part.variantLabel, locale),
    sku: part.sku,
    qty: part.qty * qty,
  }));
