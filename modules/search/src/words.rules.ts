import type { LocalText } from '@um/kernel';
import { fold, plainRussian } from './fold.js';

const BETWEEN_WORDS = /[^\p{L}\p{N}'`´ʹ-ʿˈˊˋ‘-‛′‵]+/u;
/** Words that say nothing of what is looked for; they count only when there are no others. */
const EMPTY_WORDS = new Set([
  ...['uchun', 'va', 'bilan', 'ham', 'yoki', 'bir'],
  ...['dlya', 'i', 'v', 's', 'na', 'po', 'ot', 'do', 'iz', 'ili'],
  ...['for', 'the', 'a', 'an', 'of', 'vith', 'and', 'in', 'to', 'on'],
]);
const MOST_WORDS = 8;
const LONGEST_WORD = 40;

/** A word of a query: as it was typed, and its key. */
export interface QueryWord {
  readonly typed: string;
  readonly key: string;
}

/** The words that a query looks for, at most eight. Empty when it holds no word at all. */
export function queryWords(query: string): QueryWord[] {
  const words = query
    .split(BETWEEN_WORDS)
    .flatMap((typed) => fold(typed).split(' ').map((key) => ({ typed: plainRussian(typed).slice(0, LONGEST_WORD), key: key.slice(0, LONGEST_WORD) })))
    .filter(({ key }) => key !== '');
  const telling = words.filter(({ key }) => !EMPTY_WORDS.has(key));
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
}

const ENDINGS = ['lardan', 'larning', 'larga', 'larda', 'larni', 'lari', 'lar', 'ning', 'dan', 'ga', 'da', 'ni', 'si', 'i'];
const SHORTEST_STEM = 4;

/**
 * The start of an Uzbek word without its ending: bolalarga, bola. Documents keep their words whole and queries look for
 * words that begin so, which finds every form from every other.
 */
export function stemOf(key: string): string {
  const ending = ENDINGS.find((end) => key.endsWith(end) && key.length - end.length >= SHORTEST_STEM);
  return ending ? key.slice(0, -ending.length) : key;
}

/** The words of a text by their keys, each as it is written first. */
export function wordsOf(text: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const written of text.split(BETWEEN_WORDS)) {
    const key = fold(written);
    if (key.length >= 2 && !key.includes(' ') && !words.has(key)) words.set(key, written.toLowerCase());
  }
  return words;
}

/** Words of a product's name in every language, by key. */
export function vocabulary(title: LocalText, brand: string | null): Map<string, Partial<LocalText>> {
  const all = new Map<string, Partial<LocalText>>();
  for (const lang of ['uz', 'ru', 'en'] as const) {
    for (const [key, written] of wordsOf(`${title[lang]} ${brand ?? ''}`)) all.set(key, { ...all.get(key), [lang]: written });
  }
  return all;
}
