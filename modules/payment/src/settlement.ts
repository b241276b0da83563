import { auditEntry, auditRecorded } from '@um/audit';
import { newId, record, type Ctx, type Tx } from '@um/kernel';
import { paymentFailed, paymentSucceeded, refundSucceeded, type PaymentState } from './contract.js';
import { writeEntries } from './ledger.queries.js';
import { paidEntry, refundEntry, saleEntry, saleReversalEntry, type Share } from './ledger.rules.js';
import * as q from './payment.queries.js';
import type { PaymentSchema } from './payment.schema.js';

type Open = Tx<PaymentSchema>;

/** Writes an action on a payment to the audit log, in the transaction of the action. */
export const audited = (
  tx: Open,
  ctx: Ctx,
  action: string,
  payment: q.PaymentRow,
  detail: Record<string, string | number | null> = {},
): Promise<void> =>
  record(
    tx,
    ctx,
    auditRecorded,
    auditEntry(ctx, {
      action: `payment.${action}`,
      subject: `payment:${payment.id}`,
      detail: { orderId: payment.order_id, ...detail },
    }),
  );

/** PENDING -> SUCCEEDED with its ledger entries and facts. The caller holds the payment's lock. False when it was not pending. */
export async function succeed(tx: Open, ctx: Ctx, payment: q.PaymentRow): Promise<boolean> {
  if (!(await q.movePayment(tx, ctx, { id: payment.id, from: 'pending', to: 'succeeded' }))) return false;
  await q.endTransaction(tx, ctx, payment.id, 'paid');
  const shares = await q.activeShares(tx, payment.id);
  await writeEntries(tx, ctx, payment, [
    paidEntry(payment.method, payment.amount),
    saleEntry(shares, payment.delivery),
  ]);
  await record(tx, ctx, paymentSucceeded, {
    paymentId: payment.id,
    orderId: payment.order_id,
    amountTiyin: payment.amount,
  });
  await audited(tx, ctx, 'succeeded', payment, { amountTiyin: payment.amount, method: payment.method });
  return true;
}

/** The payment did not come about: declined (it may be tried again), expired or cancelled. The caller holds the lock. */
export async function endUnpaid(
  tx: Open,
  ctx: Ctx,
  payment: q.PaymentRow,
  to: 'failed' | 'expired' | 'cancelled',
): Promise<void> {
  if (!(await q.movePayment(tx, ctx, { id: payment.id, from: payment.state, to }))) return;
  await q.endTransaction(tx, ctx, payment.id, to === 'failed' ? 'declined' : 'closed');
  await record(tx, ctx, paymentFailed, {
    paymentId: payment.id,
    orderId: payment.order_id,
    amountTiyin: payment.amount,
    state: to,
  });
  await audited(tx, ctx, to, payment);
}

/** Money came for a payment that no longer waits for it: it is booked and sent back in the same breath. */
export async function returnLate(
  tx: Open,
  ctx: Ctx,
  payment: q.PaymentRow,
  late: { externalId: string; amount: number },
): Promise<void> {
  const refundId = newId(ctx.now);
  await q.insertRefund(tx, {
    id: refundId,
    payment_id: payment.id,
    kind: 'late',
    store_id: null,
    external_id: late.externalId,
    amount: late.amount,
    reason: 'late',
    at: ctx.now,
  });
  await writeEntries(tx, ctx, payment, [
    paidEntry(payment.method, late.amount),
    refundEntry(payment.method, late.amount),
  ]);
  await tell(tx, ctx, payment, refundId, late.amount);
  await audited(tx, ctx, 'late-returned', payment, { amountTiyin: late.amount });
}

export interface GivingBack {
  readonly kind: 'full' | 'share';
  readonly shares: readonly Share[];
  readonly delivery: number;
  readonly amount: number;
  readonly reason: string;
}

/** Gives back a part or all of a paid payment. The caller holds the lock and has seen that it is paid. */
export async function giveBack(tx: Open, ctx: Ctx, payment: q.PaymentRow, back: GivingBack): Promise<void> {
  const refunded = payment.refunded + back.amount;
  const to: PaymentState = refunded === payment.amount ? 'refunded' : 'partially_refunded';
  if (payment.state === to) await q.setRefunded(tx, ctx, payment.id, refunded);
  else await q.movePayment(tx, ctx, { id: payment.id, from: payment.state, to, reason: back.reason, refunded });
  const refundId = newId(ctx.now);
  const storeId = back.kind === 'share' ? back.shares[0]!.storeId : null;
  await q.insertRefund(tx, {
    id: refundId,
    payment_id: payment.id,
    kind: back.kind,
    store_id: storeId,
    external_id: null,
    amount: back.amount,
    reason: back.reason,
    at: ctx.now,
  });
  await writeEntries(tx, ctx, payment, [
    saleReversalEntry(back.shares, back.delivery),
    refundEntry(payment.method, back.amount),
  ]);
  await tell(tx, ctx, payment, refundId, back.amount);
  await audited(tx, ctx, 'refunded', payment, { amountTiyin: back.amount, reason: back.reason });
}

const tell = (tx: Open, ctx: Ctx, payment: q.PaymentRow, refundId: string, amountTiyin: number): Promise<void> =>
  record(tx, ctx, refundSucceeded, { paymentId: payment.id, orderId: payment.order_id, amountTiyin, refundId });
