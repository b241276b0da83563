import { IconButton, IconGlobe, LocaleSwitch, Menu, type LocaleChoice } from '@um/ui';
import type { ReactElement } from 'react';
import { localeNames, localePath, webLocales } from '../i18n/locale.js';
import { useApp } from '../state/app.js';
import { usePlace } from '../state/place.js';

/** This page in the other languages. */
export function Languages({ landmark = true }: { landmark?: boolean }): ReactElement {
  const { locale } = useApp();
  return <LocaleSwitch choices={useLanguages()} current={locale} landmark={landmark} />;
}

/** The same behind one button, for the top of the page. */
export function LanguageMenu(): ReactElement {
  const { locale, t } = useApp();
  const items = useLanguages().map(({ code, name, href }) => ({
    label: (
      <span className={code === locale ? 'font-bold text-brand-ink' : ''} lang={code}>
        {name}
      </span>
    ),
    href,
  }));
  return (
    <Menu
      items={items}
      renderTrigger={(wired) => (
        <IconButton {...wired} icon={IconGlobe} label={`${t.ui.language}: ${localeNames[locale]}`} />
      )}
    />
  );
}

function useLanguages(): LocaleChoice[] {
  const { path, search } = usePlace();
  return webLocales.map((code) => ({ code, name: localeNames[code], href: localePath(code, path) + search }));
}
