import type { Condition } from '@um/product';

/** A listing that competes for the place of the one that is bought. */
export interface Candidate {
  readonly listingId: string;
  /** Something of it can be had now. */
  readonly available: boolean;
  readonly condition: Condition;
  /** What it costs everybody, in tiyin. Delivery is paid once for a whole order, whoever sells: it makes no difference. */
  readonly price: number;
  /** Days from the order to the door. */
  readonly deliveryDays: number;
  /** Since when it is offered, in ms. */
  readonly since: number;
}

const WORTH: Readonly<Record<Condition, number>> = { new: 0, refurbished: 1, used: 2 };

/**
 * The order of the buy box, the winner first: what can be had before what cannot; new before refurbished before used; the
 * lower price; the quicker delivery; who has offered it longer; and where all that is equal, the smaller id, so that the same
 * listings always stand in the same order.
 */
export const byMerit = (a: Candidate, b: Candidate): number =>
  Number(b.available) - Number(a.available) ||
  WORTH[a.condition] - WORTH[b.condition] ||
  a.price - b.price ||
  a.deliveryDays - b.deliveryDays ||
  a.since - b.since ||
  (a.listingId < b.listingId ? -1 : a.listingId > b.listingId ? 1 : 0);

/** The listing that is bought when nobody chooses another; undefined when there is none. */
export const winnerOf = <T extends Candidate>(candidates: readonly T[]): T | undefined =>
  candidates.toSorted(byMerit)[0];
