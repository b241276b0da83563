import type { Locale } from '../i18n/index.js';

/** A text that people wrote in several languages, as the platform sends it. */
export type LocalText = Readonly<Partial<Record<string, string>>>;

/** The text in the reader's language, else in Uzbek, else in any. */
export function textIn(text: LocalText, locale: Locale): string {
  return text[locale] || text['uz'] || Object.values(text).find(Boolean) || '';
}
