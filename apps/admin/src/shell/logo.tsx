import type { ReactElement } from 'react';

/** The sign and the name. The almond in the cup is the oldest figure of ikat. */
export function Logo({ onDark }: { onDark?: boolean }): ReactElement {
  return (
    <span className="flex items-center gap-2.5">
      <svg width="38" height="38" viewBox="0 0 64 64" aria-hidden="true">
        <rect width="64" height="64" rx="18" fill={onDark ? '#f3ab2c' : '#0b616c'} />
        <path d="M14 12h11v21a7 7 0 0 0 14 0V12h11v21a18 18 0 0 1-36 0z" fill={onDark ? '#0b4f59' : '#fdf7ea'} />
        <path
          d="M32 9h2v2h2v3h2v4h1v5h-1v4h-2v3h-2v2h-4v-2h-2v-3h-2v-4h-1v-5h1v-4h2v-3h2v-2h2z"
          fill={onDark ? '#fdf7ea' : '#f3ab2c'}
        />
      </svg>
      <span className="text-xl font-extrabold tracking-tight">
        Ultra<span className={onDark ? '' : 'text-brand-ink'}>Market</span>
      </span>
    </span>
  );
}
