import { page } from '@um/kernel/contract';
import { z } from 'zod';

/** A line as it is being written: any JSON object, checked when it is published. */
const AnyLine = z.record(z.string(), z.unknown());

/** A product as its seller edits it: what a line of an import says of it. */
export const EditedProduct = z.object({
  id: z.uuid(),
  storeId: z.uuid(),
  slug: z.string(),
  state: z.enum(['draft', 'in_review', 'published', 'rejected', 'recalled', 'archived']),
  /** Given back when it is published, so that nobody writes over what somebody else wrote meanwhile. */
  basis: z.string(),
  /** The product that this is an offer of: that one has the words. */
  masterId: z.uuid().nullable(),
  draftId: z.uuid().nullable(),
  line: AnyLine,
  /** The files of pictures that are here, by what the line names. */
  files: z.record(z.string(), z.uuid()),
});
export type EditedProduct = z.infer<typeof EditedProduct>;

/** A product to write, with everything that a line of an import may say. `productId` is null for a new one. */
export const PublishedLine = z.strictObject({
  storeId: z.uuid(),
  productId: z.uuid().nullable(),
  basis: z.string().max(100).nullable(),
  /** The draft that this ends. */
  draftId: z.uuid().nullable(),
  line: AnyLine,
});
export type PublishedLine = z.infer<typeof PublishedLine>;
export const Published = z.object({
  id: z.uuid(),
  slug: z.string(),
  state: EditedProduct.shape.state,
  outcome: z.enum(['created', 'updated', 'unchanged']),
});
export type Published = z.infer<typeof Published>;

/** A product that is being written, or changes of one; nobody else sees it. */
export const DraftSummary = z.object({
  id: z.uuid(),
  storeId: z.uuid(),
  productId: z.uuid().nullable(),
  title: z.string(),
  savedAt: z.iso.datetime(),
});
export type DraftSummary = z.infer<typeof DraftSummary>;
export const DraftPage = page(DraftSummary);
export const Draft = DraftSummary.extend({
  line: AnyLine,
  /** What its product is at now; null for a new one. */
  basis: z.string().nullable(),
  files: z.record(z.string(), z.uuid()),
});
export type Draft = z.infer<typeof Draft>;
export const DraftBody = z.strictObject({ storeId: z.uuid(), productId: z.uuid().nullable(), line: AnyLine });
export type DraftBody = z.infer<typeof DraftBody>;
export const DraftFilter = z.strictObject({
  storeId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1_000).optional(),
  lang: z.string().optional(),
});
