import type { ReactElement, ReactNode } from 'react';
import { Button } from './button.js';
import { cx } from './cx.js';
import type { Icon } from './icon.js';
import { IconRefreshCw, IconTriangleAlert } from './icons.js';
import { useUi } from './provider.js';

/** A grey place that will hold something soon. */
export function Skeleton({ className }: { className?: string }): ReactElement {
  return <span aria-hidden="true" className={cx('shimmer block rounded-field', className)} />;
}

/** Several grey product cards, for a list on its way. */
export function ProductSkeletons({ count = 8 }: { count?: number }): ReactElement {
  const { words } = useUi();
  return (
    <div
      role="status"
      aria-label={words.loading}
      className="grid grid-cols-2 gap-2.5 sm:gap-4 md:grid-cols-3 lg:grid-cols-4"
    >
      {Array.from({ length: count }, (_, place) => (
        <div key={place} className="flex flex-col gap-2 rounded-card border border-line bg-surface p-2.5">
          <Skeleton className="aspect-square rounded-box" />
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="h-4" />
        </div>
      ))}
    </div>
  );
}

/** Nothing here yet: what it means and what one can do. */
export function EmptyState({
  icon: Glyph,
  title,
  children,
  action,
  level = 2,
}: {
  icon: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  level?: 1 | 2;
}): ReactElement {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-14 text-center">
      <span className="ikat flex size-20 items-center justify-center rounded-full bg-brand-soft text-brand-ink [--ikat-size:32px]">
        <Glyph size={34} />
      </span>
      <Heading className="mt-1 text-xl">{title}</Heading>
      {children && <div className="text-ink-soft">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}

/** Something failed: what, with its number for support, and a way to try again. */
export function ErrorState({
  title,
  children,
  requestId,
  onRetry,
  level = 2,
}: {
  level?: 1 | 2;
  title: string;
  children?: ReactNode;
  requestId?: string | null | undefined;
  onRetry?: (() => void) | undefined;
}): ReactElement {
  const { words } = useUi();
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-14 text-center">
      <span className="flex size-20 items-center justify-center rounded-full bg-danger-soft text-danger-ink">
        <IconTriangleAlert size={34} />
      </span>
      <Heading className="mt-1 text-xl">{title}</Heading>
      {children && <div className="text-ink-soft">{children}</div>}
      {requestId && <code className="text-xs text-ink-soft">{requestId}</code>}
      {onRetry && (
        <Button kind="secondary" icon={IconRefreshCw} onClick={onRetry} className="mt-2">
          {words.retry}
        </Button>
      )}
    </div>
  );
}

/** How much of something is used; `label` says it in words. */
export function Progress({
  value,
  max,
  label,
  tone = 'brand',
}: {
  value: number;
  max: number;
  label: string;
  tone?: 'brand' | 'accent' | 'danger';
}): ReactElement {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  const fill = { brand: 'bg-brand', accent: 'bg-accent', danger: 'bg-danger' }[tone];
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className="h-2.5 overflow-hidden rounded-full bg-sunken"
    >
      <div className={cx('h-full rounded-full transition-[width]', fill)} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
