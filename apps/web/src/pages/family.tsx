import type { ApprovalView, ChildView } from '@um/family';
import {
  Avatar,
  Badge,
  Card,
  EmptyState,
  IconCircleCheck,
  IconSettings,
  IconToyBrick,
  IconUserRoundPlus,
  IconUsersRound,
  LinkButton,
  Note,
  Section,
} from '@um/ui';
import type { ReactElement } from 'react';
import { ageInWords } from '../parts/ages.js';
import { AskCard } from '../parts/ask-card.js';
import { avatarUrl } from '../parts/drawn.js';
import { Spending } from '../parts/spending.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useApp, useHref, useLive } from '../state/app.js';
import { useStore } from '../state/store.js';

interface Data {
  children: readonly ChildView[];
  waiting: readonly ApprovalView[];
}

/** A family at a glance: what waits for an answer, and each child. */
export const page = definePage<Data>({
  load: async ({ api }) => {
    const [children, waiting] = await Promise.all([
      api.get<{ items: ChildView[] }>('/families/children'),
      api.get<{ items: ApprovalView[] }>('/approvals', { state: 'pending' }),
    ]);
    return { children: children.items, waiting: waiting.items };
  },
  head: (_data, t) => ({ title: t.family.title, hidden: true }),
  View: Family,
});

function Family({ data: { children, waiting } }: { data: Data }): ReactElement {
  const { t, viewer, refresh } = useApp();
  const href = useHref();
  const person = useStore(viewer);
  useLive('approvals', () => void refresh());
  return (
    <div className="page flex flex-col gap-10 pt-6 sm:pt-8">
      <div>
        <PageTitle
          aside={
            <LinkButton href={href('/family/new')} icon={IconUserRoundPlus}>
              {t.family.add}
            </LinkButton>
          }
        >
          {t.family.hello(person?.name ?? '')}
        </PageTitle>
        <section aria-live="polite">
          {waiting.length > 0 ? (
            <>
              <h2 className="mb-3 text-xl">{t.family.waiting(waiting.length)}</h2>
              <ul className="flex flex-col gap-3">
                {waiting.map((ask) => (
                  <li key={ask.id}>
                    <AskCard ask={ask} to={`/family/approvals/${ask.id}`} />
                  </li>
                ))}
              </ul>
            </>
          ) : (
            children.length > 0 && (
              <Note tone="ok" icon={<IconCircleCheck />} title={t.family.nothingWaits}>
                <a href={href('/family/approvals')} className="underline">
                  {t.shell.approvals}
                </a>
              </Note>
            )
          )}
        </section>
      </div>
      {children.length === 0 ? (
        <EmptyState
          icon={IconUsersRound}
          title={t.family.none}
          action={
            <LinkButton href={href('/family/new')} icon={IconUserRoundPlus}>
              {t.family.add}
            </LinkButton>
          }
        >
          {t.family.noneText}
        </EmptyState>
      ) : (
        <>
          <Section title={t.family.children}>
            <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
              {children.map((child) => (
                <li key={child.id}>
                  <ChildCard child={child} />
                </li>
              ))}
            </ul>
          </Section>
          <Note tone="brand" icon={<IconToyBrick />} title={t.family.device}>
            <p>{t.family.deviceText}</p>
            <LinkButton href={href('/kids')} className="mt-3">
              {t.shell.kidsMode}
            </LinkButton>
          </Note>
        </>
      )}
    </div>
  );
}

function ChildCard({ child }: { child: ChildView }): ReactElement {
  const { t } = useApp();
  const href = useHref();
  const limited = child.spending.some((window) => window.limit !== null);
  return (
    <Card className="flex h-full flex-col gap-5">
      <div className="flex items-center gap-4">
        <Avatar name={child.nickname} src={avatarUrl(child.avatar)} size={64} />
        <div className="grow">
          <h3 className="text-lg">{child.nickname}</h3>
          <Badge tone="brand">{ageInWords(child.ageMonths, t)}</Badge>
        </div>
      </div>
      {limited ? (
        <Spending spending={child.spending} />
      ) : (
        <p className="text-sm text-ink-soft">
          {t.limits.title}: {t.family.noLimit}
        </p>
      )}
      <LinkButton href={href(`/family/children/${child.id}`)} kind="secondary" icon={IconSettings} className="mt-auto">
        {t.family.settings}
      </LinkButton>
    </Card>
  );
}
