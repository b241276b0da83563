import { contract, errors, event, Money, query } from '@um/kernel/contract';
import { PaymentMethod } from '@um/payment';
import { Address } from '@um/user';
import { z } from 'zod';
import { DownloadView, LineDocument } from './download-view.js';

export * from './download-view.js';

export const OrderState = z.enum(['pending_payment', 'paid', 'confirmed', 'completed', 'cancelled', 'expired']);
export type OrderState = z.infer<typeof OrderState>;
export const SellerOrderState = z.enum(['new', 'accepted', 'packed', 'shipped', 'delivered', 'cancelled', 'returned']);
export type SellerOrderState = z.infer<typeof SellerOrderState>;

/** A part of a bundle: how many pieces of it are packed for the line. */
export const PackedPart = z.object({ title: z.string(), variantLabel: z.string(), sku: z.string(), qty: z.int() });

export const QuoteLine = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  variantLabel: z.string(),
  pictureId: z.uuid().nullable(),
  store: z.object({ id: z.uuid(), name: z.string() }),
  qty: z.int(),
  unitPrice: Money,
  lineTotal: Money,
  vat: Money,
  /** It is downloaded, not delivered. */
  digital: z.boolean(),
  /** What is packed for it; empty for what is not a bundle. */
  parts: z.array(PackedPart),
});
/** What an order would cost now. `fingerprint` stands for every figure in it: placing with an outdated one is answered 409 with the new quote. */
export const QuoteView = z.object({
  lines: z.array(QuoteLine),
  goods: Money,
  discount: Money,
  delivery: Money,
  vatIncluded: Money,
  total: Money,
  /** False when everything is downloaded: then no address is asked for. */
  needsAddress: z.boolean(),
  /** How it may be paid: what is downloaded is paid online. */
  methods: z.array(PaymentMethod),
  fingerprint: z.string(),
});
export type QuoteView = z.infer<typeof QuoteView>;
export const QuoteBody = z.strictObject({ region: z.string().max(5).optional() });

export const CheckoutBody = z.strictObject({
  fingerprint: z.string(),
  payment: PaymentMethod,
  /** Left out only when everything is downloaded. */
  address: Address.optional(),
  email: z.email().max(254).optional(),
});
/** `redirectUrl` leads to the provider for online payment; null with cash. */
export const CheckoutAnswer = z.object({
  orderId: z.uuid(),
  number: z.string(),
  state: OrderState,
  redirectUrl: z.string().nullable(),
  total: Money,
});
export type CheckoutAnswer = z.infer<typeof CheckoutAnswer>;
export const AskBody = z.strictObject({ note: z.string().trim().max(300).optional() });
export const AskAnswer = z.object({ approvalId: z.uuid(), state: z.string() });

export const OrderLineView = z.object({
  id: z.uuid(),
  variantId: z.uuid(),
  productId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  variantLabel: z.string(),
  pictureId: z.uuid().nullable(),
  qty: z.int(),
  unitPrice: Money,
  lineTotal: Money,
  /** What is downloaded; null for a thing. */
  digital: LineDocument.nullable(),
  /** What is packed for it; empty for what is not a bundle. */
  parts: z.array(PackedPart),
});
export const SellerOrderView = z.object({
  id: z.uuid(),
  number: z.string(),
  store: z.object({ id: z.uuid(), name: z.string() }),
  state: SellerOrderState,
  goods: Money,
  /** Everything in it is downloaded: nothing is packed or shipped. */
  digital: z.boolean(),
  lines: z.array(OrderLineView),
});
export const OrderEventView = z.object({
  at: z.iso.datetime(),
  state: z.string(),
  sellerOrderId: z.uuid().nullable(),
  by: z.enum(['buyer', 'seller', 'platform', 'child']),
});
export const OrderView = z.object({
  id: z.uuid(),
  number: z.string(),
  state: OrderState,
  placedAt: z.iso.datetime(),
  payUntil: z.iso.datetime().nullable(),
  goods: Money,
  discount: Money,
  delivery: Money,
  vatIncluded: Money,
  total: Money,
  payment: PaymentMethod,
  redirectUrl: z.string().nullable(),
  /** Null for people who may not know it (a child), and where nothing is delivered. */
  address: Address.nullable(),
  childId: z.uuid().nullable(),
  approvalId: z.uuid().nullable(),
  sellerOrders: z.array(SellerOrderView),
  history: z.array(OrderEventView),
  downloads: z.array(DownloadView),
  cancellable: z.boolean(),
});
export type OrderView = z.infer<typeof OrderView>;
export const OrderSummary = z.object({
  id: z.uuid(),
  number: z.string(),
  state: OrderState,
  placedAt: z.iso.datetime(),
  total: Money,
  count: z.int(),
  pictures: z.array(z.uuid()),
  childId: z.uuid().nullable(),
});
export const ListQuery = z.strictObject({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  lang: z.string().optional(),
});

/** A seller order in the panel: what to pack and where to send it, nothing more of the buyer. */
export const SellerTask = z.object({
  id: z.uuid(),
  number: z.string(),
  orderNumber: z.string(),
  state: SellerOrderState,
  placedAt: z.iso.datetime(),
  paid: z.boolean(),
  payment: PaymentMethod,
  goods: Money,
  commission: Money,
  /** Everything in it is downloaded: the seller has nothing to do. */
  digital: z.boolean(),
  lines: z.array(OrderLineView),
  address: Address.nullable(),
  history: z.array(OrderEventView),
  moves: z.array(SellerOrderState),
});
export const SellerFilter = ListQuery.extend({ state: SellerOrderState.optional(), storeId: z.uuid().optional() });
export const MoveBody = z.strictObject({ to: z.enum(['accepted', 'packed', 'shipped', 'delivered', 'cancelled']) });

const Fact = z.object({
  orderId: z.uuid(),
  number: z.string(),
  buyerId: z.uuid().nullable(),
  childId: z.uuid().nullable(),
  familyId: z.uuid().nullable(),
  storeIds: z.array(z.uuid()),
});
export const orderPlaced = event(
  'order.placed.v1',
  Fact.extend({
    totalTiyin: z.int(),
    payment: PaymentMethod,
    lines: z.array(z.object({ productId: z.uuid(), variantId: z.uuid(), qty: z.int() })),
  }),
  (p) => p.orderId,
);
/** Paid, or with cash confirmed: sellers may start. */
export const orderPaid = event('order.paid.v1', Fact.extend({ confirmedOnly: z.boolean() }), (p) => p.orderId);
export const orderCancelled = event(
  'order.cancelled.v1',
  Fact.extend({ state: z.enum(['cancelled', 'expired']) }),
  (p) => p.orderId,
);
export const sellerOrderMoved = event(
  'order.seller-order-moved.v1',
  Fact.extend({ sellerOrderId: z.uuid(), storeId: z.uuid(), state: SellerOrderState }),
  (p) => p.orderId,
);

export const order = contract('order', {
  hasBought: query(z.object({ accountId: z.uuid(), productId: z.uuid() }), z.object({ bought: z.boolean() })),
  /** Orders after `after` (by id), for the audit command and drills. */
  facts: query(
    z.object({ after: z.uuid().nullable(), limit: z.int().max(5_000) }),
    z.array(
      z.object({
        orderId: z.uuid(),
        number: z.string(),
        state: OrderState,
        totalTiyin: z.int(),
        units: z.int(),
        approvalId: z.uuid().nullable(),
        childId: z.uuid().nullable(),
      }),
    ),
  ),
  checkInvariants: query(
    z.object({}),
    z.array(z.object({ invariant: z.string(), checked: z.int(), violations: z.array(z.string()) })),
  ),
});

export const orderErrors = errors('order', {
  NOT_FOUND: { status: 404, message: { uz: 'Buyurtma topilmadi.', ru: 'Заказ не найден.', en: 'Order not found.' } },
  QUOTE_CHANGED: {
    status: 409,
    message: {
      uz: 'Narx yoki mavjudlik oʻzgardi. Yangi hisobni koʻrib chiqing.',
      ru: 'Цена или наличие изменились. Посмотрите новый расчёт.',
      en: 'Prices or stock changed. Please look at the new total.',
    },
  },
  BAD_MOVE: {
    status: 409,
    message: {
      uz: 'Buyurtma holati bu amalga yoʻl qoʻymaydi.',
      ru: 'Состояние заказа не позволяет это действие.',
      en: 'The state of the order does not allow this.',
    },
  },
  NOT_PAID: {
    status: 409,
    message: { uz: 'Buyurtma hali toʻlanmagan.', ru: 'Заказ ещё не оплачен.', en: 'The order has not been paid yet.' },
  },
  EMAIL_NEEDED: {
    status: 400,
    message: {
      uz: 'Mehmon sifatida xarid qilish uchun e-pochta kerak.',
      ru: 'Для покупки без регистрации нужна почта.',
      en: 'Buying as a guest needs an e-mail address.',
    },
  },
});
