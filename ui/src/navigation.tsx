import type { ReactElement, ReactNode } from 'react';
import { Button } from './button.js';
import { cx } from './cx.js';
import { IconCheck, IconChevronRight, IconMinus, IconPlus } from './icons.js';
import { useUi } from './provider.js';

/** Where this page stands; the last one is the page itself. */
export function Breadcrumbs({
  trail,
}: {
  trail: readonly { label: string; href?: string | undefined }[];
}): ReactElement {
  const { words } = useUi();
  return (
    <nav aria-label={words.breadcrumbs} className="no-bar overflow-x-auto">
      <ol className="flex items-center gap-1 text-sm whitespace-nowrap text-ink-soft">
        {trail.map(({ label, href }, place) => (
          <li key={place} className="flex items-center gap-1">
            {place > 0 && <IconChevronRight size={14} />}
            {href ? (
              <a href={href} className="rounded-field py-1.5 hover:text-ink hover:underline">
                {label}
              </a>
            ) : (
              <span aria-current="page" className="py-1.5 text-ink">
                {label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The end of a list's part, with a button for the next; never loads by itself while one scrolls. */
export function LoadMore({
  more,
  busy,
  onMore,
  children,
}: {
  more: boolean;
  busy?: boolean;
  onMore: () => void;
  children?: ReactNode;
}): ReactElement | null {
  const { words } = useUi();
  if (!more) return children ? <p className="py-8 text-center text-sm text-ink-soft">{children}</p> : null;
  return (
    <div className="flex justify-center py-8">
      <Button kind="secondary" busy={busy} onClick={onMore} className="min-w-56">
        {words.loadMore}
      </Button>
    </div>
  );
}

/** How many: minus, the figure, plus. */
export function Quantity({
  value,
  min = 1,
  max,
  onChange,
  label,
  disabled,
}: {
  value: number;
  min?: number;
  max: number;
  onChange: (value: number) => void;
  label: string;
  disabled?: boolean;
}): ReactElement {
  const { words } = useUi();
  const step =
    'tap inline-flex items-center justify-center rounded-full hover:bg-sunken disabled:opacity-40 disabled:hover:bg-transparent';
  return (
    <div
      role="group"
      aria-label={`${words.quantity}: ${label}`}
      className="inline-flex items-center rounded-full border border-line-strong/60 bg-surface"
    >
      <button
        type="button"
        className={step}
        aria-label={words.decrease}
        disabled={disabled || value <= min}
        onClick={() => onChange(value - 1)}
      >
        <IconMinus size={18} />
      </button>
      <span aria-live="polite" className="min-w-7 text-center font-semibold">
        {value}
      </span>
      <button
        type="button"
        className={step}
        aria-label={words.increase}
        disabled={disabled || value >= max}
        onClick={() => onChange(value + 1)}
      >
        <IconPlus size={18} />
      </button>
    </div>
  );
}

export interface TimelineStep {
  id: string;
  title: ReactNode;
  detail?: ReactNode;
  state: 'done' | 'now' | 'later' | 'stopped';
}

/** The steps of something on its way, the present one marked. */
export function Timeline({ steps, label }: { steps: readonly TimelineStep[]; label: string }): ReactElement {
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map((step, place) => (
        <li
          key={step.id}
          aria-current={step.state === 'now' ? 'step' : undefined}
          className="relative flex gap-4 pb-6 last:pb-0"
        >
          {place < steps.length - 1 && (
            <span
              aria-hidden="true"
              className={cx(
                'absolute top-7 bottom-0 left-[0.8125rem] w-0.5',
                step.state === 'done' ? 'bg-brand' : 'bg-line',
              )}
            />
          )}
          <span
            aria-hidden="true"
            className={cx(
              'relative flex size-7 shrink-0 items-center justify-center rounded-full border-2',
              dots[step.state],
            )}
          >
            {step.state === 'done' && <IconCheck size={15} />}
            {step.state === 'now' && <span className="size-2.5 rounded-full bg-brand" />}
          </span>
          <span className="pt-0.5">
            <span className={cx('block', step.state === 'later' ? 'text-ink-soft' : 'font-semibold')}>
              {step.title}
            </span>
            {step.detail && <span className="block text-sm text-ink-soft">{step.detail}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

const dots: Record<TimelineStep['state'], string> = {
  done: 'border-brand bg-brand text-on-brand',
  now: 'border-brand bg-surface',
  later: 'border-line bg-surface',
  stopped: 'border-danger bg-danger-soft',
};
