import { cyrillic } from './uzbek/cyrillic.js';

/** Languages of the platform. Cyrillic Uzbek is written from `uz` by the rules of the alphabet. */
export const locales = ['uz', 'uz-Cyrl', 'ru', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text in the three written languages. */
export interface LocalText {
  readonly uz: string;
  readonly ru: string;
  readonly en: string;
}

/** The written language that a locale is read from. */
export const writtenOf = (locale: Locale): keyof LocalText => (locale === 'uz-Cyrl' ? 'uz' : locale);

/** Words in Latin letters. */
const LATIN = /\p{Script=Latin}{2,}(?:['’]\p{Script=Latin}+)*/gu;
const UZBEK_ONLY = /[og]ʻ/i;

/**
 * The text for a locale. For Cyrillic Uzbek the Latin one is transliterated, with every name of `keep` left as it is, and so
 * is each word that the Russian text has in Latin letters: it is a name. A text that was never translated stays whole, unless
 * it has a letter that only Uzbek has.
 */
export function textFor(text: LocalText, locale: Locale, keep: readonly string[] = []): string {
  if (locale !== 'uz-Cyrl') return text[locale];
  if (text.uz === text.ru) return UZBEK_ONLY.test(text.uz) ? cyrillic(text.uz, keep) : text.uz;
  return cyrillic(text.uz, [...keep, ...new Set(text.ru.match(LATIN))]);
}

const isLocale = (tag: string | undefined): tag is Locale => (locales as readonly unknown[]).includes(tag);

/** Picks the best supported locale from an `Accept-Language` header or an explicit wish; Uzbek when nothing fits. */
export function pickLocale(...wishes: readonly (string | undefined)[]): Locale {
  for (const wish of wishes) {
    if (isLocale(wish)) return wish;
    for (const part of (wish ?? '').split(',')) {
      const tag = part.split(';')[0]!.trim().toLowerCase();
      if (tag.startsWith('uz-cyrl')) return 'uz-Cyrl';
      const found = locales.find((l) => l === tag.split('-')[0]);
      if (found) return found;
    }
  }
  return 'uz';
}
