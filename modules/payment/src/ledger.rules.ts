import type { PaymentMethod } from './contract.js';

export type EntryKind = 'payment' | 'sale' | 'sale_reversal' | 'refund';

/** One side of an entry, in tiyin. Positive amounts are debits. */
export interface Posting {
  readonly account: string;
  readonly amount: number;
}
export interface Entry {
  readonly kind: EntryKind;
  readonly postings: readonly Posting[];
}

/** A seller's part of a payment, in tiyin. */
export interface Share {
  readonly storeId: string;
  readonly gross: number;
  readonly commission: number;
}

const BUYER = 'buyer';
const filled = (postings: readonly Posting[]): Posting[] => postings.filter((posting) => posting.amount !== 0);
const reversed = (postings: readonly Posting[]): Posting[] =>
  postings.map(({ account, amount }) => ({ account, amount: -amount }));

/** Money came from the buyer to the provider (or to the courier, with cash). */
export const paidEntry = (method: PaymentMethod, amount: number): Entry => ({
  kind: 'payment',
  postings: [
    { account: `provider:${method}`, amount },
    { account: BUYER, amount: -amount },
  ],
});

const salePostings = (shares: readonly Share[], delivery: number): Posting[] => {
  const gross = shares.reduce((sum, share) => sum + share.gross, 0);
  const commission = shares.reduce((sum, share) => sum + share.commission, 0);
  return filled([
    { account: BUYER, amount: gross + delivery },
    ...shares.map((share) => ({ account: `seller:${share.storeId}`, amount: share.commission - share.gross })),
    { account: 'platform:commission', amount: -commission },
    { account: 'platform:delivery', amount: -delivery },
  ]);
};

/** The buyer's money is earned: sellers get theirs less commission, the platform its commission and the delivery. */
export const saleEntry = (shares: readonly Share[], delivery: number): Entry => ({
  kind: 'sale',
  postings: salePostings(shares, delivery),
});

/** The sale, or a part of it, is undone: the money is the buyer's again. */
export const saleReversalEntry = (shares: readonly Share[], delivery: number): Entry => ({
  kind: 'sale_reversal',
  postings: reversed(salePostings(shares, delivery)),
});

/** The buyer's money went back the way it came. */
export const refundEntry = (method: PaymentMethod, amount: number): Entry => ({
  kind: 'refund',
  postings: reversed(paidEntry(method, amount).postings),
});

/** What an order comes to: the sellers' parts and the delivery, in tiyin. */
export const amountOf = (shares: readonly Share[], delivery: number): number =>
  shares.reduce((sum, share) => sum + share.gross, delivery);
