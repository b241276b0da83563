/** Uzbekistan has one zone and no summer time: what is typed in the panel means Tashkent, wherever it is typed. */
const TASHKENT = 5 * 3_600_000;

/** A moment as a `datetime-local` field holds it, in Tashkent. */
export const fieldOf = (at: Date): string => new Date(at.getTime() + TASHKENT).toISOString().slice(0, 16);

/** The moment that a `datetime-local` field means, as ISO text; null when it is not filled in. */
export function momentOf(typed: string): string | null {
  const at = Date.parse(`${typed}+05:00`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
