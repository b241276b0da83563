import { useEffect, useRef, type ReactElement } from 'react';
import { cx } from './cx.js';
import { useUi } from './provider.js';

interface PinInputProps {
  label: string;
  value: string;
  onChange: (pin: string) => void;
  /** Called once the last digit is in. */
  onFull?: ((pin: string) => void) | undefined;
  length?: number | undefined;
  error?: string | null | undefined;
  disabled?: boolean | undefined;
  autoFocus?: boolean | undefined;
}

/** A short secret of digits, a box for each. Takes typing, pasting, arrows and backspace; digits stay hidden. */
export function PinInput({
  label,
  value,
  onChange,
  onFull,
  length = 4,
  error,
  disabled,
  autoFocus,
}: PinInputProps): ReactElement {
  const { words } = useUi();
  const boxes = useRef<(HTMLInputElement | null)[]>([]);
  const focus = (place: number): void => boxes.current[Math.max(0, Math.min(length - 1, place))]?.focus();

  useEffect(() => {
    if (autoFocus) boxes.current[0]?.focus();
  }, [autoFocus, boxes]);

  const put = (place: number, typed: string): void => {
    const digits = typed.replace(/\D/g, '');
    const next = (value.slice(0, place) + digits).slice(0, length);
    onChange(next);
    focus(next.length);
    if (digits && next.length === length) onFull?.(next);
  };
  const key = (place: number, name: string): boolean => {
    if (name === 'Backspace') {
      onChange(value.slice(0, value[place] ? place : Math.max(0, place - 1)));
      focus(value[place] ? place : place - 1);
    } else if (name === 'ArrowLeft') focus(place - 1);
    else if (name === 'ArrowRight') focus(place + 1);
    else return false;
    return true;
  };

  return (
    <div role="group" aria-label={label} className="flex flex-col items-center gap-3">
      <div className="flex gap-3">
        {Array.from({ length }, (_, place) => (
          <input
            key={place}
            ref={(element) => {
              boxes.current[place] = element;
            }}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={length}
            disabled={disabled}
            aria-label={words.digit(place + 1, length)}
            aria-invalid={error ? true : undefined}
            value={value[place] ?? ''}
            onInput={(event) => put(place, event.currentTarget.value)}
            onKeyDown={(event) => {
              if (key(place, event.key)) event.preventDefault();
            }}
            className={cx(
              'size-14 rounded-box border-2 bg-surface text-center text-2xl font-bold',
              error ? 'border-danger' : 'border-line-strong',
            )}
          />
        ))}
      </div>
      <p role="alert" className="min-h-6 text-center text-sm font-medium text-danger-ink">
        {error}
      </p>
    </div>
  );
}
