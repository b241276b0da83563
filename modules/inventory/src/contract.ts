import { command, contract, errors, event, LocalTextSchema, page, query } from '@um/kernel/contract';
import { z } from 'zod';

export const ReserveLine = z.object({ variantId: z.uuid(), qty: z.int().positive() });
export const Availability = z.object({ variantId: z.uuid(), available: z.int() });
export type Availability = z.infer<typeof Availability>;

/**
 * Units available now. `version` grows with every change of a variant's stock: an older fact never overwrites a newer one,
 * so these facts may arrive in any order and are told apart by their first variant only.
 */
export const stockChanged = event(
  'inventory.stock-changed.v1',
  z.object({
    items: z.array(z.object({ variantId: z.uuid(), productId: z.uuid(), available: z.int(), version: z.int() })).min(1),
  }),
  (p) => p.items[0]!.variantId,
);
export const stockLow = event(
  'inventory.stock-low.v1',
  z.object({ variantId: z.uuid(), productId: z.uuid(), storeId: z.uuid(), available: z.int() }),
  (p) => p.variantId,
);

export const inventory = contract('inventory', {
  availability: query(z.object({ variantIds: z.array(z.uuid()).max(500) }), z.array(Availability)),
  /** Holds all lines or none (an order of what is downloaded alone has no lines to hold), rows locked in one global order. Repeating it for the same order answers the same. Raises `inventory.SOLD_OUT` naming the variants. */
  reserve: command(
    // Of a cart of sixty bundles each of twenty parts.
    z.object({ orderId: z.uuid(), lines: z.array(ReserveLine).max(1_200), expiresAt: z.coerce.date() }),
    z.object({}),
  ),
  /** Held units leave the shelf. Raises `inventory.NOT_HELD` when the reservation had expired and the units are gone. */
  commit: command(z.object({ orderId: z.uuid() }), z.object({})),
  /** Held units are free again; of a committed reservation the units come back to the shelf. */
  release: command(
    z.object({ orderId: z.uuid(), reason: z.enum(['cancelled', 'expired', 'failed', 'returned']) }),
    z.object({}),
  ),
  /** I1 and I2 as rows. `sold` is what the order context says was sold, when known. */
  checkInvariants: query(
    z.object({}),
    z.array(z.object({ invariant: z.string(), checked: z.int(), violations: z.array(z.string()) })),
  ),
  /** What the read model keeps of stock, by variant id after `after`. */
  stockAfter: query(
    z.object({ after: z.uuid().nullable(), limit: z.int().max(5_000) }),
    z.array(z.object({ variantId: z.uuid(), productId: z.uuid(), available: z.int(), version: z.int() })),
  ),
  /** Units committed per order, for comparing with orders. */
  committedOrders: query(
    z.object({ after: z.uuid().nullable(), limit: z.int().max(5_000) }),
    z.array(
      z.object({ orderId: z.uuid(), units: z.int(), state: z.enum(['held', 'committed', 'released', 'expired']) }),
    ),
  ),
});

/** A variant's stock as the people of its store see it. */
export const SellerStock = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  storeId: z.uuid(),
  sku: z.string(),
  title: LocalTextSchema,
  variantLabel: LocalTextSchema,
  pictureId: z.uuid().nullable(),
  onHand: z.int(),
  reserved: z.int(),
  available: z.int(),
  low: z.boolean(),
  changedAt: z.iso.datetime(),
});
export type SellerStock = z.infer<typeof SellerStock>;
export const SellerStockPage = page(SellerStock);
export const SellerStockFilter = z.strictObject({
  storeId: z.uuid().optional(),
  low: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1_000).optional(),
  lang: z.string().optional(),
});
/** A stock-take: how many units there are now, held ones among them. */
export const StockTakeBody = z.strictObject({
  onHand: z.int().nonnegative().max(10_000_000),
  reason: z.string().trim().min(3).max(300).optional(),
});

export const inventoryErrors = errors('inventory', {
  SOLD_OUT: {
    status: 409,
    message: {
      uz: 'Afsuski, omborda yetarli miqdor qolmagan.',
      ru: 'К сожалению, на складе нет нужного количества.',
      en: 'Sorry, there are not enough left in stock.',
    },
  },
  NO_STOCK: {
    status: 404,
    message: { uz: 'Bunday ombor qatori yoʻq.', ru: 'Такой складской позиции нет.', en: 'There is no such stock row.' },
  },
  BELOW_RESERVED: {
    status: 409,
    message: {
      uz: 'Buyurtmalar uchun band qilingan miqdordan kam boʻlishi mumkin emas.',
      ru: 'Не может быть меньше, чем уже забронировано под заказы.',
      en: 'It cannot be less than what orders already hold.',
    },
  },
  NOT_HELD: {
    status: 409,
    message: {
      uz: 'Bron muddati tugagan va mahsulot qolmagan.',
      ru: 'Бронь истекла, товара больше нет.',
      en: 'The reservation has run out and the item is gone.',
    },
  },
});
