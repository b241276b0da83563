import type { SellerOrderState } from '@um/order';
import type { ButtonKind, Tone } from '@um/ui';

/** What a seller may do with its part of an order. */
export type Move = 'accepted' | 'packed' | 'shipped' | 'delivered' | 'cancelled';

/** The moves in the order of their buttons: the way forward first, cancelling last. */
export const moves: readonly Move[] = ['accepted', 'packed', 'shipped', 'delivered', 'cancelled'];

/** The buttons for what the platform allows now; a state that no button leads to is left out. */
export const buttonsFor = (allowed: readonly SellerOrderState[]): Move[] =>
  moves.filter((move) => allowed.includes(move));

/** Cancelling cannot be taken back: it is asked again and looks like it. */
export const needsConfirmation = (move: Move): boolean => move === 'cancelled';
export const kindOf = (move: Move): ButtonKind => (move === 'cancelled' ? 'danger' : 'primary');

export const stateTones: Readonly<Record<SellerOrderState, Tone>> = {
  new: 'accent',
  accepted: 'brand',
  packed: 'brand',
  shipped: 'brand',
  delivered: 'ok',
  cancelled: 'plain',
  returned: 'danger',
};

export const sellerStates = Object.keys(stateTones) as SellerOrderState[];
