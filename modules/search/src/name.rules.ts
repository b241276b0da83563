import type { ProductDoc } from '@um/product';
import type { Language } from './stem.rules.js';
import { searchText, tokensOf, type Token } from './words.rules.js';

const LANGUAGES: readonly Language[] = ['uz', 'ru', 'en'];
/** Names in different languages lie so far apart that no phrase reaches from one into the next. */
const APART = 200;
/** Positions in an index of words end here. */
const LAST_PLACE = 16_000;
/** Of a description so many words are found; what matters is said first. */
const DESCRIBED = 200;

export type Field = Language | 'b' | 'c';

/** What the words of a product are kept as. */
export interface NameWords {
  /** What is weighed: the name in each language, the brand and the categories, one a line, each word with its stem where that differs. */
  readonly names: string;
  /** What is found: a text that PostgreSQL reads as tsvector. */
  readonly words: string;
  /** Distinct words and stems of the name and the brand: what their rarity is counted by. */
  readonly counted: readonly string[];
}

const quoted = (word: string): string => `'${word.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
/** A stem in the index of words; no typed word begins with such a sign. */
export const stemMark = (stem: string): string => `=${stem}`;
/** A code that a product can be found by, whatever signs stand between its parts. */
export const codeMark = (code: string): string => `~k:${searchText(code).replaceAll(' ', '')}`;

const line = (field: Field, tokens: readonly Token[]): string =>
  `${field}:${tokens.map(({ key, stem }) => (stem === key ? key : `${key}/${stem}`)).join(' ')}`;

/** Names of a product, each text once: many sellers write one name in every language. */
function names({ title }: ProductDoc): { field: Language; tokens: Token[] }[] {
  const seen = new Set<string>();
  // English first: a name that stands for all languages is most often in it.
  return (['en', 'ru', 'uz'] as const).flatMap((field) => {
    if (seen.has(title[field])) return [];
    seen.add(title[field]);
    return [{ field, tokens: tokensOf(title[field], field) }];
  });
}

class Lexemes {
  readonly #found = new Map<string, string[]>();

  add(word: string, place: number, label: 'A' | 'B' | 'C' | 'D' | ''): void {
    const places = this.#found.get(word) ?? [];
    if (place > 0 && places.length < 200) places.push(`${Math.min(place, LAST_PLACE)}${label}`);
    this.#found.set(word, places);
  }

  addAll(tokens: readonly Token[], from: number, label: 'A' | 'B' | 'C' | 'D'): void {
    for (const [n, { key, stem }] of tokens.entries()) {
      if (label !== 'D') this.add(key, from + n, label);
      if (stem !== key || label === 'D') this.add(stemMark(stem), from + n, label);
    }
  }

  toString(): string {
    return [...this.#found]
      .map(([word, places]) => `${quoted(word)}${places.length > 0 ? `:${places.join(',')}` : ''}`)
      .join(' ');
  }
}

/** Makes the words of a product. `marks` are what filters ask for. */
export function nameWords(doc: ProductDoc, marks: readonly string[]): NameWords {
  const titles = names(doc);
  const brand = tokensOf(doc.brand ?? '', 'en');
  const categories = LANGUAGES.map((language) => ({
    language,
    tokens: doc.categoryNames.flatMap((name) => tokensOf(name[language], language)),
  }));
  const codes = doc.variants.flatMap((variant) => [variant.sku, variant.barcode ?? '']).filter(Boolean);
  const lexemes = new Lexemes();
  let place = 1;
  for (const { tokens } of titles) {
    lexemes.addAll(tokens, place, 'A');
    place += tokens.length + APART;
  }
  for (const [n, tokens] of [brand, ...categories.map((category) => category.tokens)].entries()) {
    lexemes.addAll(tokens, place, n === 0 ? 'B' : 'C');
    place += tokens.length + APART;
  }
  for (const language of LANGUAGES) {
    lexemes.addAll(tokensOf(doc.description[language], language).slice(0, DESCRIBED), place, 'D');
    place += DESCRIBED + APART;
  }
  for (const code of codes) for (const { key } of tokensOf(code, 'en')) lexemes.add(key, place, 'D');
  for (const mark of [...codes.map(codeMark), ...marks]) lexemes.add(mark, 0, '');
  const counted = new Set<string>();
  for (const { key, stem } of [...titles.flatMap((title) => title.tokens), ...brand]) {
    counted.add(key);
    if (stem !== key) counted.add(stemMark(stem));
  }
  const lines = [
    ...titles.map(({ field, tokens }) => line(field, tokens)),
    ...(brand.length > 0 ? [line('b', brand)] : []),
  ];
  return {
    names: [...lines, ...new Set(categories.map(({ tokens }) => line('c', tokens)))].join('\n'),
    words: lexemes.toString(),
    counted: [...counted],
  };
}

/** A word without each of its letters, and whole: two words with one in common are a slip apart, or two. Only words of letters are ever misspelt. */
export function slipsOf(word: string): string[] {
  if (word.length < 3 || word.length > 24 || /\d/.test(word)) return [];
  return [...new Set([word, ...Array.from(word, (_, n) => word.slice(0, n) + word.slice(n + 1))])];
}
