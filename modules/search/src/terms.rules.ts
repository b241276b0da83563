import { plainRussian } from './fold.js';
import type { Ranked } from './rank.rules.js';
import { rarity, type Form, type Term } from './score.rules.js';
import { stemIn, type Language } from './stem.rules.js';
import { meantWords, type Near } from './typo.rules.js';
import { queryWords, type QueryWord } from './words.rules.js';

/** What the catalog knows of a word that was looked for. */
export interface WordFacts {
  /** Products that have the word itself in their name, and those that have another form of it. */
  readonly exact: number;
  readonly stemmed: number;
  /** Words a slip away, asked for where the word is unknown or rare. */
  readonly near: readonly Near[];
  /** Words that begin so, asked for where the word is unknown. */
  readonly begins: readonly Near[];
  /** Products that have this word and the next one written as one. */
  readonly joined: number;
  /** Two words of the catalog that this one is made of. */
  readonly parts: { readonly left: string; readonly right: string; readonly products: number } | null;
  /** Words that mean the same, as the panel says. */
  readonly synonyms: readonly { readonly word: string; readonly products: number }[];
}

/** A word that was read as another one. */
export interface Correction {
  readonly typed: string;
  /** What it may have been, by key. */
  readonly shown: ReadonlyMap<string, string>;
}

export interface Reading {
  readonly terms: readonly Term[];
  readonly corrections: readonly Correction[];
}

/** A word so rare may be a slip of one that is so many times more common. */
const RARE = 2;
const MORE_COMMON = 60;
const READ_AS = { correction: 0.9, doubtful: 0.5, beginning: 0.7, begun: 0.9, joined: 0.95, synonym: 0.85 } as const;
const LANGUAGES: readonly Language[] = ['uz', 'ru', 'en'];

const formOf = ({ key, stems }: QueryWord): Form => ({ key, stems, kind: 'word', weight: 1 });
const synonymForm = ({ key, stems }: QueryWord): Form => ({ key, stems, kind: 'synonym', weight: READ_AS.synonym });
const meantForm = (word: string, shown: string, kind: Form['kind'], weight: number): Form => ({
  key: word,
  stems: LANGUAGES.map((language) => ({ language, stem: stemIn(language, shown, word) })),
  kind,
  weight,
});

interface Reader {
  readonly word: QueryWord;
  readonly fact: WordFacts;
  /** The words that this one makes with its neighbours when they are written as one, and those that mean the same. */
  readonly others: readonly Form[];
  readonly all: number;
}
interface WordReading {
  readonly terms: readonly Term[];
  readonly correction?: Correction;
}

/** A word that the catalog has; a very rare one may be a slip of another. */
function knownWord({ word, fact, others, all }: Reader, known: number): WordReading {
  const [guess] = known <= RARE && fact.synonyms.length === 0 ? meantWords(word.key, fact.near) : [];
  const doubtful = guess && guess.cost <= 1 && guess.near.products >= MORE_COMMON * known ? guess.near : null;
  const other = doubtful ? [meantForm(doubtful.word, doubtful.shown, 'correction', READ_AS.doubtful)] : [];
  const meant = fact.synonyms.reduce((sum, synonym) => sum + synonym.products, known);
  const idf = rarity(doubtful?.products ?? meant, all);
  const products = meant + (doubtful?.products ?? 0) + fact.joined;
  return { terms: [{ typed: word.typed, forms: [formOf(word), ...other, ...others], idf, products }] };
}

/** A word that is two words of the catalog written as one. */
const twoWords = (
  { word, others, all }: Reader,
  { left, right, products }: NonNullable<WordFacts['parts']>,
): WordReading => ({
  terms: [left, right].map((part) => ({
    typed: word.typed,
    forms: [meantForm(part, part, 'joined', READ_AS.joined), ...others],
    idf: rarity(products, all),
    products,
  })),
});

/** A word that the catalog does not have: a slip of another, or the beginning of one. */
function unknownWord({ word, fact, others, all }: Reader): WordReading {
  const guesses = meantWords(word.key, fact.near);
  const [best] = guesses;
  const near = best && best.cost <= 1 ? best.near.products : 1;
  if (fact.parts && fact.parts.products >= near) return twoWords({ word, fact, others, all }, fact.parts);
  const begins = fact.begins.filter((longer) => word.key.length >= 4 || longer.word.length - word.key.length <= 3);
  const corrected = guesses.map((guess) =>
    meantForm(guess.near.word, guess.near.shown, 'correction', READ_AS.correction * Math.sqrt(guess.share)),
  );
  const longer = begins.map(({ word: other, shown }) => meantForm(other, shown, 'beginning', READ_AS.beginning));
  const begun = begins.reduce((sum, { products }) => sum + products, 0);
  const common = best?.near.products ?? (begun > 0 ? begun : fact.joined);
  const products = guesses.reduce((sum, guess) => sum + guess.near.products, begun + fact.joined);
  const term: Term = {
    typed: word.typed,
    forms: [formOf(word), ...corrected, ...longer, ...others],
    idf: common > 0 ? rarity(common, all) : 0,
    products,
  };
  const clear = best && (longer.length === 0 || best.cost <= 1);
  if (!clear) return { terms: [term] };
  return {
    terms: [term],
    correction: { typed: word.typed, shown: new Map(guesses.map((g) => [g.near.word, g.near.shown])) },
  };
}

/** The reading of a query whose last word is still being typed: it may be any word that begins so. */
export function unfinishedReading(words: readonly QueryWord[], facts: readonly WordFacts[], all: number): Reading {
  const reading = readingOf(words, facts, all);
  const begins = facts.at(-1)!.begins;
  const last = reading.terms.at(-1)!;
  const known = new Set(last.forms.map((form) => form.key));
  const longer = begins
    .filter(({ word }) => !known.has(word))
    .map(({ word, shown }) => meantForm(word, shown, 'beginning', READ_AS.begun));
  const products = begins.reduce((sum, near) => sum + near.products, last.products);
  const open: Term = { ...last, forms: [...last.forms, ...longer], products, idf: rarity(products, all) };
  // What is not finished is not wrong yet.
  const corrections =
    begins.length > 0 ? reading.corrections.filter(({ typed }) => typed !== last.typed) : reading.corrections;
  return { terms: [...reading.terms.slice(0, -1), open], corrections };
}

/** How the words of a query are read, given what the catalog knows of them and how many products it has. */
export function readingOf(words: readonly QueryWord[], facts: readonly WordFacts[], all: number): Reading {
  const pairs = words.map((word, n) => {
    const next = words[n + 1];
    const key = word.key + (next?.key ?? '');
    return next && facts[n]!.joined > 0 ? meantForm(key, key, 'joined', READ_AS.joined) : null;
  });
  const readings = words.map((word, n) => {
    const fact = facts[n]!;
    const joined = [pairs[n - 1] ?? null, pairs[n]!].filter((form) => form !== null);
    const others = [...joined, ...fact.synonyms.flatMap(({ word: same }) => queryWords(same).map(synonymForm))];
    // A word with a meaning is not misspelt.
    const known = Math.max(fact.exact, fact.stemmed, Math.min(1, fact.synonyms.length));
    return known > 0 ? knownWord({ word, fact, others, all }, known) : unknownWord({ word, fact, others, all });
  });
  return {
    terms: readings.flatMap((reading) => reading.terms),
    corrections: readings.flatMap((reading) => reading.correction ?? []),
  };
}

/**
 * A query with its misspelt words as they were read: each as what most of the best finds have. Null when nothing was read
 * otherwise, or when no find has what it was read as: a word that this viewer cannot see is not told.
 */
export function correctedText(
  text: string,
  corrections: readonly Correction[],
  best: readonly Pick<Ranked, 'text'>[],
): string | null {
  const plain = plainRussian(text.normalize('NFC'));
  let corrected = plain;
  for (const { typed, shown } of corrections) {
    const votes = new Map<string, number>();
    for (const { terms } of best.map((row) => row.text))
      for (const { typed: of, key, kind } of terms) {
        const read = of === typed && kind === 'correction' && key !== null ? shown.get(key) : undefined;
        if (read !== undefined) votes.set(read, (votes.get(read) ?? 0) + 1);
      }
    const [first] = [...votes].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    if (first) corrected = corrected.replace(typed, first[0]);
  }
  return corrected === plain ? null : corrected;
}
