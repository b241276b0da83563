import type { ApprovalView } from '@um/family';
import { EmptyState, IconSend, LoadMore, Tabs } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { AskCard } from '../parts/ask-card.js';
import { useWork } from '../parts/form.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useApp, useLive } from '../state/app.js';

interface Data {
  items: readonly ApprovalView[];
  nextCursor: string | null;
}

/** Everything children have asked for. */
export const page = definePage<Data>({
  load: ({ api }) => api.get<Data>('/approvals', { limit: 50 }),
  head: (_data, t) => ({ title: t.approvals.title, hidden: true }),
  View: Approvals,
});

function Approvals({ data }: { data: Data }): ReactElement {
  const { t, api, keep, refresh } = useApp();
  const [tab, setTab] = useState('open');
  const { busy, run } = useWork({ toast: true });
  useLive('approvals', () => void refresh());
  const open = data.items.filter((ask) => ask.state === 'pending');
  const done = data.items.filter((ask) => ask.state !== 'pending');
  const more = (): Promise<boolean> =>
    run(async () => {
      const next = await api.get<Data>('/approvals', { limit: 50, cursor: data.nextCursor });
      keep({ items: [...data.items, ...next.items], nextCursor: next.nextCursor });
    });
  return (
    <div className="page max-w-5xl! pt-6 sm:pt-8">
      <PageTitle>{t.approvals.title}</PageTitle>
      <Tabs
        label={t.approvals.title}
        current={tab}
        onChange={setTab}
        tabs={[
          { id: 'open', label: `${t.approvals.tabs.open} (${open.length})`, content: <Asks asks={open} /> },
          { id: 'done', label: t.approvals.tabs.done, content: <Asks asks={done} /> },
        ]}
      />
      <LoadMore more={data.nextCursor !== null} busy={busy} onMore={() => void more()} />
    </div>
  );
}

function Asks({ asks }: { asks: readonly ApprovalView[] }): ReactElement {
  const { t } = useApp();
  if (asks.length === 0)
    return (
      <EmptyState icon={IconSend} title={t.approvals.emptyTitle}>
        {t.approvals.emptyText}
      </EmptyState>
    );
  return (
    <ul className="flex flex-col gap-3">
      {asks.map((ask) => (
        <li key={ask.id}>
          <AskCard ask={ask} to={`/family/approvals/${ask.id}`} />
        </li>
      ))}
    </ul>
  );
}
