import type { Keep } from './options.js';

/** A load under way. */
export interface Flight {
  promise: Promise<unknown>;
  readonly full: string;
  readonly keep: Keep;
  readonly area: string;
  readonly tags: readonly string[];
  /** Something of it was invalidated while it flew: its value is given to those who wait and kept nowhere. */
  dirty: boolean;
}
