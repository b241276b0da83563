import { LocalTextSchema, Money, page } from '@um/kernel/contract';
import { z } from 'zod';

/** Ten billion soʻm: dearer is a slip of the keyboard. In tiyin. */
const Tiyin = z.int().positive().max(1_000_000_000_000);
const DAY = 86_400_000;
/** A sale without end is a price, not a sale. */
export const LONGEST_SALE = 60 * DAY;
/** A sale is planned at most a year ahead. */
export const FARTHEST_SALE = 365 * DAY;

/** A sale as its seller sees it. */
export const SaleView = z.object({
  id: z.uuid(),
  storeId: z.uuid(),
  productId: z.uuid(),
  variantId: z.uuid(),
  title: LocalTextSchema,
  label: LocalTextSchema,
  sku: z.string(),
  pictureId: z.uuid().nullable(),
  state: z.enum(['planned', 'running', 'ended']),
  price: Money,
  /** What it costs without the sale, now. */
  basePrice: Money,
  /** What shoppers see struck out beside it (as things stand now, when it is only planned); null when nothing proves an earlier price. */
  compareAt: Money.nullable(),
  lowest30: Money.nullable(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});
export type SaleView = z.infer<typeof SaleView>;
export const SalePage = page(SaleView);
export const SaleFilter = z.strictObject({
  storeId: z.uuid().optional(),
  state: SaleView.shape.state.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1_000).optional(),
  lang: z.string().optional(),
});

/** A sale for one or many variants of a store: a price for all of them, or so many percent off each. */
export const NewSale = z
  .strictObject({
    storeId: z.uuid(),
    variantIds: z.array(z.uuid()).min(1).max(500),
    priceTiyin: Tiyin.optional(),
    percentOff: z.int().min(1).max(95).optional(),
    /** A moment that has passed means now. */
    startsAt: z.iso.datetime({ offset: true }),
    endsAt: z.iso.datetime({ offset: true }),
  })
  .refine((sale) => (sale.priceTiyin === undefined) !== (sale.percentOff === undefined), {
    message: 'either a price or percent off',
    path: ['priceTiyin'],
  });
export type NewSale = z.infer<typeof NewSale>;
export const SalesPlanned = z.object({ items: z.array(SaleView) });

export const NewPrice = z.strictObject({ priceTiyin: Tiyin });

/** What a product costs, variant by variant: now, what is planned, and everything it ever cost. */
export const SellerPrices = z.object({
  productId: z.uuid(),
  storeId: z.uuid(),
  title: LocalTextSchema,
  variants: z.array(
    z.object({
      id: z.uuid(),
      sku: z.string(),
      label: LocalTextSchema,
      basePrice: Money,
      price: Money,
      compareAt: Money.nullable(),
      lowest30: Money.nullable(),
      saleEndsAt: z.iso.datetime().nullable(),
      /** Every price shoppers paid, the latest first: at most the last hundred. */
      history: z.array(z.object({ from: z.iso.datetime(), price: Money })),
    }),
  ),
});
export type SellerPrices = z.infer<typeof SellerPrices>;
