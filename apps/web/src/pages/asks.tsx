import type { ApprovalView } from '@um/family';
import { EmptyState, IconSend, LinkButton, LoadMore } from '@um/ui';
import type { ReactElement } from 'react';
import { AskCard } from '../parts/ask-card.js';
import { useWork } from '../parts/form.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useApp, useHref, useLive } from '../state/app.js';

interface Data {
  items: readonly ApprovalView[];
  nextCursor: string | null;
}

/** What a child has asked for, and what became of it. */
export const page = definePage<Data>({
  load: ({ api }) => api.get<Data>('/approvals'),
  head: (_data, t) => ({ title: t.kids.asks, hidden: true }),
  View: Asks,
});

function Asks({ data }: { data: Data }): ReactElement {
  const { t, api, keep, refresh } = useApp();
  const href = useHref();
  const { busy, run } = useWork({ toast: true });
  useLive('approvals', () => void refresh());
  const more = (): Promise<boolean> =>
    run(async () => {
      const next = await api.get<Data>('/approvals', { cursor: data.nextCursor });
      keep({ items: [...data.items, ...next.items], nextCursor: next.nextCursor });
    });
  return (
    <>
      <PageTitle>{t.kids.asks}</PageTitle>
      {data.items.length === 0 && (
        <EmptyState
          icon={IconSend}
          title={t.kids.asksEmpty}
          action={<LinkButton href={href('/')}>{t.kids.look}</LinkButton>}
        >
          {t.kids.asksEmptyText}
        </EmptyState>
      )}
      <ul className="flex flex-col gap-3" aria-live="polite">
        {data.items.map((ask) => (
          <li key={ask.id}>
            <AskCard ask={ask} to={`/asks/${ask.id}`} child />
          </li>
        ))}
      </ul>
      <LoadMore more={data.nextCursor !== null} busy={busy} onMore={() => void more()} />
    </>
  );
}
