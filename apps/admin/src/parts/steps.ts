import type { SellerOrderState } from '@um/order';
import type { TimelineStep } from '@um/ui';
import type { Task } from './orders.js';

const road: readonly SellerOrderState[] = ['new', 'accepted', 'packed', 'shipped', 'delivered'];

/** The steps of a seller's part with the moment each was reached. A part that was cancelled shows how far it came. */
export function stepsOf(
  task: Pick<Task, 'id' | 'state' | 'history' | 'placedAt'> & { readonly digital?: boolean },
  names: Readonly<Record<SellerOrderState, string>>,
  when: (iso: string) => string,
): TimelineStep[] {
  const own = task.history.filter((event) => event.sellerOrderId === task.id);
  const reached = new Map(own.map((event) => [event.state, event.at]));
  if (!reached.has('new')) reached.set('new', task.placedAt);
  const step = (id: SellerOrderState, state: TimelineStep['state']): TimelineStep => {
    const at = reached.get(id);
    return { id, title: names[id], detail: at ? when(at) : undefined, state };
  };
  const way = task.digital ? road.filter((id) => id === 'new' || id === 'delivered') : road;
  if (!way.includes(task.state))
    return [...way.filter((id) => reached.has(id)).map((id) => step(id, 'done')), step(task.state, 'stopped')];
  const at = way.indexOf(task.state);
  const last = way.length - 1;
  return way.map((id, place) => {
    if (place < at || at === last) return step(id, 'done');
    return step(id, place === at ? 'now' : 'later');
  });
}
