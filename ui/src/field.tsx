import { useId, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import { cx } from './cx.js';
import { IconChevronDown, IconCircleAlert } from './icons.js';

interface Labelled {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null | undefined;
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean | undefined;
}

const box =
  'tap w-full rounded-field border bg-surface px-3.5 py-2 text-ink placeholder:text-ink-soft transition-colors disabled:bg-sunken disabled:opacity-70';
const edge = (bad: unknown): string => (bad ? 'border-danger' : 'border-line-strong hover:border-ink-soft');

interface Wired {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** A label, its control, a hint and an error, tied together for screen readers. */
export function Field({
  label,
  hint,
  error,
  labelHidden,
  id,
  children,
}: Labelled & { id?: string | undefined; children: (wired: Wired) => ReactNode }): ReactElement {
  const own = useId();
  const control = id ?? own;
  const note = `${control}-note`;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={control} className={labelHidden ? 'sr-only' : 'text-sm font-semibold'}>
        {label}
      </label>
      {children({
        id: control,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': error || hint ? note : undefined,
      })}
      {error ? (
        <p id={note} className="flex items-start gap-1.5 text-sm font-medium text-danger-ink">
          <IconCircleAlert size={16} className="mt-0.5" />
          {error}
        </p>
      ) : (
        hint && (
          <p id={note} className="text-sm text-ink-soft">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** One line of text with its label. */
export function Input({
  label,
  hint,
  error,
  labelHidden,
  className,
  id,
  suffix,
  ...rest
}: Labelled & { suffix?: ReactNode } & ComponentProps<'input'>): ReactElement {
  return (
    <Field {...{ label, hint, error, labelHidden, id }}>
      {(wired) => (
        <span className="relative block">
          <input {...rest} {...wired} className={cx(box, edge(error), Boolean(suffix) && 'pr-16', className)} />
          {suffix && (
            <span className="pointer-events-none absolute inset-y-0 right-3.5 flex items-center text-sm text-ink-soft">
              {suffix}
            </span>
          )}
        </span>
      )}
    </Field>
  );
}

/** Several lines of text with their label. */
export function Textarea({
  label,
  hint,
  error,
  labelHidden,
  className,
  id,
  ...rest
}: Labelled & ComponentProps<'textarea'>): ReactElement {
  return (
    <Field {...{ label, hint, error, labelHidden, id }}>
      {(wired) => <textarea rows={3} {...rest} {...wired} className={cx(box, edge(error), 'resize-y', className)} />}
    </Field>
  );
}

/** A native list of choices with its label. */
export function Select({
  label,
  hint,
  error,
  labelHidden,
  className,
  id,
  children,
  ...rest
}: Labelled & ComponentProps<'select'>): ReactElement {
  return (
    <Field {...{ label, hint, error, labelHidden, id }}>
      {(wired) => (
        <span className="relative block">
          <select {...rest} {...wired} className={cx(box, edge(error), 'appearance-none pr-10', className)}>
            {children}
          </select>
          <IconChevronDown
            size={18}
            className="pointer-events-none absolute top-1/2 right-3.5 -translate-y-1/2 text-ink-soft"
          />
        </span>
      )}
    </Field>
  );
}

const tick = 'mt-0.5 size-5 shrink-0 accent-(--brand)';

/** A box to tick. Never ticked for people beforehand where it is about consent. */
export function Checkbox({ label, hint, error, className, ...rest }: Labelled & ComponentProps<'input'>): ReactElement {
  const note = useId();
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      <label className="flex min-h-9 items-start gap-3 py-1.5">
        <input
          {...rest}
          type="checkbox"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? note : undefined}
          className={tick}
        />
        <span>
          {label}
          {hint && <span className="block text-sm text-ink-soft">{hint}</span>}
        </span>
      </label>
      {error && (
        <p id={note} className="text-sm font-medium text-danger-ink">
          {error}
        </p>
      )}
    </div>
  );
}

/** One of several choices as a card: the whole card is the target. Put several in a `fieldset` with a `legend`. */
export function Choice({
  label,
  hint,
  aside,
  ...rest
}: Labelled & { aside?: ReactNode } & ComponentProps<'input'>): ReactElement {
  return (
    <label className="flex items-start gap-3 rounded-box border border-line-strong/50 bg-surface p-4 transition-colors hover:border-line-strong has-checked:border-brand has-checked:bg-brand-soft">
      <input {...rest} type="radio" className={tick} />
      <span className="grow">
        <span className="font-semibold">{label}</span>
        {hint && <span className="block text-sm text-ink-soft">{hint}</span>}
      </span>
      {aside}
    </label>
  );
}

/** A switch that takes effect at once. */
export function Switch({
  label,
  hint,
  checked,
  onChange,
  disabled,
}: {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
}): ReactElement {
  return (
    <label className="flex items-center justify-between gap-4 py-2">
      <span>
        <span className="font-medium">{label}</span>
        {hint && <span className="block text-sm text-ink-soft">{hint}</span>}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="peer sr-only"
      />
      <span
        aria-hidden="true"
        className="relative h-7 w-12 shrink-0 rounded-full bg-line-strong transition-colors peer-checked:bg-brand peer-focus-visible:outline-3 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-(--focus) after:absolute after:top-1 after:left-1 after:size-5 after:rounded-full after:bg-surface after:transition-transform peer-checked:after:translate-x-5"
      />
    </label>
  );
}
