import { textFor, type Locale } from '@um/kernel';
import type { Store, StoreView } from './contract.js';

const DAY_MS = 24 * 3_600_000;

type State = Store['state'];

/** The states a store may go to from each state. */
const MOVES: Readonly<Record<State, readonly State[]>> = {
  pending: ['verified', 'suspended'],
  verified: ['suspended'],
  suspended: ['verified'],
};

/** True when a store may go from one state to the other. */
export const mayMove = (from: State, to: State): boolean => MOVES[from].includes(to);

/** A store as shoppers see it, in their language; null while it may not sell. */
export function viewOf(store: Store, locale: Locale): StoreView | null {
  if (store.state !== 'verified') return null;
  const { id, slug, name, description, city, createdAt } = store;
  return {
    id,
    slug,
    name: textFor(name, locale),
    description: textFor(description, locale),
    city: textFor(city, locale),
    since: createdAt,
  };
}

/** When new terms start: as wished, or now. Undefined when they would start in the past: what was sold keeps its terms. */
export function startOfTerms(wish: string | undefined, now: Date): Date | undefined {
  const start = wish === undefined ? now : new Date(wish);
  return start < now ? undefined : start;
}

/** When a new store's first terms start: with its day, so that a process whose clock is a little behind finds them too. */
export const firstTerms = (openedAt: Date): Date => new Date(Math.floor(openedAt.getTime() / DAY_MS) * DAY_MS);
