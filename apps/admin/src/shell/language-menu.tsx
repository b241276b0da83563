import { IconButton, IconCheck, IconGlobe, Menu } from '@um/ui';
import type { ReactElement } from 'react';
import { localeNames, locales, type Locale } from '../i18n/index.js';
import { useLanguage } from '../state/language.js';

/** Chooses the panel's language; `onChosen` may keep it with the account. */
export function LanguageMenu({ onChosen }: { onChosen?: (locale: Locale) => void }): ReactElement {
  const { locale, t, setLocale } = useLanguage();
  return (
    <Menu
      renderTrigger={(wired) => (
        <IconButton {...wired} icon={IconGlobe} label={`${t.ui.language}: ${localeNames[locale]}`} />
      )}
      items={locales.map((code) => ({
        label: <span lang={code}>{localeNames[code]}</span>,
        icon: code === locale ? IconCheck : undefined,
        onSelect: () => {
          setLocale(code);
          onChosen?.(code);
        },
      }))}
    />
  );
}
