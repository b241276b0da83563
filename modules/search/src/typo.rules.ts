/** A word of the catalog that a misspelt one may have meant. */
export interface Near {
  readonly word: string;
  readonly shown: string;
  /** How many products have it in their name. */
  readonly products: number;
}

/** Single letters to add, drop, change or swap with their neighbour, until one word is the other (optimal string alignment). */
export function distance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** So many slips are forgiven in a word: none in a very short one. */
const forgiven = (length: number): number => (length < 3 ? 0 : length < 5 ? 1 : length < 10 ? 2 : 3);

/** The word that was meant, or null when nothing is near enough. Of equally near ones the one with more products. */
export function meant(typed: string, candidates: readonly Near[]): Near | null {
  const near = candidates
    .map((candidate) => ({ candidate, slips: distance(typed, candidate.word) }))
    .filter(({ slips }) => slips <= forgiven(typed.length))
    .toSorted(
      (x, y) =>
        x.slips - y.slips ||
        y.candidate.products - x.candidate.products ||
        x.candidate.word.localeCompare(y.candidate.word),
    );
  return near[0]?.candidate ?? null;
}
