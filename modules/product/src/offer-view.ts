import { z } from 'zod';

export const Condition = z.enum(['new', 'refurbished', 'used']);
export type Condition = z.infer<typeof Condition>;

/** The terms of an offer beside its price and stock. */
export interface Terms {
  readonly condition: Condition;
  readonly deliveryDays: number;
}
/** The terms of a product that is nobody's offer: new, and as quick as the shop promises. */
export const OWN_TERMS: Terms = { condition: 'new', deliveryDays: 3 };

/** A seller's offer of something that another product describes: one entry for each variant it has. */
export const NewOffer = z.strictObject({
  storeId: z.uuid(),
  masterId: z.uuid(),
  condition: Condition.default('new'),
  deliveryDays: z.int().min(0).max(60),
  items: z
    .array(
      z.strictObject({
        /** The variant of the master that is offered. */
        variantId: z.uuid(),
        sku: z.string().trim().min(1).max(64),
        priceTiyin: z.int().positive().max(1_000_000_000_000),
        stock: z.int().nonnegative().max(10_000_000),
      }),
    )
    .min(1)
    .max(1_000),
});
export type NewOffer = z.output<typeof NewOffer>;
export const OfferMade = z.object({ listingId: z.uuid(), masterId: z.uuid() });
export type OfferMade = z.infer<typeof OfferMade>;
