import type { ReactElement } from 'react';

export interface IconProps {
  /** Edge in CSS pixels; 20 when left out. */
  size?: number | undefined;
  className?: string | undefined;
}

/** One drawing as a component. Icons are decoration: the text beside them, or the button's label, says the same. */
export type Icon = (props: IconProps) => ReactElement;

/** Makes a component of the inside of a 24 by 24 SVG that comes with the package, never from a user. */
export function icon(body: string): Icon {
  const drawing = { __html: body };
  return ({ size = 20, className = '' }) => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      className={`icon ${className}`}
      dangerouslySetInnerHTML={drawing}
    />
  );
}
