import type { Explained } from './contract.js';
import type { Ranked } from './rank.rules.js';
import type { Reading } from './terms.rules.js';

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Why a search answers what it answers, in the order of the answers. */
export function explained(
  { terms }: Reading,
  ranked: readonly Ranked[],
  titles: ReadonlyMap<string, { title: string; slug: string }>,
  corrected: string | null,
): Explained {
  return {
    corrected,
    words: terms.map(({ typed, idf, products, forms }) => ({
      typed,
      rarity: round(idf),
      products,
      forms: forms.map(({ key, kind, weight }) => ({ word: key, kind, weight: round(weight) })),
    })),
    products: ranked
      .filter(({ candidate }) => titles.has(candidate.id))
      .map(({ candidate, text, availability, popularity, freshness, key }) => ({
        id: candidate.id,
        ...titles.get(candidate.id)!,
        found: candidate.found,
        score: round(key / 1e6),
        text: round(text.points),
        pairs: round(text.pairs),
        coverage: round(text.coverage),
        availability: round(availability),
        popularity: round(popularity),
        freshness: round(freshness),
        words: text.terms.map(({ typed, field, kind, key: word, points }) => ({
          typed,
          field,
          kind,
          word,
          points: round(points),
        })),
      })),
  };
}
