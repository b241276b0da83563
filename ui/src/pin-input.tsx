import { useLayoutEffect, useRef, type ReactElement } from 'react';
import { cx } from './cx.js';
import { useUi } from './provider.js';

interface PinInputProps {
  label: string;
  value: string;
  onChange: (pin: string) => void;
  length?: number | undefined;
  error?: string | null | undefined;
  disabled?: boolean | undefined;
  autoFocus?: boolean | undefined;
}

/** The PIN after something was typed or pasted into a box: digits only, what stood behind goes. */
export function pinAfter(pin: string, place: number, typed: string, length: number): string {
  return (pin.slice(0, place) + typed.replace(/\D/g, '')).slice(0, length);
}

/** A short secret of digits, a box for each. Takes typing, pasting, arrows and backspace; digits stay hidden. */
export function PinInput({
  label,
  value,
  onChange,
  length = 4,
  error,
  disabled,
  autoFocus,
}: PinInputProps): ReactElement {
  const { words } = useUi();
  // Fast fingers press the next key before the last one has been drawn: what counts is what was typed, not what is shown.
  const typedSoFar = useRef(value);
  typedSoFar.current = value;
  const boxes = useRef<(HTMLInputElement | null)[]>([]);
  const focus = (place: number): void => boxes.current[Math.max(0, Math.min(length - 1, place))]?.focus();

  useLayoutEffect(() => {
    if (autoFocus) boxes.current[0]?.focus();
  }, [autoFocus, boxes]);

  const put = (place: number, typed: string): void => {
    const next = pinAfter(typedSoFar.current, place, typed, length);
    typedSoFar.current = next;
    onChange(next);
    focus(next.length);
  };
  const key = (place: number, name: string): boolean => {
    if (name === 'Backspace') {
      const filled = typedSoFar.current[place] !== undefined;
      typedSoFar.current = typedSoFar.current.slice(0, filled ? place : Math.max(0, place - 1));
      onChange(typedSoFar.current);
      focus(filled ? place : place - 1);
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
