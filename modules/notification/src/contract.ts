import { contract, event, page, query } from '@um/kernel/contract';
import { z } from 'zod';

/** Topics of the live channel `WS /api/v1/live`. */
export const Topic = z.enum(['orders', 'approvals', 'notifications']);
export const NotificationKind = z.enum([
  'approval_asked',
  'approval_decided',
  'order_placed',
  'order_paid',
  'order_moved',
  'order_cancelled',
  'seller_new_order',
  'change_decided',
]);
export const NotificationView = z.object({
  id: z.uuid(),
  kind: NotificationKind,
  title: z.string(),
  body: z.string(),
  /** Where it leads, a path of the storefront or of the panel. */ href: z.string(),
  read: z.boolean(),
  at: z.iso.datetime(),
});
export const NotificationPage = page(NotificationView).extend({ unread: z.int() });
export const NotificationFilter = z.strictObject({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  lang: z.string().optional(),
});
export const ReadBody = z.strictObject({ ids: z.array(z.uuid()).max(200).optional() });

/** Something an account should hear now. Every gateway process passes it to that account's open sockets. Holds no names, items or amounts (APP-16). */
export const liveMessage = event(
  'notification.live.v1',
  z.object({ accountId: z.uuid(), topic: Topic, kind: z.string(), subjectId: z.uuid(), at: z.iso.datetime() }),
  (p) => p.accountId,
);

export const notification = contract('notification', {
  unread: query(z.object({ accountId: z.uuid() }), z.object({ unread: z.int() })),
});
