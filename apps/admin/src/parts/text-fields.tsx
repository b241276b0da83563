import { Input } from '@um/ui';
import type { ReactElement } from 'react';
import { locales, type Locale } from '../i18n/index.js';
import { useT } from '../state/language.js';

/** A text in the three written languages, as a form holds it. */
export type Texts = Record<Locale, string>;

export const noTexts: Texts = { uz: '', ru: '', en: '' };

/** A text without the spaces around it. */
export const trimmed = (text: Texts): Texts => ({ uz: text.uz.trim(), ru: text.ru.trim(), en: text.en.trim() });

/** True when the text is there in every language. */
export const isWhole = (text: Texts): boolean => locales.every((locale) => text[locale].trim() !== '');

/** One field a language. `error` stands under each one that is empty. */
export function TextFields({
  label,
  value,
  onChange,
  hint,
  error,
  longest,
}: {
  label: string;
  value: Texts;
  onChange: (value: Texts) => void;
  hint?: string;
  error?: string | undefined;
  longest: number;
}): ReactElement {
  const t = useT();
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {locales.map((locale) => (
        <Input
          key={locale}
          label={`${label}, ${t.catalog.languages[locale]}`}
          value={value[locale]}
          maxLength={longest}
          hint={hint}
          error={value[locale].trim() === '' ? error : undefined}
          onChange={(event) => onChange({ ...value, [locale]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
