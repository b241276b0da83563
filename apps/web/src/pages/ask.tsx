import type { ApprovalView } from '@um/family';
import { Button, Card, IconMessageCircle, LinkButton, Note, useToast, dateTime } from '@um/ui';
import type { ReactElement } from 'react';
import { AskBadge } from '../parts/ask-card.js';
import { AskLines } from '../parts/ask-lines.js';
import { useWork } from '../parts/form.js';
import { Sums } from '../parts/sums.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useApp, useHref, useLive } from '../state/app.js';

/** One ask as the child sees it: what was sent, and the answer. */
export const page = definePage<ApprovalView>({
  load: ({ api, params }) => api.get<ApprovalView>(`/approvals/${encodeURIComponent(params['id'] ?? '')}`),
  head: (_data, t) => ({ title: t.kids.askTitle, hidden: true }),
  View: Ask,
});

function Ask({ data: ask }: { data: ApprovalView }): ReactElement {
  const { t, locale, refresh } = useApp();
  const href = useHref();
  useLive('approvals', (message) => {
    if (message.topic === 'connected' || message.subjectId === ask.id) void refresh();
  });
  useLive('orders', () => void refresh());
  const reason = ask.reason ? ((t.kids.reasons as Record<string, string>)[ask.reason] ?? ask.reason) : null;
  return (
    <>
      <PageTitle aside={<AskBadge state={ask.state} child />} note={t.kids.askedAt(dateTime(ask.askedAt, locale))}>
        {t.kids.askTitle}
      </PageTitle>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
        <div className="flex flex-col gap-5">
          <div aria-live="polite" className="flex flex-col gap-5">
            {ask.state === 'pending' && (
              <Note tone="brand" title={t.kids.states.pending}>
                {t.kids.sentText}
              </Note>
            )}
            {reason && (
              <Note tone="brand" icon={<IconMessageCircle />} title={t.kids.reasonFrom}>
                {reason}
              </Note>
            )}
          </div>
          <Card>
            <AskLines ask={ask} />
          </Card>
          {ask.note && <Note title={t.kids.yourNote}>{ask.note}</Note>}
        </div>
        <div className="flex flex-col gap-4">
          <Card>
            <Sums {...ask} />
          </Card>
          {ask.orderId && <LinkButton href={href(`/orders/${ask.orderId}`)}>{t.kids.toOrder}</LinkButton>}
          {ask.state === 'pending' && <Withdraw ask={ask} />}
        </div>
      </div>
    </>
  );
}

function Withdraw({ ask }: { ask: ApprovalView }): ReactElement {
  const { t, api, keep } = useApp();
  const toast = useToast();
  const { busy, run } = useWork({ toast: true });
  const withdraw = (): Promise<boolean> =>
    run(async () => {
      keep(await api.send<ApprovalView>('POST', `/approvals/${ask.id}/cancel`));
      toast.ok(t.kids.withdrawn);
    });
  return (
    <Button kind="secondary" busy={busy} onClick={() => void withdraw()}>
      {t.kids.withdraw}
    </Button>
  );
}
