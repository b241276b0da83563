import { createContext, useContext, type ReactElement, type ReactNode } from 'react';
import type { UiLocale } from './money.js';

/** The few words that components say by themselves. */
export interface UiWords {
  close: string;
  loading: string;
  loadMore: string;
  retry: string;
  increase: string;
  decrease: string;
  quantity: string;
  required: string;
  menu: string;
  theme: string;
  themeLight: string;
  themeDark: string;
  themeSystem: string;
  language: string;
  breadcrumbs: string;
  digit: (place: number, of: number) => string;
}

interface UiSettings {
  locale: UiLocale;
  words: UiWords;
}

const Settings = createContext<UiSettings | null>(null);

/** Gives every component below its language. */
export function UiProvider({ locale, words, children }: UiSettings & { children: ReactNode }): ReactElement {
  return <Settings.Provider value={{ locale, words }}>{children}</Settings.Provider>;
}

/** The language and words of the tree; throws where no `UiProvider` stands above. */
export function useUi(): UiSettings {
  const settings = useContext(Settings);
  if (!settings) throw new Error('A component of @um/ui needs a UiProvider above it');
  return settings;
}
