import { markMonths, type Hazard, type InfoMark } from '@um/family';
import type { LocalText } from '@um/kernel';
import type { State } from './product.schema.js';

/** What a listing says of the thing itself. */
export interface Described {
  readonly slug: string;
  readonly state: State;
  readonly title: LocalText;
  readonly ageMinMonths: number;
  readonly infoMark: InfoMark | null;
  readonly hazards: Hazard[];
  readonly categoryPath: string[];
  readonly warnings: LocalText | null;
}
/** The product that an offer is of. */
export interface Master extends Described {
  readonly id: string;
  readonly pictures: string[];
}
const stricter = (a: InfoMark | null, b: InfoMark | null): InfoMark | null => (markMonths(a) > markMonths(b) ? a : b);

/**
 * A listing as it may be shown and sold. An offer takes over what its master says; of what is for safety the stricter counts,
 * so that no offer is laxer than its master, whatever its seller claims. It is on sale only while its master is.
 */
export function inherited<T extends Described & { readonly master: Master | null }>(own: T): T {
  const { master } = own;
  if (master === null) return own;
  return {
    ...own,
    slug: master.slug,
    title: master.title,
    categoryPath: master.categoryPath,
    state: own.state === 'published' ? master.state : own.state,
    ageMinMonths: Math.max(own.ageMinMonths, master.ageMinMonths),
    infoMark: stricter(own.infoMark, master.infoMark),
    hazards: [...new Set([...master.hazards, ...own.hazards])],
    warnings: master.warnings ?? own.warnings,
  };
}
