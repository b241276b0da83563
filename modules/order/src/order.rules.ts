import type { Ctx, Locale } from '@um/kernel';
import type { PaymentState } from '@um/payment';
import type { OrderState, SellerOrderState } from './contract.js';

/** Whose step a move was. */
export type By = 'buyer' | 'seller' | 'platform' | 'child';

/** Allowed moves of an order, the same the database enforces. `confirmed` is `paid` of cash on delivery. */
export const orderMoves: Readonly<Record<OrderState, readonly OrderState[]>> = {
  pending_payment: ['paid', 'cancelled', 'expired'],
  paid: ['completed', 'cancelled'],
  confirmed: ['completed', 'cancelled'],
  completed: [],
  cancelled: [],
  expired: [],
};

/** Allowed moves of a seller's part, the same the database enforces. */
export const sellerOrderMoves: Readonly<Record<SellerOrderState, readonly SellerOrderState[]>> = {
  new: ['accepted', 'cancelled'],
  accepted: ['packed', 'cancelled'],
  packed: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: ['returned'],
  cancelled: [],
  returned: [],
};

/** What a seller itself may do next. Returns are the buyer's business; of what is downloaded nothing is packed or shipped. */
export const sellerMayMove = (from: SellerOrderState, digital = false): SellerOrderState[] =>
  sellerOrderMoves[from].filter((to) => to !== 'returned' && (!digital || to === 'cancelled'));

/** True while sellers work on an order. */
export const isOpen = (state: OrderState): boolean => state === 'paid' || state === 'confirmed';

/** True when nothing was shipped yet, so that the buyer may still change their mind. */
export function cancellable(order: OrderState, parts: readonly SellerOrderState[]): boolean {
  return (
    (order === 'pending_payment' || isOpen(order)) &&
    parts.every((state) => sellerOrderMoves[state].includes('cancelled') || state === 'cancelled')
  );
}

/** What an order becomes after one of its parts has moved: completed, cancelled, or nothing yet. */
export function outcomeOf(parts: readonly SellerOrderState[]): 'completed' | 'cancelled' | null {
  if (parts.every((state) => state === 'cancelled')) return 'cancelled';
  return parts.every((state) => state === 'cancelled' || state === 'delivered' || state === 'returned')
    ? 'completed'
    : null;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SIZE = 2 ** 30;
/** Odd, hence a permutation of the numbers below 2^30: numbers never meet and tell nobody how many orders there are. */
const STRIDE = 726_371_617n;

/** The number people read and spell, `UM-4F7K2Q`, made of the count of orders. From 2^30 orders on it grows by a digit pair. */
export function orderNumber(n: number): string {
  const mixed = Number((BigInt(n % SIZE) * STRIDE) % BigInt(SIZE));
  const digits = Array.from({ length: 6 }, (_, place) => ALPHABET[Math.floor(mixed / 32 ** (5 - place)) % 32]).join('');
  return n < SIZE ? `UM-${digits}` : `UM-${digits}-${Math.floor(n / SIZE)}`;
}

/** The storefront's page of an order, in the reader's language. */
export function orderPath(orderId: string, locale: Locale): string {
  return locale === 'uz' ? `/orders/${orderId}` : `/${locale}/orders/${orderId}`;
}

/** Whose request it is, as keys are told apart: an account's, or a guest's. Undefined for a guest without a cart. */
export function ownerOf(ctx: Ctx): string | undefined {
  if (ctx.actor !== null) return ctx.actor;
  return ctx.guest === undefined ? undefined : `guest:${ctx.guest}`;
}

/** Whose an order is. */
export interface Belongs {
  readonly buyer_id: string | null;
  readonly guest_id: string | null;
  readonly child_id: string | null;
  readonly family_id: string | null;
}

/** True when the order is among the person's own; guardians see the orders made for children of their family. */
export function isMine(ctx: Ctx, order: Belongs): boolean {
  if (ctx.child) return order.child_id === ctx.child.id;
  if (ctx.actor === null) return ctx.guest !== undefined && order.guest_id === ctx.guest;
  return order.buyer_id === ctx.actor || (ctx.family !== undefined && order.family_id === ctx.family);
}

const KEPT: readonly PaymentState[] = ['succeeded', 'partially_refunded'];

/** True when an order's payment is where the order says: money is kept exactly while it is paid, and with cash once it is completed. Null is no payment. */
export function moneyFits(order: OrderState, payment: PaymentState | null): boolean {
  const kept = payment !== null && KEPT.includes(payment);
  if (order === 'paid' || order === 'completed') return kept;
  if (order === 'confirmed') return payment === 'pending';
  return !kept;
}
