import { auditEntry, auditRecorded } from '@um/audit';
import { record, type Ctx, type Tx } from '@um/kernel';
import type { OrderRow, SellerOrderRow } from './order.queries.js';
import type { OrderSchema } from './order.schema.js';

/** What every fact about an order says. */
export const factOf = (
  order: Pick<OrderRow, 'id' | 'number' | 'buyer_id' | 'child_id' | 'family_id'>,
  parts: readonly Pick<SellerOrderRow, 'store_id'>[],
) => ({
  orderId: order.id,
  number: order.number,
  buyerId: order.buyer_id,
  childId: order.child_id,
  familyId: order.family_id,
  storeIds: parts.map((part) => part.store_id),
});

/** Writes an action on an order to the audit log, in the transaction of the action. */
export const audited = (
  tx: Tx<OrderSchema>,
  ctx: Ctx,
  action: string,
  orderId: string,
  detail: Record<string, string | number | null> = {},
): Promise<void> =>
  record(tx, ctx, auditRecorded, auditEntry(ctx, { action: `order.${action}`, subject: `order:${orderId}`, detail }));
