import { IconCheck } from '@um/ui';
import type { ReactElement, ReactNode } from 'react';
import { useT } from '../state/app.js';

/** A form at one side, what the account is good for at the other. */
export function AuthFrame({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ReactNode;
}): ReactElement {
  const t = useT();
  return (
    <div className="page pt-6 sm:pt-10">
      <div className="mx-auto grid max-w-5xl overflow-hidden rounded-card border border-line bg-surface shade-1 md:grid-cols-2">
        <div className="p-6 sm:p-10">
          <h1 className="text-3xl">{title}</h1>
          <p className="mt-2 text-ink-soft">{text}</p>
          <div className="mt-6">{children}</div>
        </div>
        <div className="ikat hidden bg-hero p-10 text-hero-ink [--ikat-size:120px] [--ikat-strength:0.09] md:flex md:flex-col md:justify-center">
          <h2 className="text-3xl font-extrabold">{t.auth.asideTitle}</h2>
          <ul className="mt-6 flex flex-col gap-4">
            {t.auth.asidePoints.map((point) => (
              <li key={point} className="flex gap-3 text-lg text-hero-soft">
                <span className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent">
                  <IconCheck size={17} />
                </span>
                {point}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

/** Only paths of our own site: a link must not lead people elsewhere after signing in. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
