import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { cx } from './cx.js';

/** A white sheet on the paper ground. */
export function Card({
  className,
  flush,
  ...rest
}: ComponentProps<'div'> & { flush?: boolean | undefined }): ReactElement {
  return (
    <div
      {...rest}
      className={cx('shade-1 rounded-card border border-line bg-surface', !flush && 'p-4 sm:p-6', className)}
    />
  );
}

/** A page's part with its heading and, at the right, what one can do about it. */
export function Section({
  title,
  action,
  children,
  className,
  level = 2,
}: {
  title: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
  level?: 2 | 3;
}): ReactElement {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={className}>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-1 sm:mb-4">
        <Heading className={level === 2 ? 'text-xl sm:text-2xl' : 'text-lg'}>{title}</Heading>
        {action}
      </div>
      {children}
    </section>
  );
}

export type Tone = 'plain' | 'brand' | 'accent' | 'danger' | 'ok';
const tones: Record<Tone, string> = {
  plain: 'bg-sunken text-ink',
  brand: 'bg-brand-soft text-brand-ink',
  accent: 'bg-accent-soft text-accent-ink',
  danger: 'bg-danger-soft text-danger-ink',
  ok: 'bg-ok-soft text-ok-ink',
};

/** A word or two about a state. */
export function Badge({
  tone = 'plain',
  size = 's',
  className,
  ...rest
}: ComponentProps<'span'> & { tone?: Tone; size?: 's' | 'm' }): ReactElement {
  return (
    <span
      {...rest}
      className={cx(
        'inline-flex items-center gap-1 rounded-full font-semibold whitespace-nowrap',
        size === 's' ? 'px-2.5 py-0.5 text-xs' : 'px-3.5 py-1 text-sm',
        tones[tone],
        className,
      )}
    />
  );
}

/** A boxed message: a warning, a confirmation, something to know before acting. */
export function Note({
  tone = 'plain',
  icon,
  title,
  children,
  className,
  role,
}: {
  tone?: Tone;
  icon?: ReactNode;
  title?: ReactNode;
  children?: ReactNode;
  className?: string;
  role?: 'alert' | 'status' | 'note';
}): ReactElement {
  return (
    <div role={role} className={cx('flex gap-3 rounded-box p-4', tones[tone], className)}>
      {icon && <span className="mt-0.5">{icon}</span>}
      <div className="min-w-0 grow">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
