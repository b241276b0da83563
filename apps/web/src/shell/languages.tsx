import { LocaleSwitch } from '@um/ui';
import type { ReactElement } from 'react';
import { localeNames, localePath, webLocales } from '../i18n/locale.js';
import { useApp } from '../state/app.js';
import { usePlace } from '../state/place.js';

/** This page in the other languages. */
export function Languages({ landmark = true }: { landmark?: boolean }): ReactElement {
  const { locale } = useApp();
  const { path, search } = usePlace();
  const choices = webLocales.map((code) => ({ code, name: localeNames[code], href: localePath(code, path) + search }));
  return <LocaleSwitch choices={choices} current={locale} landmark={landmark} />;
}
