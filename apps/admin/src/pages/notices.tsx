import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Card, cx, IconBellOff, dateTime } from '@um/ui';
import type { ReactElement } from 'react';
import { send } from '../api/api.js';
import { Listing } from '../parts/listing.js';
import { useNotices } from '../parts/notices.js';
import { PanelPage } from '../parts/page.js';
import { useFailureToast } from '../state/failures.js';
import { useLanguage } from '../state/language.js';

/** What the person was told. */
export function Notices(): ReactElement {
  const { t, locale } = useLanguage();
  const client = useQueryClient();
  const pages = useNotices();
  const read = useMutation({
    mutationFn: (ids?: string[]) => send('POST', '/notifications/read', ids ? { ids } : {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
    onError: useFailureToast(),
  });
  const unread = pages.data?.pages[0]?.unread ?? 0;
  return (
    <PanelPage
      title={t.notices.title}
      aside={
        unread > 0 && (
          <Button kind="secondary" size="s" busy={read.isPending} onClick={() => read.mutate(undefined)}>
            {t.notices.readAll}
          </Button>
        )
      }
    >
      <Listing pages={pages} empty={{ icon: IconBellOff, title: t.notices.empty }}>
        {(items) => (
          <Card flush>
            <ul className="divide-y divide-line">
              {items.map((notice) => (
                <li key={notice.id}>
                  <a
                    href={notice.href}
                    onClick={() => !notice.read && read.mutate([notice.id])}
                    className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 hover:bg-sunken/50 sm:px-6"
                  >
                    <span className="min-w-0 grow">
                      <span className={cx('block', !notice.read && 'font-semibold')}>{notice.title}</span>
                      <span className="block text-sm text-ink-soft">{notice.body}</span>
                    </span>
                    {!notice.read && <Badge tone="accent">{t.notices.new}</Badge>}
                    <time dateTime={notice.at} className="text-sm text-ink-soft">
                      {dateTime(notice.at, locale)}
                    </time>
                  </a>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </Listing>
    </PanelPage>
  );
}
