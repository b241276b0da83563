import { LocalTextSchema, Money } from '@um/kernel/contract';
import { z } from 'zod';
import { Hazard, InfoMark, ProductFacts } from './viewer.js';

/** States of an ask (child-safety 3.2). */
export const ApprovalState = z.enum([
  'pending',
  'approved',
  'denied',
  'cancelled',
  'expired',
  'changed',
  'revoked',
  'lapsed',
  'ordering',
  'ordered',
  'payment_failed',
]);
export type ApprovalState = z.infer<typeof ApprovalState>;

/** One line of what a child asks for, exactly as the parent sees it and as it will be ordered (APP-02). */
export const AskLine = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  slug: z.string(),
  storeId: z.uuid(),
  storeName: LocalTextSchema,
  title: LocalTextSchema,
  variantLabel: LocalTextSchema,
  pictureId: z.uuid().nullable(),
  qty: z.int().positive(),
  unitPriceTiyin: z.int().nonnegative(),
  lineTotalTiyin: z.int().nonnegative(),
  ageMinMonths: z.int(),
  infoMark: InfoMark.nullable(),
  hazards: z.array(Hazard),
  warnings: LocalTextSchema.nullable(),
  facts: ProductFacts,
  /** The document that is downloaded; left out for a thing. */
  fileId: z.uuid().optional(),
  /** What a bundle is made of; left out for anything else. */
  parts: z.array(z.object({ variantId: z.uuid(), title: LocalTextSchema, qty: z.int() })).optional(),
});
export type AskLine = z.infer<typeof AskLine>;

/** All that an approval is bound to. `hash` covers everything else; the order must match it or cost less (APP-02, APP-03). */
export const AskSnapshot = z.object({
  lines: z.array(AskLine).min(1).max(100),
  goodsTiyin: z.int().nonnegative(),
  discountTiyin: z.int().nonnegative(),
  deliveryTiyin: z.int().nonnegative(),
  totalTiyin: z.int().positive(),
  currency: z.literal('UZS'),
  policyVersion: z.int(),
  hash: z.string(),
});
export type AskSnapshot = z.infer<typeof AskSnapshot>;

/** Where and how the approved order is delivered and paid: decided by the parent together with the approval. */
export const DeliveryChoice = z.object({
  name: z.string(),
  phone: z.string(),
  region: z.string(),
  city: z.string(),
  line: z.string(),
  note: z.string().optional(),
});

export const PaymentChoice = z.enum(['sandbox', 'cash']);

/** An ask as guardians and the child see it over HTTP. */
export const ApprovalView = z.object({
  id: z.uuid(),
  state: ApprovalState,
  child: z.object({ id: z.uuid(), nickname: z.string(), avatar: z.string() }),
  lines: z.array(
    z.object({
      variantId: z.uuid(),
      productId: z.uuid(),
      slug: z.string(),
      title: z.string(),
      variantLabel: z.string(),
      storeName: z.string(),
      pictureId: z.uuid().nullable(),
      qty: z.int(),
      unitPrice: Money,
      lineTotal: Money,
      ageMinMonths: z.int(),
      infoMark: InfoMark.nullable(),
      hazards: z.array(Hazard),
      warnings: z.string().nullable(),
      digital: z.boolean(),
      parts: z.array(z.object({ title: z.string(), qty: z.int() })),
    }),
  ),
  /** False when everything is downloaded: then no address is asked for. */
  needsAddress: z.boolean(),
  /** What is downloaded is paid online. */
  methods: z.array(PaymentChoice),
  goods: Money,
  discount: Money,
  delivery: Money,
  total: Money,
  note: z.string().nullable(),
  reason: z.string().nullable(),
  /** What changed since the last ask for the same things, when there was one. */
  orderId: z.uuid().nullable(),
  askedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  /** Spending left today, this week and this month before this ask; null where no limit is set. Guardians only. */
  left: z.object({ day: Money.nullable(), week: Money.nullable(), month: Money.nullable() }).nullable(),
  snapshotHash: z.string(),
});
export type ApprovalView = z.infer<typeof ApprovalView>;

export const DecisionBody = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('approve'),
    /** The hash the parent saw: a decision about anything else is refused. */
    snapshotHash: z.string(),
    payment: PaymentChoice,
    address: z
      .strictObject({
        name: z.string().trim().min(1).max(80),
        phone: z.string().regex(/^\+998\d{9}$/),
        region: z.string().min(2).max(5),
        city: z.string().trim().min(1).max(80),
        line: z.string().trim().min(3).max(200),
        note: z.string().max(200).optional(),
      })
      /** Left out only when everything is downloaded. */
      .optional(),
  }),
  z.strictObject({
    decision: z.literal('deny'),
    reason: z.enum(['not_now', 'too_expensive', 'have_similar', 'talk_first', 'not_suitable']),
  }),
]);
export const ApprovalFilter = z.strictObject({
  state: ApprovalState.optional(),
  childId: z.uuid().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  lang: z.string().optional(),
});
