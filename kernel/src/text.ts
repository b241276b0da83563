/** Languages of the platform. Cyrillic Uzbek is transliterated from `uz` where no text of its own exists. */
export const locales = ['uz', 'uz-Cyrl', 'ru', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text in the three written languages. */
export interface LocalText {
  readonly uz: string;
  readonly ru: string;
  readonly en: string;
}

/** The text for a locale; Cyrillic Uzbek readers get the Latin text until a Cyrillic one is made. */
export function textFor(text: LocalText, locale: Locale): string {
  return text[locale === 'uz-Cyrl' ? 'uz' : locale];
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
