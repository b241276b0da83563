import type { ApprovalView } from '@um/family';
import { Avatar, Card, IconMessageCircle, LinkButton, Note, Section, formatMoney, dateTime } from '@um/ui';
import type { ReactElement } from 'react';
import { AskBadge } from '../parts/ask-card.js';
import { AskLines } from '../parts/ask-lines.js';
import { Decision } from '../parts/decision.js';
import type { Saved } from '../parts/delivery.js';
import { avatarUrl } from '../parts/drawn.js';
import type { ApprovalData } from '../parts/page-data.js';
import { Sums } from '../parts/sums.js';
import { definePage } from '../router/page.js';
import { useApp, useHref, useLive } from '../state/app.js';

/** One ask, for the parent to decide: exactly what, for how much, with which warnings. */
export const page = definePage<ApprovalData>({
  load: async ({ api, params }) => {
    const [ask, addresses] = await Promise.all([
      api.get<ApprovalView>(`/approvals/${encodeURIComponent(params['id'] ?? '')}`),
      api.get<Saved[]>('/me/addresses'),
    ]);
    return { ask, addresses };
  },
  head: ({ ask }, t) => ({ title: t.approvals.asks(ask.child.nickname), hidden: true }),
  View: Approval,
});

function Approval({ data }: { data: ApprovalData }): ReactElement {
  const { t, locale, refresh } = useApp();
  const href = useHref();
  const { ask } = data;
  useLive('approvals', (message) => {
    if (message.topic === 'connected' || message.subjectId === ask.id) void refresh();
  });
  // An order made from this ask changes the ask as well.
  useLive('orders', () => void refresh());
  return (
    <div className="page max-w-5xl! pt-6 sm:pt-8">
      <div className="mb-6 flex flex-wrap items-center gap-4">
        <Avatar name={ask.child.nickname} src={avatarUrl(ask.child.avatar)} size={64} />
        <div className="grow">
          <h1 className="text-2xl sm:text-3xl">{t.approvals.asks(ask.child.nickname)}</h1>
          <p className="text-ink-soft">
            {ask.state === 'pending'
              ? t.approvals.until(dateTime(ask.expiresAt, locale))
              : ask.decidedAt && t.approvals.decidedAt(dateTime(ask.decidedAt, locale))}
          </p>
        </div>
        <AskBadge state={ask.state} />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
        <div className="flex flex-col gap-6">
          {ask.note && (
            <Note tone="brand" icon={<IconMessageCircle />} title={t.approvals.note}>
              {ask.note}
            </Note>
          )}
          <Card>
            <AskLines ask={ask} />
          </Card>
          {ask.state === 'pending' && <Note title={t.approvals.exactly}>{t.approvals.exactlyText}</Note>}
        </div>
        <div className="flex flex-col gap-6 lg:sticky lg:top-32">
          <Card>
            <Sums {...ask} />
          </Card>
          {ask.left && ask.state === 'pending' && <Left left={ask.left} />}
          {ask.state === 'pending' && <Decision data={data} />}
          {(ask.state === 'approved' || ask.state === 'ordering') && (
            <Note tone="brand" role="status">
              {t.approvals.preparing}
            </Note>
          )}
          {ask.orderId && <LinkButton href={href(`/orders/${ask.orderId}`)}>{t.approvals.toOrder}</LinkButton>}
          {ask.state === 'denied' && ask.reason && (
            <Note>{(t.approvals.reasons as Record<string, string>)[ask.reason] ?? ask.reason}</Note>
          )}
        </div>
      </div>
    </div>
  );
}

function Left({ left }: { left: NonNullable<ApprovalView['left']> }): ReactElement {
  const { t, locale } = useApp();
  const known = (['day', 'week', 'month'] as const).filter((window) => left[window] !== null);
  return (
    <Card>
      <Section title={<span className="text-lg">{t.approvals.leftTitle}</span>}>
        {known.length === 0 && <p className="text-ink-soft">{t.approvals.noLimits}</p>}
        <dl className="flex flex-col gap-2">
          {known.map((window) => (
            <div key={window} className="flex justify-between gap-4">
              <dt className="text-ink-soft">{t.family.windows[window]}</dt>
              <dd className="font-semibold">{formatMoney(left[window]!, locale)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </Card>
  );
}
