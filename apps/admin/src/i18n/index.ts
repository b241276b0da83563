import { en } from './en.js';
import { ru } from './ru.js';
import { uz, type Dictionary } from './uz.js';

/** Languages of the panel. Uzbek comes first. */
export const locales = ['uz', 'ru', 'en'] as const;
export type Locale = (typeof locales)[number];

export const localeNames: Readonly<Record<Locale, string>> = { uz: 'Oʻzbekcha', ru: 'Русский', en: 'English' };

export type { Dictionary } from './uz.js';

export const dictionaries: Readonly<Record<Locale, Dictionary>> = { uz, ru, en };

/** The panel's language for a code of an account or of a browser; undefined when it has none. */
export function localeFor(code: string | null | undefined): Locale | undefined {
  const short = (code ?? '').slice(0, 2).toLowerCase();
  return locales.find((locale) => locale === short);
}
