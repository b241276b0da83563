import type { OrderState, OrderView, SellerOrderState } from '@um/order';
import { Badge, Timeline, type TimelineStep, type Tone, dateTime } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp } from '../state/app.js';

const tones: Record<OrderState, Tone> = {
  pending_payment: 'accent',
  paid: 'brand',
  confirmed: 'brand',
  completed: 'ok',
  cancelled: 'plain',
  expired: 'plain',
};

/** The state of a whole order in a word. */
export function OrderBadge({ state }: { state: OrderState }): ReactElement {
  const { t } = useApp();
  return (
    <Badge tone={tones[state]} size="m">
      {t.order.states[state]}
    </Badge>
  );
}

const road: readonly SellerOrderState[] = ['new', 'accepted', 'packed', 'shipped', 'delivered'];

type SellerOrder = OrderView['sellerOrders'][number];

/** The steps of one seller's part, with the moment each was reached. A part that was cancelled shows how far it came. */
export function stepsOf(
  part: Pick<SellerOrder, 'id' | 'state'>,
  history: OrderView['history'],
  names: Record<SellerOrderState, string>,
  when: (iso: string) => string,
): TimelineStep[] {
  const reached = new Map(
    history.filter((event) => event.sellerOrderId === part.id).map((event) => [event.state, event.at]),
  );
  const detail = (state: SellerOrderState): string | undefined => {
    const at = reached.get(state);
    return at ? when(at) : undefined;
  };
  const ended = part.state === 'cancelled' || part.state === 'returned' ? part.state : null;
  const at = road.indexOf(part.state);
  if (ended) {
    const before = road.filter((state) => reached.has(state));
    return [
      ...before.map((state) => ({ id: state, title: names[state], detail: detail(state), state: 'done' as const })),
      { id: ended, title: names[ended], detail: detail(ended), state: 'stopped' as const },
    ];
  }
  return road.map((state, place) => ({
    id: state,
    title: names[state],
    detail: detail(state),
    state:
      place < at || part.state === 'delivered'
        ? ('done' as const)
        : place === at
          ? ('now' as const)
          : ('later' as const),
  }));
}

/** How far one seller's part has come. */
export function PartTimeline({ part, history }: { part: SellerOrder; history: OrderView['history'] }): ReactElement {
  const { t, locale } = useApp();
  return (
    <Timeline
      label={t.order.steps}
      steps={stepsOf(part, history, t.order.sellerStates, (iso) => dateTime(iso, locale))}
    />
  );
}
