import type { ReactElement } from 'react';
import { cx } from './cx.js';

interface AvatarProps {
  /** Whose it is; the first letter stands in when there is no picture. */
  name: string;
  /** Address of a picture of our own; children have drawings, never photographs. */
  src?: string | undefined;
  size?: number | undefined;
  className?: string | undefined;
}

/** A round sign of a person. Decoration: the name stands beside it. */
export function Avatar({ name, src, size = 40, className }: AvatarProps): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-flex shrink-0 items-center justify-center overflow-hidden rounded-full bg-brand-soft font-bold text-brand-ink',
        className,
      )}
      style={{ width: size, height: size, fontSize: size * 0.42 }}
    >
      {src ? (
        <img src={src} alt="" width={size} height={size} className="size-[78%]" />
      ) : (
        name.trim().charAt(0).toUpperCase()
      )}
    </span>
  );
}
