import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { useT } from '../state/language.js';

/** A page of the panel: its heading takes the focus after a move and names the window. */
export function PanelPage({
  title,
  lead,
  aside,
  children,
}: {
  title: string;
  lead?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}): ReactElement {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <title>{`${title} · ${t.brand}`}</title>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <h1 ref={heading} tabIndex={-1} className="text-2xl sm:text-3xl">
            {title}
          </h1>
          {lead && <div className="mt-1 max-w-prose text-ink-soft">{lead}</div>}
        </div>
        {aside}
      </div>
      {children}
    </>
  );
}

/** Filters above a list, side by side where there is room. */
export function Filters({ children }: { children: ReactNode }): ReactElement {
  return <div className="mb-4 flex flex-wrap items-end gap-3 *:w-full *:sm:w-60">{children}</div>;
}
