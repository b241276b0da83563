import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { cx } from './cx.js';
import type { Icon } from './icon.js';
import { useUi } from './provider.js';

export type ButtonKind = 'primary' | 'accent' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'm' | 's' | 'l';

const kinds: Record<ButtonKind, string> = {
  primary: 'bg-brand text-on-brand hover:bg-brand-hover',
  accent: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong/60 bg-surface text-ink hover:bg-sunken',
  quiet: 'text-brand-ink hover:bg-brand-soft',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover',
};
const sizes: Record<ButtonSize, string> = {
  s: 'min-h-9 px-3.5 text-sm',
  m: 'tap px-5',
  l: 'min-h-13 px-7 text-lg',
};
const shape =
  'inline-flex items-center justify-center gap-2 rounded-full font-semibold leading-tight transition-colors duration-150 select-none text-center disabled:opacity-55';

interface Look {
  kind?: ButtonKind | undefined;
  size?: ButtonSize | undefined;
  icon?: Icon | undefined;
  /** Stretches to the width of its place. */
  wide?: boolean | undefined;
}

const look = ({ kind = 'primary', size = 'm', wide }: Look, extra?: string): string =>
  cx(shape, kinds[kind], sizes[size], wide && 'w-full', extra);

export type ButtonProps = Look & { busy?: boolean | undefined } & ComponentProps<'button'>;

/** The button. While `busy` it keeps its width and focus, shows a turning ring and ignores presses. */
export function Button({
  kind,
  size,
  icon: Glyph,
  wide,
  busy,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps): ReactElement {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={look({ kind, size, wide }, className)}
    >
      {busy ? <Spinner /> : Glyph && <Glyph size={size === 's' ? 16 : 20} />}
      {children}
    </button>
  );
}

/** A link that looks like a button, for going somewhere rather than doing something. */
export function LinkButton({
  kind,
  size,
  icon: Glyph,
  wide,
  className,
  children,
  ...rest
}: Look & ComponentProps<'a'>): ReactElement {
  return (
    <a {...rest} className={look({ kind, size, wide }, className)}>
      {Glyph && <Glyph size={size === 's' ? 16 : 20} />}
      {children}
    </a>
  );
}

export type IconButtonProps = { label: string; icon: Icon; badge?: number | undefined } & Omit<
  ComponentProps<'button'>,
  'aria-label' | 'children'
>;

/** A round button of one drawing; `label` is what a screen reader says, `badge` a small count at its corner. */
export function IconButton({
  label,
  icon: Glyph,
  badge,
  className,
  type = 'button',
  ...rest
}: IconButtonProps): ReactElement {
  return (
    <button {...rest} type={type} aria-label={label} title={label} className={cx(round, className)}>
      <Glyph size={22} />
      <Count of={badge} />
    </button>
  );
}

/** The same as a link. */
export function IconLink({
  label,
  icon: Glyph,
  badge,
  className,
  ...rest
}: Omit<IconButtonProps, 'type'> & ComponentProps<'a'>): ReactElement {
  return (
    <a {...rest} aria-label={label} title={label} className={cx(round, className)}>
      <Glyph size={22} />
      <Count of={badge} />
    </a>
  );
}

const round =
  'tap relative inline-flex items-center justify-center rounded-full text-ink hover:bg-sunken transition-colors';

function Count({ of = 0 }: { of?: number | undefined }): ReactNode {
  if (of < 1) return null;
  return (
    <span
      className="absolute top-1/2 left-1/2 -mt-5 ml-0.5 min-w-5 rounded-full bg-accent px-1 text-center text-xs leading-5 font-bold text-on-accent"
      aria-hidden="true"
    >
      {of > 99 ? '99+' : of}
    </span>
  );
}

/** A turning ring that says it is loading to a screen reader. */
export function Spinner({ size = 20 }: { size?: number }): ReactElement {
  const { words } = useUi();
  return (
    <span
      role="status"
      aria-label={words.loading}
      className="inline-block animate-[spin_0.8s_linear_infinite] rounded-full border-2 border-current border-r-transparent"
      style={{ width: size, height: size }}
    />
  );
}
