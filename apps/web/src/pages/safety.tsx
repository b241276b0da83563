import { cx, IconBan, LinkButton } from '@um/ui';
import type { ReactElement } from 'react';
import { definePage } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';

const drawings = ['shield', 'teddy-bear', 'two-hearts', 'flexed-biceps', 'package'];

/** How safety works, told in five steps. */
export const page = definePage<null>({
  load: () => Promise.resolve(null),
  head: (_data, t) => ({ title: t.info.title, description: t.info.description }),
  View: SafetyPage,
});

function SafetyPage(): ReactElement {
  const { t } = useApp();
  const href = useHref();
  return (
    <article className="page max-w-4xl! pt-8 sm:pt-12">
      <h1 className="text-3xl sm:text-5xl">{t.info.title}</h1>
      <p className="mt-4 text-lg text-ink-soft sm:text-xl">{t.info.lead}</p>
      <ol className="mt-10 flex flex-col gap-5">
        {t.info.steps.map(({ title, text }, place) => (
          <li
            key={title}
            className={cx(
              'flex items-center gap-5 rounded-card border border-line bg-surface p-5 sm:gap-8 sm:p-7',
              place % 2 === 1 && 'sm:ml-16',
              place % 2 === 0 && 'sm:mr-16',
            )}
          >
            <img
              src={`/drawn/${drawings[place]}.webp`}
              alt=""
              width={84}
              height={84}
              className="size-16 shrink-0 sm:size-21"
            />
            <div>
              <h2 className="text-lg sm:text-xl">
                {place + 1}. {title}
              </h2>
              <p className="mt-1 text-ink-soft">{text}</p>
            </div>
          </li>
        ))}
      </ol>
      <section className="mt-12 rounded-card bg-brand-soft p-6 sm:p-8">
        <h2 className="text-xl text-brand-ink">{t.info.neverTitle}</h2>
        <ul className="mt-4 grid gap-3 sm:grid-cols-2">
          {t.info.never.map((thing) => (
            <li key={thing} className="flex gap-3">
              <IconBan className="mt-0.5 text-danger-ink" />
              {thing}
            </li>
          ))}
        </ul>
      </section>
      <div className="mt-8 flex flex-wrap gap-3">
        <LinkButton href={href('/sign-up')}>{t.home.heroFamily}</LinkButton>
        <LinkButton href={href('/catalog')} kind="secondary">
          {t.home.heroBrowse}
        </LinkButton>
      </div>
    </article>
  );
}
