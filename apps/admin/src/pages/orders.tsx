import { Badge, Card, cx, formatMoney, IconChevronRight, IconPackageOpen, dateTime } from '@um/ui';
import type { SellerOrderState } from '@um/order';
import type { ReactElement } from 'react';
import { Listing, usePages } from '../parts/listing.js';
import { sellerStates, stateTones } from '../parts/moves.js';
import { unitsOf, type Task } from '../parts/orders.js';
import { PanelPage } from '../parts/page.js';
import { href } from '../shell/sections.js';
import { useLanguage, useT } from '../state/language.js';
import { usePlace } from '../state/router.js';
import { useStores } from '../state/stores.js';

/** A seller's orders, the newest first; new ones come in live. */
export function Orders(): ReactElement {
  const t = useT();
  const { storeId } = useStores();
  const asked = usePlace().query.get('state');
  const state = sellerStates.find((known) => known === asked);
  const pages = usePages<Task>('orders', '/seller/orders', { state, storeId });
  return (
    <PanelPage title={t.orders.title}>
      <StateFilter current={state} />
      <Listing pages={pages} empty={{ icon: IconPackageOpen, title: t.orders.empty, text: t.orders.emptyText }}>
        {(tasks) => (
          <Card flush className="overflow-hidden">
            <ul className="divide-y divide-line">
              {tasks.map((task) => (
                <Row key={task.id} task={task} />
              ))}
            </ul>
          </Card>
        )}
      </Listing>
    </PanelPage>
  );
}

/** Links, so that a filtered list has an address and the way back works. */
function StateFilter({ current }: { current: SellerOrderState | undefined }): ReactElement {
  const t = useT();
  const choices = [undefined, ...sellerStates];
  return (
    <nav aria-label={t.state} className="no-bar -mx-4 mb-4 overflow-x-auto px-4 py-1">
      <ul className="flex gap-2">
        {choices.map((state) => (
          <li key={state ?? 'all'}>
            <a
              href={href(state ? `/orders?state=${state}` : '/orders')}
              aria-current={state === current ? 'true' : undefined}
              className={cx(
                'flex min-h-9 items-center rounded-full border px-3.5 text-sm font-semibold whitespace-nowrap',
                state === current
                  ? 'border-brand bg-brand text-on-brand'
                  : 'border-line-strong/50 bg-surface hover:bg-sunken',
              )}
            >
              {state ? t.orders.states[state] : t.all}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Row({ task }: { task: Task }): ReactElement {
  const { t, locale } = useLanguage();
  const titles = task.lines.map((line) => line.title).join(', ');
  return (
    <li>
      <a
        href={href(`/orders/${task.id}`)}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-3.5 hover:bg-sunken/50 sm:px-6 md:grid-cols-[11rem_minmax(0,1fr)_auto_9rem_auto]"
      >
        <span>
          <span className="block font-bold">{task.number}</span>
          <time dateTime={task.placedAt} className="block text-sm text-ink-soft">
            {dateTime(task.placedAt, locale)}
          </time>
        </span>
        <span className="order-3 col-span-2 truncate text-sm text-ink-soft md:order-none md:col-span-1 md:text-base">
          {t.orders.items(unitsOf(task))}: {titles}
        </span>
        <span className="flex flex-col items-end gap-1 sm:flex-row">
          <Badge tone={stateTones[task.state]}>{t.orders.states[task.state]}</Badge>
        </span>
        <span className="order-4 col-span-2 font-semibold md:order-none md:col-span-1 md:text-right">
          {formatMoney(task.goods, locale)}
        </span>
        <IconChevronRight size={18} className="hidden text-ink-soft md:block" />
      </a>
    </li>
  );
}
