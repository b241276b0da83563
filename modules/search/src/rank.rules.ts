import type { SortBy } from './list.rules.js';
import { Matcher, textScore, WEIGHTS, type Term, type TextScore } from './score.rules.js';

/** A product that the index of words found, as it is weighed. */
export interface Candidate {
  readonly id: string;
  /** How it was found: by a code of its own, by all words, or by some of them. */
  readonly found: 'code' | 'all' | 'some';
  readonly inStock: boolean;
  readonly popularity: number;
  readonly createdMs: number;
  readonly priceTiyin: number;
  /** Passes the filter that facets leave out. */
  readonly chosen: boolean;
  readonly names: string;
}

/** Everything that a product's place in a search is made of. */
export interface Ranked {
  readonly candidate: Candidate;
  readonly text: TextScore;
  readonly availability: number;
  readonly popularity: number;
  readonly freshness: number;
  /** What it is sorted by: whole, so that a cursor can hold it. */
  readonly key: number;
}

const DAY_MS = 86_400_000;
const FRESH_DAYS = 30;
/** Sold units at which half of what popularity may add is reached, in points of popularity. */
const POPULAR = 2_000_000;
/** What a product is shown for that has the very code that was typed. */
const CODE = 1_000;
/** Products that fit less than this part of the best one are not shown, unless they have every word. */
const WORTH_SHOWING = 0.2;

function ranked(candidate: Candidate, matcher: Matcher, today: number): Ranked {
  const text = textScore(candidate.names, matcher, candidate.found === 'all');
  const availability = candidate.inStock ? 1 : WEIGHTS.soldOut;
  const popularity = 1 + (WEIGHTS.popularity * candidate.popularity) / (candidate.popularity + POPULAR);
  const days = Math.max(0, (today - candidate.createdMs) / DAY_MS);
  const freshness = 1 + WEIGHTS.freshness * Math.exp(-days / FRESH_DAYS);
  const points = text.points * availability * popularity * freshness + (candidate.found === 'code' ? CODE : 0);
  return { candidate, text, availability, popularity, freshness, key: Math.round(points * 1e6) };
}

/** What a search is weighed by that products which come and go would change: a cursor keeps it, so that pages of one search agree. */
export interface Measure {
  /** The day that freshness is told from, in ms. */
  readonly today: number;
  /** What the best product is worth; what is worth much less is not shown. */
  readonly best: number | null;
  /** How rare each word is. */
  readonly rarities: readonly number[];
}

/** The measure of a search that begins now. */
export const measureOf = (terms: readonly Term[], now: Date): Measure => ({
  today: Math.floor(now.getTime() / DAY_MS) * DAY_MS,
  best: null,
  rarities: terms.map((term) => term.idf),
});

/** The measure that a cursor keeps behind the keys of its last row; undefined when the words are read otherwise by now. */
export function keptMeasure(after: readonly (string | number)[] | null, words: number): Measure | undefined {
  const [, , today, best, ...rarities] = (after ?? []).map(Number);
  if (today === undefined || best === undefined || rarities.length !== words) return undefined;
  return { today, best, rarities };
}

/** Everything worth showing, best first, with the measure that further pages need. */
export function ranking(
  candidates: readonly Candidate[],
  terms: readonly Term[],
  measure: Measure,
): { rows: Ranked[]; measure: Measure; matcher: Matcher } {
  const matcher = new Matcher(terms.map((term, n) => ({ ...term, idf: measure.rarities[n]! })));
  const all = new Map<string, Ranked>();
  for (const candidate of candidates)
    if (!all.has(candidate.id)) all.set(candidate.id, ranked(candidate, matcher, measure.today));
  const best = measure.best ?? [...all.values()].reduce((most, { text }) => Math.max(most, text.points), 0);
  const rows = [...all.values()]
    .filter(({ candidate, text }) => candidate.found !== 'some' || text.points > best * WORTH_SHOWING)
    .toSorted((a, b) => b.key - a.key || (a.candidate.id < b.candidate.id ? 1 : -1));
  return { rows, measure: { ...measure, best }, matcher };
}

const KEYS: Readonly<Record<SortBy, (row: Ranked) => number>> = {
  relevance: (row) => row.key,
  new: (row) => row.candidate.createdMs,
  popular: (row) => row.candidate.popularity,
  price_asc: (row) => row.candidate.priceTiyin,
  price_desc: (row) => row.candidate.priceTiyin,
};

/** One page of what was found, in a sort, after a row; with the keys that cursors hold. */
export function pageOf(
  rows: readonly Ranked[],
  sort: SortBy,
  after: readonly (string | number)[] | null,
  limit: number,
): { page: { id: string; key: number }[]; more: boolean } {
  const down = sort === 'price_asc' ? 1 : -1;
  const compare = (a: { id: string; key: number }, b: { id: string; key: number }): number =>
    down * (a.key - b.key || (a.id < b.id ? -1 : Number(a.id > b.id)));
  const keyed = rows.map((row) => ({ id: row.candidate.id, key: KEYS[sort](row) })).toSorted(compare);
  const last = after && { key: Number(after[0]), id: String(after[1]) };
  const rest = last ? keyed.filter((row) => compare(row, last) > 0) : keyed;
  return { page: rest.slice(0, limit), more: rest.length > limit };
}
