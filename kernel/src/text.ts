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

/**
 * The text for a locale. For Cyrillic Uzbek the Latin one is transliterated, with every name of `keep` left as it is; a text
 * that is the same in English is a name and stays too, unless it has a letter that only Uzbek has.
 */
export function textFor(text: LocalText, locale: Locale, keep?: readonly string[]): string {
  if (locale !== 'uz-Cyrl') return text[locale];
  const name = text.uz === text.en && !/[og]ʻ/i.test(text.uz);
  return name ? text.uz : cyrillic(text.uz, keep);
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
