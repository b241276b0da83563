/** Languages with pages of their own. Uzbek is the default and has no prefix in addresses. */
export const webLocales = ['uz', 'uz-Cyrl', 'ru', 'en'] as const;
export type Locale = (typeof webLocales)[number];

export const localeNames: Record<Locale, string> = {
  uz: 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
  ru: 'Русский',
  en: 'English',
};

/** Splits an address path into its language and the rest: `/ru/cart` is Russian `/cart`. */
export function splitLocale(pathname: string): { locale: Locale; path: string } {
  const [, first = '', ...rest] = pathname.split('/');
  const locale = webLocales.find((known) => known === first);
  if (locale && locale !== 'uz') return { locale, path: `/${rest.join('/')}` };
  return { locale: 'uz', path: pathname };
}

/** Puts the language back before a path of the storefront. */
export function localePath(locale: Locale, path: string): string {
  if (locale === 'uz') return path;
  return path === '/' ? `/${locale}` : `/${locale}${path}`;
}
