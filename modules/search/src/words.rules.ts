import type { LocalText } from '@um/kernel';
import { LRUCache } from 'lru-cache';
import { fold, plainRussian } from './fold.js';
import { measured } from './measure.rules.js';
import { languagesOf, stemIn, type Language } from './stem.rules.js';

const BETWEEN_WORDS = /[^\p{L}\p{N}'`´ʹ-ʿˈˊˋ‘-‛′‵]+/u;
/** Words that say nothing of what is looked for; they count only when there are no others. */
const EMPTY_WORDS = new Set([
  'vithout',
  'vs',
  'or',
  'is',
  'by',
  'at',
  'my',
  'your',
  'mne',
  'dlya',
  'k',
  'u',
  'za',
  'pod',
  'a',
  'uchun',
  'va',
  'bilan',
  'ham',
  'yoki',
  'bir',
  'dlya',
  'i',
  'v',
  's',
  'na',
  'po',
  'ot',
  'do',
  'iz',
  'ili',
  'for',
  'the',
  'a',
  'an',
  'of',
  'vith',
  'and',
  'in',
  'to',
  'on',
]);
const MOST_WORDS = 10;
const LONGEST_WORD = 40;

/** A catalog says the same few thousand words again and again. */
const keys = new LRUCache<string, string>({ max: 20_000 });

/** The words of a text as they are written, figures and units one way. */
const written = (text: string): string[] => measured(text.normalize('NFC')).split(BETWEEN_WORDS).filter(Boolean);

/** The key of one written word; a few signs fold to more than one word, or to none. */
function keyOf(word: string): string {
  const known = keys.get(word);
  if (known !== undefined) return known;
  const key = fold(word);
  keys.set(word, key);
  return key;
}

/** A text as search words: each written word folded, with single spaces between. The index and queries are made by this alone. */
export const searchText = (text: string): string => written(text).map(keyOf).filter(Boolean).join(' ');

/** A word of a query: as it was typed, and its key. */
export interface QueryWord {
  readonly typed: string;
  readonly key: string;
  /** Its stem in each language it may be of. */
  readonly stems: readonly { readonly language: Language; readonly stem: string }[];
}

const queryWord = (typed: string, key: string): QueryWord => ({
  typed,
  key,
  stems: languagesOf(typed).map((language) => ({ language, stem: stemIn(language, typed, key) })),
});

/** The words that a query looks for, at most eight. Empty when it holds no word at all. */
export function queryWords(query: string): QueryWord[] {
  const words = written(query)
    .flatMap((typed) =>
      keyOf(typed)
        .split(' ')
        .map((key) => queryWord(plainRussian(typed).slice(0, LONGEST_WORD), key.slice(0, LONGEST_WORD))),
    )
    .filter(({ key }) => key !== '');
  const telling = words.filter(({ key }) => !EMPTY_WORDS.has(key));
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
}

/** A word of a text: its key, and the stem that all its forms share. */
export interface Token {
  readonly key: string;
  readonly stem: string;
}

/** The words of a text in a language, each with its stem. */
export function tokensOf(text: string, language: Language): Token[] {
  return written(text).flatMap((word) => {
    const key = keyOf(word);
    if (key === '') return [];
    if (key.includes(' '))
      return key.split(' ').map((part) => ({ key: part.slice(0, LONGEST_WORD), stem: part.slice(0, LONGEST_WORD) }));
    return [{ key: key.slice(0, LONGEST_WORD), stem: stemIn(language, word, key).slice(0, LONGEST_WORD) }];
  });
}

/** Whether a word says nothing of what is looked for. */
export const saysNothing = (key: string): boolean => EMPTY_WORDS.has(key);

/** Words of a product's name in every language, by key. */
export function vocabulary(title: LocalText, brand: string | null): Map<string, Partial<LocalText>> {
  const all = new Map<string, Partial<LocalText>>();
  for (const lang of ['uz', 'ru', 'en'] as const) {
    for (const word of written(`${title[lang]} ${brand ?? ''}`)) {
      const key = keyOf(word);
      if (key.length < 2 || key.length > LONGEST_WORD || key.includes(' ')) continue;
      all.set(key, { [lang]: word.toLowerCase(), ...all.get(key) });
    }
  }
  return all;
}

/** Words that stand for a category, a store and a brand in the index; no typed word begins with such a sign. */
export const marksOf = (of: {
  categories?: readonly string[];
  store?: string | undefined;
  brand?: string | null | undefined;
}): string[] => [
  ...(of.categories ?? []).map((id) => `~c:${id}`),
  ...(of.store === undefined ? [] : [`~s:${of.store}`]),
  ...(of.brand == null ? [] : [`~b:${searchText(of.brand)}`]),
];
