import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PaymentState } from './contract.js';
import { isClosed, isPaid, judge, mayMove, paymentMoves, type TransactionState } from './payment.rules.js';

const states = PaymentState.options;
const transactionStates: readonly TransactionState[] = ['open', 'paid', 'declined', 'closed'];

test('money for a waiting payment is accepted', () => {
  expect(judge({ kind: 'paid', amount: 5 }, { state: 'open', amount: 5 }, 'pending')).toBe('accepted');
});

test('a decline of a waiting payment is taken, any other one means nothing', () => {
  expect(judge({ kind: 'declined', amount: 5 }, { state: 'open', amount: 5 }, 'pending')).toBe('declined');
  expect(judge({ kind: 'declined', amount: 5 }, { state: 'paid', amount: 5 }, 'succeeded')).toBe('ignored');
});

test('a wrong amount is never accepted, returned or ignored', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('paid', 'declined'),
      fc.constantFrom(...transactionStates),
      fc.constantFrom(...states),
      (kind, state, payment) => {
        expect(judge({ kind: kind as 'paid', amount: 6 }, { state, amount: 5 }, payment)).toBe('wrong_amount');
      },
    ),
  );
});

test('money is either accepted, exactly when the payment waits for it, or goes back', () => {
  for (const state of transactionStates)
    for (const payment of states) {
      const wanted = state === 'open' && payment === 'pending' ? 'accepted' : 'late';
      expect(judge({ kind: 'paid', amount: 5 }, { state, amount: 5 }, payment)).toBe(wanted);
    }
});

test('a closed payment never moves again and a paid one is never unpaid', () => {
  for (const from of states.filter(isClosed)) expect(paymentMoves[from]).toEqual([]);
  for (const from of states.filter(isPaid)) expect(paymentMoves[from].every(isPaid)).toBe(true);
});

test('money can only come in for a payment that waits', () => {
  expect(states.filter((from) => mayMove(from, 'succeeded'))).toEqual(['pending']);
});
