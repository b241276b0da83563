import type { CheckoutAnswer, OrderView } from '@um/order';
import {
  Badge,
  Button,
  Card,
  cx,
  Dialog,
  formatMoney,
  IconMapPin,
  Note,
  Picture,
  Price,
  Section,
  useToast,
  dateTime,
} from '@um/ui';
import { useRef, useState, type ReactElement } from 'react';
import type { z } from 'zod';
import { variantWords } from '../parts/attributes.js';
import { PackedParts } from '../parts/bundle.js';
import { DownloadBox } from '../parts/downloads.js';
import { useWork } from '../parts/form.js';
import { OrderBadge, PartTimeline } from '../parts/order-state.js';
import { regionName } from '../parts/regions.js';
import { Sums } from '../parts/sums.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useApp, useHref, useLive } from '../state/app.js';
import { useStore } from '../state/store.js';
import { isChild } from '../state/viewer.js';

type Checkout = z.infer<typeof CheckoutAnswer>;

/** One order, its parts and how far each has come. Follows what happens while it is open. */
export const page = definePage<OrderView>({
  load: ({ api, params }) => api.get<OrderView>(`/orders/${encodeURIComponent(params['id'] ?? '')}`),
  head: (order, t) => ({ title: t.order.title(order.number), hidden: true }),
  View: Order,
});

function Order({ data: order }: { data: OrderView }): ReactElement {
  const { t, locale, refresh, viewer } = useApp();
  const href = useHref();
  const child = isChild(useStore(viewer));
  useLive('orders', (message) => {
    if (
      message.topic === 'connected' ||
      message.subjectId === order.id ||
      order.sellerOrders.some((part) => part.id === message.subjectId)
    )
      void refresh();
  });
  return (
    <div className={child ? '' : 'page pt-6 sm:pt-8'}>
      <PageTitle
        aside={<OrderBadge state={order.state} />}
        note={`${t.order.placedAt(dateTime(order.placedAt, locale))} · ${t.order.live}`}
      >
        {t.order.title(order.number)}
      </PageTitle>
      {order.state === 'pending_payment' && !child && <PayNote order={order} />}
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
        <div className="flex flex-col gap-6" aria-live="polite">
          {order.sellerOrders.map((part) => (
            <Part key={part.id} part={part} order={order} />
          ))}
        </div>
        <div className="flex flex-col gap-6">
          <Card>
            <Sums {...order} />
            <p className="mt-3 text-sm text-ink-soft">{t.order.paymentMethods[order.payment]}</p>
          </Card>
          {order.address && (
            <Card>
              <Section title={t.order.address} level={3}>
                <p className="flex gap-3">
                  <IconMapPin className="mt-0.5 text-brand-ink" />
                  <span>
                    {order.address.name}, {order.address.phone}
                    <br />
                    {regionName(order.address.region, t)}, {order.address.city}, {order.address.line}
                  </span>
                </p>
              </Section>
            </Card>
          )}
          {order.approvalId && !child && (
            <Note tone="brand" title={t.order.forChild}>
              <a href={href(`/family/approvals/${order.approvalId}`)} className="underline">
                {t.order.toAsk}
              </a>
            </Note>
          )}
          {order.cancellable && !child && <CancelOrder order={order} />}
        </div>
      </div>
    </div>
  );
}

function PayNote({ order }: { order: OrderView }): ReactElement {
  const { api, t, locale } = useApp();
  const { busy, problem, run } = useWork();
  const key = useRef('');
  const pay = (): Promise<boolean> =>
    run(async () => {
      key.current ||= crypto.randomUUID();
      const answer = await api.send<Checkout>('POST', `/payments/${order.id}/start`, undefined, key.current);
      if (answer.redirectUrl) location.assign(answer.redirectUrl);
    });
  return (
    <Note tone="accent" className="mb-6 items-center" title={t.order.states.pending_payment}>
      {order.payUntil && <p>{t.order.payUntil(dateTime(order.payUntil, locale))}</p>}
      {problem && (
        <p role="alert" className="mt-2 font-semibold">
          {problem}
        </p>
      )}
      <Button busy={busy} onClick={() => void pay()} className="mt-3">
        {t.order.pay}
      </Button>
    </Note>
  );
}

function Part({ part, order }: { part: OrderView['sellerOrders'][number]; order: OrderView }): ReactElement {
  const { t, locale } = useApp();
  const href = useHref();
  return (
    <Card>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg">{part.store.name}</h2>
        {!part.digital && <Badge>{t.order.part(part.number)}</Badge>}
      </div>
      <div className={cx('grid gap-6', !part.digital && 'sm:grid-cols-[1fr_13rem]')}>
        <ul className="flex flex-col gap-4">
          {part.lines.map((line) => (
            <li key={line.id} className="grid grid-cols-[4rem_1fr] gap-3">
              <Picture id={line.pictureId} alt="" sizes="64px" className="aspect-square rounded-box bg-picture" />
              <div className="min-w-0">
                <a href={href(`/p/${line.slug}`)} className="font-medium hover:underline">
                  {line.title}
                </a>
                {line.variantLabel && <p className="text-sm text-ink-soft">{variantWords(line.variantLabel, t)}</p>}
                <p className="mt-0.5 flex flex-wrap items-baseline justify-between gap-2 text-sm text-ink-soft">
                  {line.qty} × {formatMoney(line.unitPrice, locale)}
                  <Price money={line.lineTotal} size="s" className="text-ink" />
                </p>
                <PackedParts parts={line.parts} />
                <DownloadBox order={order} line={line} />
              </div>
            </li>
          ))}
        </ul>
        {!part.digital && <PartTimeline part={part} history={order.history} />}
      </div>
    </Card>
  );
}

function CancelOrder({ order }: { order: OrderView }): ReactElement {
  const { api, t, keep } = useApp();
  const toast = useToast();
  const { busy, problem, run } = useWork();
  const [open, setOpen] = useState(false);
  const cancel = async (): Promise<void> => {
    const done = await run(async () =>
      keep(await api.send<OrderView>('POST', `/orders/${order.id}/cancel`, undefined, `cancel-${order.id}`)),
    );
    if (!done) return;
    setOpen(false);
    toast.ok(t.order.cancelled);
  };
  return (
    <>
      <Button kind="secondary" onClick={() => setOpen(true)}>
        {t.order.cancel}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t.order.cancelTitle}
        actions={
          <>
            <Button kind="danger" busy={busy} className="grow" onClick={() => void cancel()}>
              {t.order.cancel}
            </Button>
            <Button kind="secondary" className="grow" onClick={() => setOpen(false)}>
              {t.order.keep}
            </Button>
          </>
        }
      >
        <p className="text-ink-soft">{t.order.cancelText}</p>
        {problem && (
          <Note tone="danger" role="alert" className="mt-4">
            {problem}
          </Note>
        )}
      </Dialog>
    </>
  );
}
