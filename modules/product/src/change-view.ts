import { event, LocalTextSchema, page } from '@um/kernel/contract';
import { z } from 'zod';
import { ImportRow } from './import-row.js';

const { title, description, brand, attributes } = ImportRow.shape;
/** What of a shared product may be asked to be changed; fields that are left out stay. Pictures are ids of uploaded files. */
export const SharedChanges = z.strictObject({
  title: title.optional(),
  description: description.optional(),
  brand: brand.optional(),
  pictures: z.array(z.uuid()).max(12).optional(),
  attributes: attributes.optional(),
});
export type SharedChanges = z.output<typeof SharedChanges>;

export const NewChange = z.strictObject({
  storeId: z.uuid(),
  productId: z.uuid(),
  changes: SharedChanges,
  note: z.string().trim().max(500).optional(),
});
export type NewChange = z.output<typeof NewChange>;

export const ChangeState = z.enum(['waiting', 'approved', 'rejected', 'withdrawn']);
/** A request with what it would change: `before` as it was when it was asked, `changes` as it should be. */
export const ChangeView = z.object({
  id: z.uuid(),
  productId: z.uuid(),
  slug: z.string(),
  productTitle: LocalTextSchema,
  storeId: z.uuid(),
  storeName: LocalTextSchema,
  changes: SharedChanges,
  before: SharedChanges,
  note: z.string().nullable(),
  state: ChangeState,
  reason: z.string().nullable(),
  /** The product was changed since: it cannot be approved any more. */
  stale: z.boolean(),
  askedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
});
export type ChangeView = z.infer<typeof ChangeView>;
export const ChangePage = page(ChangeView);
export const ChangeFilter = z.strictObject({
  storeId: z.uuid().optional(),
  state: ChangeState.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(1_000).optional(),
  lang: z.string().optional(),
});
export const ChangeQueueFilter = ChangeFilter.omit({ storeId: true }).extend({ state: ChangeState.default('waiting') });
export const ChangeDecision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve') }),
  z.strictObject({ decision: z.literal('reject'), reason: z.string().trim().min(3).max(300) }),
]);
export type ChangeDecision = z.output<typeof ChangeDecision>;

/** Moderators decided about a change that a store had asked for. */
export const changeDecided = event(
  'product.change-decided.v1',
  z.object({
    requestId: z.uuid(),
    productId: z.uuid(),
    storeId: z.uuid(),
    state: z.enum(['approved', 'rejected']),
  }),
  (p) => p.storeId,
);
