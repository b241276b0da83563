import type { dictionary } from './uz/index.js';
import type { Locale } from './locale.js';

/** Every text of the storefront. Uzbek sets the shape; a text that another language lacks does not compile. */
export type Dictionary = typeof dictionary;

const loaders: Record<Locale, () => Promise<{ dictionary: Dictionary }>> = {
  uz: () => import('./uz/index.js'),
  'uz-Cyrl': () => import('./uz-Cyrl/index.js'),
  ru: () => import('./ru/index.js'),
  en: () => import('./en/index.js'),
};

/** Files of the dictionaries in the build's manifest, so that the page can ask for its own early. */
export const dictionaryFile = (locale: Locale): string => `src/i18n/${locale}/index.ts`;

/** Loads the texts of one language; the others stay on the server. */
export async function loadDictionary(locale: Locale): Promise<Dictionary> {
  return (await loaders[locale]()).dictionary;
}
