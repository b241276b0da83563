import { markMonths, type Hazard, type InfoMark } from '@um/family';
import type { LocalText } from '@um/kernel';
import type { PriceStory } from './price.rules.js';
import type { State } from './product.schema.js';

/** A part as it stands now, as far as what is made of it must know. */
export interface StandingPart {
  readonly variantId: string;
  readonly slug: string;
  readonly title: LocalText;
  readonly options: string[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly sku: string;
  readonly pictureId: string | null;
  readonly qty: number;
  readonly price: number;
  readonly story: PriceStory | null;
  readonly vatRate: number;
  readonly state: State;
  readonly retired: boolean;
  /** It is downloaded, or made of others itself: then nothing can be made of it. */
  readonly unfit: boolean;
  readonly ageMinMonths: number;
  readonly infoMark: InfoMark | null;
  readonly hazards: Hazard[];
  readonly categoryPath: string[];
  readonly warnings: LocalText | null;
}

/** What of a product its parts may make stricter. */
interface Made {
  readonly state: State;
  readonly ageMinMonths: number;
  readonly infoMark: InfoMark | null;
  readonly hazards: Hazard[];
  readonly categoryPath: string[];
  readonly warnings: LocalText | null;
}

/**
 * True when a part may be sold inside a bundle that stands in a category. A parent hides categories: a part of another one
 * would come in unseen, so that a bundle's parts stand in its own category or above it.
 */
export const isSellable = (part: StandingPart, categoryPath: readonly string[]): boolean =>
  part.state === 'published' &&
  !part.retired &&
  !part.unfit &&
  part.categoryPath.every((id) => categoryPath.includes(id));

const stricter = (a: InfoMark | null, b: InfoMark | null): InfoMark | null => (markMonths(a) > markMonths(b) ? a : b);

/** A product as strict as the strictest of what it is made of; off sale while one of its parts is. */
export function madeOf<T extends Made>(own: T, parts: readonly StandingPart[]): T {
  if (parts.length === 0) return own;
  const whole = parts.every((part) => isSellable(part, own.categoryPath));
  return {
    ...own,
    state: own.state === 'published' && !whole ? 'in_review' : own.state,
    ageMinMonths: Math.max(own.ageMinMonths, ...parts.map((part) => part.ageMinMonths)),
    infoMark: parts.reduce((mark, part) => stricter(part.infoMark, mark), own.infoMark),
    hazards: [...new Set([...own.hazards, ...parts.flatMap((part) => part.hazards)])],
    warnings: own.warnings ?? parts.find((part) => part.warnings !== null)?.warnings ?? null,
  };
}
