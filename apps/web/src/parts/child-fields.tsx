import type { ChildView, Limits } from '@um/family';
import { cx, formatAmount, Input, moneyUnit } from '@um/ui';
import type { ReactElement } from 'react';
import type { z } from 'zod';
import { useApp } from '../state/app.js';
import { avatarUrl } from './drawn.js';

export type Avatar = ChildView['avatar'];
export type LimitValues = z.infer<typeof Limits>;

/** The signs a child's profile may wear, in the order they are offered. */
export const avatarNames: readonly Avatar[] = [
  'fox',
  'panda',
  'owl',
  'cat',
  'dolphin',
  'lion',
  'rabbit',
  'turtle',
  'unicorn',
  'robot',
  'rocket',
  'star',
];

/** Signs to choose from, each named for screen readers. */
export function AvatarPicker({
  value,
  onChange,
}: {
  value: Avatar | null;
  onChange: (avatar: Avatar) => void;
}): ReactElement {
  const { t } = useApp();
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">{t.childNew.avatar}</legend>
      <div className="grid grid-cols-4 gap-2.5 sm:grid-cols-6">
        {avatarNames.map((name) => (
          <label
            key={name}
            className={cx(
              'flex aspect-square items-center justify-center rounded-box border-2 bg-surface transition-colors has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)',
              value === name ? 'border-brand bg-brand-soft' : 'border-line hover:border-line-strong',
            )}
          >
            <input
              type="radio"
              name="avatar"
              value={name}
              checked={value === name}
              onChange={() => onChange(name)}
              className="sr-only"
              aria-label={t.childNew.avatars[name]}
            />
            <img src={avatarUrl(name)} alt="" width={56} height={56} className="size-[68%]" />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const limitNames = ['day', 'week', 'month'] as const;

/** Whole soʻm typed in a form, as tiyin; null when left empty. */
export function tiyinOf(typed: string | undefined): number | null {
  const digits = (typed ?? '').replace(/\D/g, '').slice(0, 12);
  return digits ? Number(digits) * 100 : null;
}

/** The limits of a form made by `LimitFields`. */
export const limitsOf = (texts: Readonly<Record<string, string>>): LimitValues => ({
  dayTiyin: tiyinOf(texts['day']),
  weekTiyin: tiyinOf(texts['week']),
  monthTiyin: tiyinOf(texts['month']),
});

/** Limits a day, a week, a month; empty is none. */
export function LimitFields({
  initial,
  fields,
}: {
  initial?: LimitValues | undefined;
  fields: Readonly<Record<string, string>>;
}): ReactElement {
  const { t, locale } = useApp();
  const value = (name: (typeof limitNames)[number]): string | undefined => {
    const tiyin = initial?.[`${name}Tiyin`];
    return tiyin == null ? undefined : formatAmount(tiyin);
  };
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      {limitNames.map((name) => (
        <Input
          key={name}
          name={name}
          label={t.limits[name]}
          inputMode="numeric"
          autoComplete="off"
          suffix={moneyUnit(locale)}
          defaultValue={value(name)}
          error={fields[`${name}Tiyin`] ?? fields[`limits.${name}Tiyin`]}
        />
      ))}
    </div>
  );
}

/** A PIN of four to six digits, for a parent to set. */
export function PinField({
  name,
  label,
  error,
  hint,
}: {
  name: string;
  label: string;
  error?: string | null | undefined;
  hint?: string;
}): ReactElement {
  return (
    <Input
      name={name}
      label={label}
      hint={hint}
      error={error}
      type="password"
      inputMode="numeric"
      pattern="\d{4,6}"
      minLength={4}
      maxLength={6}
      autoComplete="new-password"
      required
      className="max-w-56 text-center text-2xl tracking-[0.5em]"
    />
  );
}
