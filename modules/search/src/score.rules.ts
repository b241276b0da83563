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

  /** Rarity of all words together. */
  readonly rarity: number;

  constructor(readonly terms: readonly Term[]) {
    this.rarity = terms.reduce((sum, term) => sum + term.idf, 0);
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
  readonly places: number[];
}
/** What was found in one field, by term; most fields of most products hold nothing. */
type Finds = (Found | undefined)[] | null;

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

function read(line: string, matcher: Matcher): { finds: Finds; length: number } {
  const language = line.startsWith('b:') || line.startsWith('c:') ? 'en' : line.slice(0, 2);
  let finds: Finds = null;
  let length = 0;
  let place = 0;
  for (const token of line.slice(line.indexOf(':') + 1).split(' ')) {
    const cut = token.indexOf('/');
    const key = cut === -1 ? token : token.slice(0, cut);
    if (!saysNothing(key)) length += 1;
    place += 1;
    for (const hit of matcher.hits(key, language, cut === -1 ? key : token.slice(cut + 1))) {
      finds ??= [];
      const old = finds[hit.term];
      if (!old) finds[hit.term] = { hit, times: 1, places: [place] };
      else {
        old.times += 1;
        old.places.push(place);
        if (hit.weight > old.hit.weight) old.hit = hit;
      }
    }
  }
  return { finds, length };
}

/** Whether words of the query are the product's brand. */
export const brandMeant = (names: string, matcher: Matcher): boolean =>
  names.split('\n').some((line) => line.startsWith('b:') && read(line, matcher).finds !== null);

/** How much a word found so many times in a name of so many words counts; 1 for once in a usual one. */
function saturation(times: number, length: number): number {
  const { repetition, length: b, usualLength } = WEIGHTS;
  return (times * (1 + repetition)) / (times + repetition * (1 - b + (b * length) / usualLength));
}

/** What words of the query that stand together in the name add. */
function pairPoints(terms: readonly Term[], found: NonNullable<Finds>): number {
  let points = 0;
  for (let term = 1; term < terms.length; term += 1) {
    const left = found[term - 1];
    const right = found[term];
    if (!left || !right || left.hit.form === right.hit.form) continue;
    const worth = Math.min(terms[term - 1]!.idf * left.hit.weight, terms[term]!.idf * right.hit.weight);
    if (left.places.some((a) => right.places.includes(a + 1))) points += WEIGHTS.pair * worth;
    else if (left.places.some((a) => right.places.some((b) => Math.abs(b - a) <= 3))) points += WEIGHTS.near * worth;
  }
  return points;
}

/** The fields of a product in which words of the query were found. */
interface Fields {
  readonly titles: { readonly finds: NonNullable<Finds>; readonly length: number }[];
  readonly brand: NonNullable<Finds>;
  readonly category: NonNullable<Finds>;
}
const NOWHERE = { finds: [], length: 1 };

function fieldsOf(names: string, matcher: Matcher): Fields {
  const fields: Fields = { titles: [], brand: [], category: [] };
  for (const line of names.split('\n')) {
    const { finds, length } = read(line, matcher);
    if (!finds) continue;
    if (line.startsWith('b:')) Object.assign(fields.brand, finds);
    else if (line.startsWith('c:')) for (const [term, find] of finds.entries()) fields.category[term] ??= find;
    else fields.titles.push({ finds, length });
  }
  if (fields.titles.length === 0) fields.titles.push(NOWHERE);
  return fields;
}

/** Where a term counts, and what it is worth there before its rarity; null when it was not found. */
function place(
  { brand, category }: Fields,
  title: Fields['titles'][number],
  term: number,
  everywhere: boolean,
): { field: NonNullable<TermScore['field']>; hit: Hit | null; worth: number; factor: number } | null {
  const inName = title.finds[term];
  if (inName)
    return { field: 'name', hit: inName.hit, worth: inName.hit.weight, factor: saturation(inName.times, title.length) };
  const inBrand = brand[term];
  if (inBrand) return { field: 'brand', hit: inBrand.hit, worth: inBrand.hit.weight, factor: WEIGHTS.brand };
  const inCategory = category[term];
  if (inCategory)
    return { field: 'category', hit: inCategory.hit, worth: inCategory.hit.weight, factor: WEIGHTS.category };
  return everywhere ? { field: 'description', hit: null, worth: 1, factor: WEIGHTS.description } : null;
}

function titleScore(
  fields: Fields,
  title: Fields['titles'][number],
  { terms, rarity: total }: Matcher,
  everywhere: boolean,
): TextScore {
  const scores: TermScore[] = [];
  const pairs = pairPoints(terms, title.finds);
  let sum = pairs;
  let covered = 0;
  for (const [n, { typed, idf }] of terms.entries()) {
    const at = place(fields, title, n, everywhere);
    const points = at ? idf * at.worth * at.factor : 0;
    sum += points;
    if (at) covered += idf * at.worth * (at.field === 'name' ? 1 : at.factor);
    scores.push({
      typed,
      idf,
      field: at?.field ?? null,
      kind: at?.hit?.kind ?? null,
      key: at?.hit?.form.key ?? null,
      points,
    });
  }
  const coverage = total > 0 ? covered / total : 0;
  return { points: sum * (1 - WEIGHTS.coverage + WEIGHTS.coverage * coverage), terms: scores, pairs, coverage };
}

/**
 * How well a product's words, as `nameWords` keeps them, fit a query: by the name that fits best. `everywhere` says that each
 * word is found somewhere in the product, if only in its description.
 */
export function textScore(names: string, matcher: Matcher, everywhere = false): TextScore {
  const fields = fieldsOf(names, matcher);
  const scores = fields.titles.map((title) => titleScore(fields, title, matcher, everywhere));
  return scores.reduce((best, score) => (score.points > best.points ? score : best));
}
