import { command, contract, errors, event, query } from '@um/kernel/contract';
import { z } from 'zod';

export const PaymentMethod = z.enum(['sandbox', 'cash']);
export type PaymentMethod = z.infer<typeof PaymentMethod>;
export const PaymentState = z.enum([
  'created',
  'pending',
  'succeeded',
  'failed',
  'expired',
  'cancelled',
  'partially_refunded',
  'refunded',
]);
export type PaymentState = z.infer<typeof PaymentState>;

/** A seller's part of a payment, frozen when the order was placed (I10). All in tiyin. */
export const PaymentShare = z.object({ storeId: z.uuid(), grossTiyin: z.int(), commissionTiyin: z.int() });
export const StartPayment = z.object({
  orderId: z.uuid(),
  payerId: z.uuid().nullable(),
  method: PaymentMethod,
  amountTiyin: z.int().positive(),
  shares: z.array(PaymentShare).min(1),
  deliveryTiyin: z.int().nonnegative(),
  expiresAt: z.coerce.date(),
  /** Path of the storefront the buyer comes back to. */
  returnPath: z.string().regex(/^\/(?![/\\])/),
  description: z.string().max(200),
});
export const PaymentInfo = z.object({
  paymentId: z.uuid(),
  orderId: z.uuid(),
  method: PaymentMethod,
  state: PaymentState,
  amountTiyin: z.int(),
  redirectUrl: z.string().nullable(),
});
export type PaymentInfo = z.infer<typeof PaymentInfo>;

/** Injection token of the sandbox provider's settings; the sandbox is closed when nothing is provided under it. */
export const PAYMENT_SANDBOX = 'payment.sandbox';
export interface SandboxSettings {
  /** Address of the platform as the sandbox bank reaches it over HTTP, without a slash at the end. Asked for when it is needed: the port may be known late. */
  readonly platformUrl: () => string;
}

const Fact = z.object({ paymentId: z.uuid(), orderId: z.uuid(), amountTiyin: z.int() });
export const paymentSucceeded = event('payment.succeeded.v1', Fact, (p) => p.orderId);
export const paymentFailed = event('payment.failed.v1', Fact.extend({ state: PaymentState }), (p) => p.orderId);
export const refundSucceeded = event(
  'payment.refund-succeeded.v1',
  Fact.extend({ refundId: z.uuid() }),
  (p) => p.orderId,
);

export const payment = contract('payment', {
  /** Opens the payment of an order, or answers the open one. For `sandbox` the buyer is sent to `redirectUrl`. */
  start: command(StartPayment, PaymentInfo),
  byOrder: query(z.object({ orderId: z.uuid() }), PaymentInfo.nullable()),
  /** Cash was handed over at the door. */
  collectCash: command(z.object({ orderId: z.uuid() }), PaymentInfo),
  /** Closes an unpaid payment: nothing can be paid on it any more. Answers `succeeded` when the money was already there. */
  close: command(
    z.object({ orderId: z.uuid(), state: z.enum(['expired', 'cancelled']) }),
    z.object({ state: PaymentState }),
  ),
  /**
   * One seller's part will not be delivered: it is given back when it was paid, and no longer asked for when it was not.
   * Repeating it changes nothing.
   */
  cancelShare: command(
    z.object({ orderId: z.uuid(), storeId: z.uuid(), reason: z.string().max(200) }),
    z.object({ refundedTiyin: z.int() }),
  ),
  /** Gives back everything that was paid for the order. Repeating it changes nothing. */
  refundAll: command(
    z.object({ orderId: z.uuid(), reason: z.string().max(200) }),
    z.object({ refundedTiyin: z.int() }),
  ),
  /** What became of orders' money, by order id after `after`, for comparing with orders. */
  facts: query(
    z.object({ after: z.uuid().nullable(), limit: z.int().max(5_000) }),
    z.array(z.object({ orderId: z.uuid(), state: PaymentState, amountTiyin: z.int(), refundedTiyin: z.int() })),
  ),
  checkInvariants: query(
    z.object({}),
    z.array(z.object({ invariant: z.string(), checked: z.int(), violations: z.array(z.string()) })),
  ),
});

export const paymentErrors = errors('payment', {
  NOT_FOUND: { status: 404, message: { uz: 'Toʻlov topilmadi.', ru: 'Платёж не найден.', en: 'Payment not found.' } },
  CLOSED: {
    status: 409,
    message: { uz: 'Bu toʻlov yopilgan.', ru: 'Этот платёж закрыт.', en: 'This payment is closed.' },
  },
  BAD_SIGNATURE: {
    status: 403,
    message: { uz: 'Imzo notoʻgʻri.', ru: 'Неверная подпись.', en: 'The signature is not right.' },
  },
  METHOD_OFF: {
    status: 409,
    message: {
      uz: 'Bu toʻlov usuli hozir ishlamaydi.',
      ru: 'Этот способ оплаты сейчас недоступен.',
      en: 'This way of paying is not available now.',
    },
  },
  WRONG_AMOUNT: {
    status: 409,
    message: { uz: 'Summa mos emas.', ru: 'Сумма не совпадает.', en: 'The amount does not match.' },
  },
});
