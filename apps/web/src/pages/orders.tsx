import type { OrderSummary } from '@um/order';
import { EmptyState, IconBox, LinkButton, LoadMore, Picture, Price, dateTime } from '@um/ui';
import { useState, type ReactElement } from 'react';
import type { z } from 'zod';
import { useWork } from '../parts/form.js';
import { OrderBadge } from '../parts/order-state.js';
import { PageTitle } from '../parts/tile.js';
import { definePage, toSignIn } from '../router/page.js';
import { useApp, useHref, useLive } from '../state/app.js';
import { useStore } from '../state/store.js';
import { isChild } from '../state/viewer.js';

interface Data {
  items: readonly z.infer<typeof OrderSummary>[];
  nextCursor: string | null;
}

/** The person's orders, newest first. */
export const page = definePage<Data>({
  load: async (context) => {
    if (!context.viewer) throw toSignIn(context);
    return context.api.get<Data>('/orders');
  },
  head: (_data, t) => ({ title: t.order.listTitle, hidden: true }),
  View: Orders,
});

function Orders({ data }: { data: Data }): ReactElement {
  const { t, api, keep, locale, refresh, viewer } = useApp();
  const href = useHref();
  const child = isChild(useStore(viewer));
  const [busy, setBusy] = useState(false);
  const { run } = useWork({ toast: true });
  useLive('orders', () => void refresh());
  const more = async (): Promise<void> => {
    setBusy(true);
    await run(async () => {
      const next = await api.get<Data>('/orders', { cursor: data.nextCursor });
      keep({ items: [...data.items, ...next.items], nextCursor: next.nextCursor });
    });
    setBusy(false);
  };
  return (
    <div className={child ? '' : 'page pt-6 sm:pt-8'}>
      <PageTitle>{t.order.listTitle}</PageTitle>
      {data.items.length === 0 && (
        <EmptyState
          icon={IconBox}
          title={t.order.empty}
          action={<LinkButton href={href('/')}>{t.shell.home}</LinkButton>}
        >
          {t.order.emptyText}
        </EmptyState>
      )}
      <ul className="flex flex-col gap-3">
        {data.items.map((order) => (
          <li key={order.id}>
            <a
              href={href(`/orders/${order.id}`)}
              className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-card border border-line bg-surface p-4 transition-shadow hover:shade-2 sm:p-5"
            >
              <span className="min-w-40">
                <span className="block font-bold">{t.order.title(order.number)}</span>
                <span className="text-sm text-ink-soft">{dateTime(order.placedAt, locale)}</span>
              </span>
              <span className="flex grow -space-x-3">
                {order.pictures.slice(0, 5).map((id) => (
                  <Picture
                    key={id}
                    id={id}
                    alt=""
                    sizes="52px"
                    className="size-13 rounded-full border-2 border-surface bg-picture"
                  />
                ))}
              </span>
              <span className="text-sm text-ink-soft">{t.things(order.count)}</span>
              <Price money={order.total} />
              <OrderBadge state={order.state} />
            </a>
          </li>
        ))}
      </ul>
      <LoadMore more={data.nextCursor !== null} busy={busy} onMore={() => void more()} />
    </div>
  );
}
