import type { PaymentState } from './contract.js';

export type TransactionState = 'open' | 'paid' | 'declined' | 'closed';
/** What came of a provider's message. */
export type Outcome = 'accepted' | 'late' | 'declined' | 'ignored' | 'wrong_amount';

/** Allowed moves of a payment, the same the database enforces. A declined payment may be tried again until it is closed. */
export const paymentMoves: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  created: ['pending', 'cancelled'],
  pending: ['succeeded', 'failed', 'expired', 'cancelled'],
  failed: ['pending', 'expired', 'cancelled'],
  succeeded: ['partially_refunded', 'refunded'],
  partially_refunded: ['refunded'],
  refunded: [],
  expired: [],
  cancelled: [],
};

/** True when a payment may go from one state to the other. */
export const mayMove = (from: PaymentState, to: PaymentState): boolean => paymentMoves[from].includes(to);

/** True when money has come in for the payment, whether or not some went back. */
export const isPaid = (state: PaymentState): boolean =>
  state === 'succeeded' || state === 'partially_refunded' || state === 'refunded';

/** True when nothing can be paid any more. */
export const isClosed = (state: PaymentState): boolean => state === 'expired' || state === 'cancelled';

/** What a provider says about a transaction. */
export interface Said {
  readonly kind: 'paid' | 'declined';
  readonly amount: number;
}

/**
 * What a provider's message means. Money that arrives when the payment no longer waits for it is `late` and goes back at once;
 * a wrong amount changes nothing and is left to a person.
 */
export function judge(
  said: Said,
  transaction: { readonly state: TransactionState; readonly amount: number },
  payment: PaymentState,
): Outcome {
  if (said.amount !== transaction.amount) return 'wrong_amount';
  const waiting = transaction.state === 'open' && payment === 'pending';
  if (said.kind === 'declined') return waiting ? 'declined' : 'ignored';
  return waiting ? 'accepted' : 'late';
}
