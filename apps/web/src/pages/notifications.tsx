import type { NotificationView } from '@um/notification';
import { Badge, Button, EmptyState, IconBell, IconBox, IconSend, LoadMore, cx, dateTime } from '@um/ui';
import type { ReactElement } from 'react';
import type { z } from 'zod';
import { useWork } from '../parts/form.js';
import { PageTitle } from '../parts/tile.js';
import { definePage, toSignIn } from '../router/page.js';
import { useApp, useHref, useLive } from '../state/app.js';
import { useStore } from '../state/store.js';
import { isChild } from '../state/viewer.js';

type Notice = z.infer<typeof NotificationView>;

interface Data {
  items: readonly Notice[];
  nextCursor: string | null;
  unread: number;
}

/** What the person was told, newest first. */
export const page = definePage<Data>({
  load: async (context) => {
    if (!context.viewer) throw toSignIn(context);
    return context.api.get<Data>('/notifications');
  },
  head: (_data, t) => ({ title: t.notifications.title, hidden: true }),
  View: Notifications,
});

function Notifications({ data }: { data: Data }): ReactElement {
  const { t, api, keep, refresh, unread, viewer } = useApp();
  const child = isChild(useStore(viewer));
  const { busy, run } = useWork({ toast: true });
  useLive('notifications', () => void refresh());
  const readAll = (): Promise<boolean> =>
    run(async () => {
      await api.send('POST', '/notifications/read', {});
      unread.set(0);
      keep({ ...data, unread: 0, items: data.items.map((notice) => ({ ...notice, read: true })) });
    });
  const more = (): Promise<boolean> =>
    run(async () => {
      const next = await api.get<Data>('/notifications', { cursor: data.nextCursor });
      keep({ ...next, items: [...data.items, ...next.items] });
    });
  return (
    <div className={child ? '' : 'page max-w-3xl! pt-6 sm:pt-8'}>
      <PageTitle
        aside={
          data.unread > 0 && (
            <Button kind="secondary" size="s" busy={busy} onClick={() => void readAll()}>
              {t.notifications.readAll}
            </Button>
          )
        }
      >
        {t.notifications.title}
      </PageTitle>
      {data.items.length === 0 && (
        <EmptyState icon={IconBell} title={t.notifications.empty}>
          {t.notifications.emptyText}
        </EmptyState>
      )}
      <ul className="flex flex-col gap-2.5">
        {data.items.map((notice) => (
          <li key={notice.id}>
            <NoticeCard notice={notice} />
          </li>
        ))}
      </ul>
      <LoadMore more={data.nextCursor !== null} busy={busy} onMore={() => void more()} />
    </div>
  );
}

function NoticeCard({ notice }: { notice: Notice }): ReactElement {
  const { t, api, locale, unread } = useApp();
  const href = useHref();
  const Glyph = notice.kind.startsWith('approval') ? IconSend : IconBox;
  const read = (): void => {
    if (notice.read) return;
    unread.set(Math.max(0, unread.get() - 1));
    // Whether it is marked or not, the person has gone to see it; the next look at the list tells the truth.
    void api.send('POST', '/notifications/read', { ids: [notice.id] }).catch(() => undefined);
  };
  return (
    <a
      href={notice.href.startsWith('/admin') ? notice.href : href(notice.href)}
      onClick={read}
      className={cx(
        'flex items-start gap-4 rounded-card border p-4 hover:shade-2',
        notice.read ? 'border-line bg-surface' : 'border-brand bg-brand-soft',
      )}
    >
      <span className="flex size-11 shrink-0 items-center justify-center rounded-full bg-surface text-brand-ink">
        <Glyph size={22} />
      </span>
      <span className="grow">
        <span className="flex flex-wrap items-center gap-2 font-semibold">
          {notice.title}
          {!notice.read && <Badge tone="accent">{t.notifications.isNew}</Badge>}
        </span>
        <span className="block text-ink-soft">{notice.body}</span>
        <time dateTime={notice.at} className="text-sm text-ink-soft">
          {dateTime(notice.at, locale)}
        </time>
      </span>
    </a>
  );
}
