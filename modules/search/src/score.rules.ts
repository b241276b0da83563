import type { Language } from './stem.rules.js';
import { saysNothing } from './words.rules.js';

/** Every weight of the ranking; the README tells what each is for. */
export const WEIGHTS = {
  /** How much a second mention of a word adds, and how fast that ends. */
  repetition: 0.5,
  /** How much a long name weighs its words down: 0 not at all, 1 in full. */
  length: 0.55,
  /** Words of a name that is neither short nor long. */
  usualLength: 10,
  stem: 0.92,
  brand: 0.8,
  category: 0.35,
  /** A word that is found only in the description or a code, where all words are found. */
  description: 0.15,
  /** Two words of the query that stand side by side in the name, in order. */
  pair: 0.3,
  /** The same words near each other, in any order. */
  near: 0.1,
  /** What part of the score depends on how much of the query is found at all. */
  coverage: 0.3,
  soldOut: 0.6,
  popularity: 0.05,
  freshness: 0.02,
} as const;

export type MatchKind = 'word' | 'stem' | 'correction' | 'beginning' | 'joined' | 'synonym';

/** One way in which a word of a query may be found. */
export interface Form {
  readonly key: string;
  readonly stems: readonly { readonly language: Language; readonly stem: string }[];
  readonly kind: MatchKind;
  /** 1 for the word itself, less for what it may have meant. */
  readonly weight: number;
}

/** A word of a query as it is weighed. */
export interface Term {
  readonly typed: string;
  readonly forms: readonly Form[];
  /** How rare the word is: 0 when everything has it. */
  readonly idf: number;
  /** How many products have it in their name, about. */
  readonly products: number;
}

/** How rare a word is that so many of all products have. */
export const rarity = (products: number, all: number): number =>
  Math.log(1 + (Math.max(all, products) - products + 0.5) / (products + 0.5));

interface Hit {
  readonly term: number;
  readonly form: Form;
  readonly weight: number;
  readonly kind: MatchKind;
}

/** Finds words of a query among the words of names. */
export class Matcher {
  readonly #keys = new Map<string, Hit[]>();
  readonly #stems = new Map<string, Hit[]>();

  constructor(readonly terms: readonly Term[]) {
    for (const [term, { forms }] of terms.entries()) {
      for (const form of forms) {
        this.#put(this.#keys, form.key, { term, form, weight: form.weight, kind: form.kind });
        const kind = form.kind === 'word' ? 'stem' : form.kind;
        for (const { language, stem } of form.stems) {
          const hit = { term, form, weight: form.weight * WEIGHTS.stem, kind };
          this.#put(this.#stems, `${language}${stem}`, hit);
          if (stem !== form.key) this.#put(this.#keys, stem, hit);
        }
      }
    }
  }

  #put(map: Map<string, Hit[]>, word: string, hit: Hit): void {
    const hits = map.get(word) ?? [];
    const rival = hits.findIndex((other) => other.term === hit.term);
    if (rival === -1) hits.push(hit);
    else if (hits[rival]!.weight < hit.weight) hits[rival] = hit;
    map.set(word, hits);
  }

  /** What a word of a name, with its stem in the language of the name, answers. */
  hits(key: string, language: string, stem: string): readonly Hit[] {
    const exact = this.#keys.get(key) ?? NONE;
    const stemmed = this.#stems.get(language + stem) ?? NONE;
    if (stemmed.length === 0) return exact;
    if (exact.length === 0) return stemmed;
    return [
      ...exact,
      ...stemmed.filter((hit) => !exact.some((other) => other.term === hit.term && other.weight >= hit.weight)),
    ];
  }
}
const NONE: readonly Hit[] = [];

/** Where a term was found in one field, and how well. */
interface Found {
  hit: Hit;
  times: number;
  places: number[];
}

/** What a term contributed to a score. */
export interface TermScore {
  readonly typed: string;
  readonly idf: number;
  readonly field: 'name' | 'brand' | 'category' | 'description' | null;
  readonly kind: MatchKind | null;
  readonly key: string | null;
  readonly points: number;
}

/** How well a name fits a query, and why. */
export interface TextScore {
  readonly points: number;
  readonly terms: readonly TermScore[];
  readonly pairs: number;
  readonly coverage: number;
}

function read(line: string, matcher: Matcher): { found: Map<number, Found>; length: number } {
  const found = new Map<number, Found>();
  const language = line.startsWith('b:') || line.startsWith('c:') ? 'en' : line.slice(0, 2);
  let length = 0;
  let place = 0;
  for (const token of line.slice(line.indexOf(':') + 1).split(' ')) {
    if (token === '') continue;
    const cut = token.indexOf('/');
    const key = cut === -1 ? token : token.slice(0, cut);
    const hits = matcher.hits(key, language, cut === -1 ? key : token.slice(cut + 1));
    if (!saysNothing(key)) length += 1;
    place += 1;
    for (const hit of hits) {
      const old = found.get(hit.term);
      if (!old) found.set(hit.term, { hit, times: 1, places: [place] });
      else {
        old.times += 1;
        old.places.push(place);
        if (hit.weight > old.hit.weight) old.hit = hit;
      }
    }
  }
  return { found, length };
}

/** How much a word found so many times in a name of so many words counts; 1 for once in a usual one. */
function saturation(times: number, length: number): number {
  const { repetition, length: b, usualLength } = WEIGHTS;
  return (times * (1 + repetition)) / (times + repetition * (1 - b + (b * length) / usualLength));
}

/** What words of the query that stand together in the name add. */
function pairPoints(terms: readonly Term[], found: ReadonlyMap<number, Found>): number {
  let points = 0;
  for (let term = 1; term < terms.length; term += 1) {
    const left = found.get(term - 1);
    const right = found.get(term);
    if (!left || !right || left.hit.form === right.hit.form) continue;
    const worth = Math.min(terms[term - 1]!.idf * left.hit.weight, terms[term]!.idf * right.hit.weight);
    const gaps = left.places.flatMap((a) => right.places.map((b) => b - a));
    if (gaps.includes(1)) points += WEIGHTS.pair * worth;
    else if (gaps.some((gap) => Math.abs(gap) <= 3)) points += WEIGHTS.near * worth;
  }
  return points;
}

/**
 * How well a product's words, as `nameWords` keeps them, fit a query. `everywhere` says that each word is found somewhere in
 * the product, if only in its description.
 */
export function textScore(names: string, matcher: Matcher, everywhere = false): TextScore {
  const { terms } = matcher;
  const lines = names.split('\n').map((line) => ({ field: line.slice(0, line.indexOf(':')), ...read(line, matcher) }));
  const brand = lines.filter((line) => line.field === 'b');
  const categories = lines.filter((line) => line.field === 'c');
  const total = terms.reduce((sum, term) => sum + term.idf, 0);
  let best: TextScore | null = null;
  for (const title of lines.filter((line) => line.field !== 'b' && line.field !== 'c')) {
    const scored = terms.map((term, n): TermScore & { covered: number } => {
      const of = (field: TermScore['field'], hit: Hit | null, factor: number) => {
        const worth = term.idf * (hit?.weight ?? 1);
        return {
          typed: term.typed,
          idf: term.idf,
          field,
          kind: hit?.kind ?? null,
          key: hit?.form.key ?? null,
          points: worth * factor,
          covered: worth * Math.min(1, factor),
        };
      };
      const inName = title.found.get(n);
      if (inName)
        return {
          ...of('name', inName.hit, saturation(inName.times, title.length)),
          covered: term.idf * inName.hit.weight,
        };
      const inBrand = brand.find((line) => line.found.has(n));
      if (inBrand) return of('brand', inBrand.found.get(n)!.hit, WEIGHTS.brand);
      const inCategory = categories.find((line) => line.found.has(n));
      if (inCategory) return of('category', inCategory.found.get(n)!.hit, WEIGHTS.category);
      return everywhere ? of('description', null, WEIGHTS.description) : { ...of(null, null, 0), covered: 0 };
    });
    const pairs = pairPoints(terms, title.found);
    const coverage = total > 0 ? scored.reduce((sum, term) => sum + term.covered, 0) / total : 0;
    const sum = scored.reduce((all, term) => all + term.points, 0) + pairs;
    const points = sum * (1 - WEIGHTS.coverage + WEIGHTS.coverage * coverage);
    if (!best || points > best.points)
      best = { points, terms: scored.map(({ covered: _covered, ...term }) => term), pairs, coverage };
  }
  return best ?? { points: 0, terms: [], pairs: 0, coverage: 0 };
}
