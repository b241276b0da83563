import { maySee, type Viewer } from '@um/family';
import { money, textFor, type Locale, type LocalText } from '@um/kernel';
import { unitPrice, type VariantInfo } from '@um/product';
import type { z } from 'zod';
import { MAX_LINES, MAX_QTY, type CartLineView, type CartView } from './contract.js';

/** A line as it is stored: what somebody put in, and what a single unit cost then, in tiyin. */
export interface Line {
  readonly id: string;
  readonly variantId: string;
  readonly qty: number;
  readonly price: number;
}

/** What a cart is read against: who looks, the products as they are now, and what is in stock. */
export interface Shelf {
  readonly viewer: Viewer;
  readonly variants: ReadonlyMap<string, VariantInfo>;
  readonly available: ReadonlyMap<string, number>;
}

export type Problem = NonNullable<z.infer<typeof CartLineView>['problem']>;

/** The variant when this viewer may buy it now; undefined when it is unknown, not on sale, or hidden from them. */
export function offered(shelf: Shelf, variantId: string): VariantInfo | undefined {
  const variant = shelf.variants.get(variantId);
  return variant?.state === 'published' && maySee(shelf.viewer, variant.facts) ? variant : undefined;
}

/** How many units of a variant may be had now. What is downloaded never sells out, and one copy of it is enough. */
export function freeUnits({ variants, available }: Shelf, variantId: string): number {
  return variants.get(variantId)?.digital ? 1 : Math.max(0, available.get(variantId) ?? 0);
}

/** What keeps a line from being ordered now; null when nothing does. */
export function problemOf(shelf: Shelf, line: Line): Problem | null {
  const variant = shelf.variants.get(line.variantId);
  if (variant?.state !== 'published') return 'not_available';
  if (!maySee(shelf.viewer, variant.facts)) return 'not_for_you';
  const available = freeUnits(shelf, line.variantId);
  if (available === 0) return 'sold_out';
  return available < line.qty ? 'not_enough' : null;
}

const NOTHING = '00000000-0000-0000-0000-000000000000';
const GONE: LocalText = {
  uz: 'Bu mahsulotni hozir olib boʻlmaydi',
  ru: 'Этот товар сейчас недоступен',
  en: 'This item is not available now',
};

/** A line whose product may not be shown: neither its name nor its picture nor its price is told. */
const hiddenLine = (line: Line, problem: Problem, locale: Locale): z.infer<typeof CartLineView> => ({
  id: line.id,
  variantId: line.variantId,
  productId: NOTHING,
  slug: '',
  title: textFor(GONE, locale),
  variantLabel: '',
  store: { id: NOTHING, name: '' },
  pictureId: null,
  qty: line.qty,
  unitPrice: money(0),
  lineTotal: money(0),
  problem,
  available: 0,
  digital: false,
  parts: [],
  priceBefore: null,
});

/** A line at today's price, in the reader's language. */
export function lineView(shelf: Shelf, line: Line, locale: Locale): z.infer<typeof CartLineView> {
  const variant = offered(shelf, line.variantId);
  const problem = problemOf(shelf, line);
  if (!variant) return hiddenLine(line, problem ?? 'not_available', locale);
  const unit = unitPrice(variant, line.qty);
  return {
    id: line.id,
    variantId: line.variantId,
    productId: variant.productId,
    slug: variant.slug,
    title: textFor(variant.title, locale),
    variantLabel: textFor(variant.variantLabel, locale),
    store: { id: variant.storeId, name: textFor(variant.storeName, locale) },
    pictureId: variant.pictureId,
    qty: line.qty,
    unitPrice: money(unit),
    lineTotal: money(unit * line.qty),
    problem,
    available: freeUnits(shelf, line.variantId),
    digital: variant.digital !== null,
    parts: variant.parts.map((part) => ({ title: textFor(part.title, locale), qty: part.qty * line.qty })),
    priceBefore: line.price === unitPrice(variant, 1) ? null : money(line.price),
  };
}

/** The whole cart at today's prices. `goods` counts the lines that can be ordered. */
export function cartView(shelf: Shelf, cartId: string | null, lines: readonly Line[], locale: Locale): CartView {
  const views = lines.map((line) => lineView(shelf, line, locale));
  const good = views.filter((view) => view.problem === null);
  return {
    id: cartId,
    lines: views,
    count: views.reduce((sum, view) => sum + view.qty, 0),
    goods: money(good.reduce((sum, view) => sum + view.lineTotal.amount, 0)),
    orderable: views.length > 0 && good.length === views.length,
  };
}

/**
 * The lines a person's cart gets from the cart they filled before signing in. Of the same variant the larger quantity stays:
 * signing in never doubles what somebody meant to buy. What does not fit any more is left out.
 */
export function mergeLines(mine: readonly Line[], guests: readonly Line[]): Line[] {
  const known = new Map(mine.map((line) => [line.variantId, line]));
  const same = guests.filter((line) => known.has(line.variantId) && line.qty > known.get(line.variantId)!.qty);
  const fresh = guests.filter((line) => !known.has(line.variantId)).slice(0, Math.max(0, MAX_LINES - mine.length));
  return [...same, ...fresh].map((line) => ({ ...line, qty: Math.min(MAX_QTY, line.qty) }));
}
