/** Asked before the reader leaves a place with unsaved work: true lets the reader go, false keeps the reader here for now. */
export type Guard = (href: string) => boolean;

let guard: Guard | null = null;

/** Sets who is asked, until the answer is called. */
export function guardLeaving(asked: Guard): () => void {
  guard = asked;
  return () => {
    if (guard === asked) guard = null;
  };
}

/** True when the reader may go to an address now. */
export const mayLeave = (href: string): boolean => guard === null || guard(href);
