import { markMonths, type Hazard, type InfoMark } from '@um/family';
import type { Ctx, LocalText } from '@um/kernel';
import type { ShopTable, State } from './product.schema.js';

/** Every move a product can make; what is not here is refused. */
const MOVES: Readonly<Record<State, readonly State[]>> = {
  draft: ['in_review', 'archived'],
  in_review: ['published', 'rejected', 'archived'],
  published: ['in_review', 'recalled', 'archived'],
  rejected: ['in_review', 'archived'],
  recalled: [],
  archived: ['in_review'],
};
export const mayMove = (from: State, to: State): boolean => MOVES[from].includes(to);

/** What a product claims about its safety. */
export interface SafetyClaims {
  readonly ageMinMonths: number;
  readonly infoMark: InfoMark | null;
  readonly hazards: readonly Hazard[];
}

/** True when a product claims to be safer than before: for younger children, with a lower mark or fewer hazards (SAF-08, ABU-22). */
export const claimsSafer = (before: SafetyClaims, after: SafetyClaims): boolean =>
  after.ageMinMonths < before.ageMinMonths ||
  markMonths(after.infoMark) < markMonths(before.infoMark) ||
  before.hazards.some((hazard) => !after.hazards.includes(hazard));

/**
 * Where an import leaves a product. A new one of a verified store is published, any other waits for a moderator; so does one
 * that now claims to be safer. What a moderator refused is looked at again; what was recalled stays off sale.
 */
export function stateAfterImport(now: State | null, shop: ShopTable['state'], safer = false): State {
  if (now === null) return shop === 'verified' ? 'published' : 'in_review';
  if (now === 'recalled') return now;
  return now === 'published' && !safer ? 'published' : 'in_review';
}

/** The state others see: nothing of a store that may not sell is on sale. */
export const shownState = (state: State, shop: ShopTable['state']): State =>
  state === 'published' && shop !== 'verified' ? 'in_review' : state;

/** What a variant is called beside its product's title: its choices, in the order of the options. Empty for the only one. */
export function variantLabel(options: readonly string[], chosen: Readonly<Record<string, string>>): LocalText {
  const label = options.map((name) => chosen[name]).join(' / ');
  return { uz: label, ru: label, en: label };
}

/** Whose groups count: an adult's who is signed in. A child asks for what everybody pays, and so does the platform itself. */
export const buyerOf = (ctx: Ctx): string | null => (ctx.child ? null : ctx.actor);
