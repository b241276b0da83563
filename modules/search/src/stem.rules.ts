import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as russian } from '@orama/stemmers/russian';
import { LRUCache } from 'lru-cache';
import { fold, plainRussian } from './fold.js';

/** The languages that names are written in. */
export type Language = 'uz' | 'ru' | 'en';

const UZBEK_ENDINGS = [
  'larimizdan',
  'lardagi',
  'lardan',
  'larning',
  'larga',
  'larda',
  'larni',
  'lari',
  'lar',
  'ning',
  'dagi',
  'dan',
  'chi',
  'ga',
  'da',
  'ni',
  'si',
  'li',
  'i',
];
const SHORTEST_STEM = 4;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/** An Uzbek key without its ending: bolalarga, bola. */
function uzbek(key: string): string {
  const ending = UZBEK_ENDINGS.find((end) => key.endsWith(end) && key.length - end.length >= SHORTEST_STEM);
  return ending ? key.slice(0, -ending.length) : key;
}

const stems = new LRUCache<string, string>({ max: 50_000 });

/** The part of a word that all its forms share in a language, folded. `written` is the word as it stands, `key` its key. */
export function stemIn(language: Language, written: string, key: string): string {
  if (/\d/.test(key)) return key;
  if (language === 'uz') return uzbek(key);
  const id = `${language}:${written}`;
  const known = stems.get(id);
  if (known !== undefined) return known;
  const word = written.toLowerCase();
  const stem = stemOf(language, word) || key;
  stems.set(id, stem);
  return stem;
}

function stemOf(language: 'ru' | 'en', word: string): string {
  if (CYRILLIC.test(word)) return language === 'ru' ? fold(russian(plainRussian(word))) : fold(word);
  return fold(english(word.replaceAll(/[^a-z]/g, '')));
}

/** The languages that a word of a query may be of, by its script. */
export const languagesOf = (written: string): readonly Language[] =>
  CYRILLIC.test(written) ? ['ru', 'uz'] : ['en', 'uz'];
