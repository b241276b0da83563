import { UiProvider } from '@um/ui';
import { createContext, useContext, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { speak } from '../api/api.js';
import { dictionaries, localeFor, type Dictionary, type Locale } from '../i18n/index.js';

/** The language of the panel and its texts. */
export interface Language {
  readonly locale: Locale;
  readonly t: Dictionary;
  readonly setLocale: (locale: Locale) => void;
}

const KEY = 'um.panel.locale';
const LanguageContext = createContext<Language | null>(null);

/** The language chosen on this device, else the browser's, else Uzbek. */
function firstLocale(): Locale {
  return localeFor(localStorage.getItem(KEY)) ?? localeFor(navigator.language) ?? 'uz';
}

function apply(locale: Locale): void {
  speak(locale);
  document.documentElement.lang = locale;
}

/** Gives everything below its language and keeps the choice on this device. */
export function LanguageProvider({ children }: { children: ReactNode }): ReactElement {
  const [locale, choose] = useState(firstLocale);
  apply(locale);
  const language = useMemo<Language>(
    () => ({
      locale,
      t: dictionaries[locale],
      setLocale: (next) => {
        localStorage.setItem(KEY, next);
        choose(next);
      },
    }),
    [locale],
  );
  return (
    <LanguageContext.Provider value={language}>
      <UiProvider locale={locale} words={language.t.ui}>
        {children}
      </UiProvider>
    </LanguageContext.Provider>
  );
}

/** The language of the panel and its texts. */
export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('useLanguage needs a LanguageProvider above it');
  return language;
}

/** The texts alone. */
export const useT = (): Dictionary => useLanguage().t;
