import { ProductFacts } from '@um/family';
import { command, contract, errors, event, Money, query } from '@um/kernel/contract';
import { VariantInfo } from '@um/product';
import { z } from 'zod';

export const MAX_QTY = 99;
export const MAX_LINES = 60;

export const CartLineView = z.object({
  id: z.uuid(),
  variantId: z.uuid(),
  productId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  variantLabel: z.string(),
  store: z.object({ id: z.uuid(), name: z.string() }),
  pictureId: z.uuid().nullable(),
  qty: z.int(),
  unitPrice: Money,
  lineTotal: Money,
  /** ok, or what keeps the line from being ordered. */
  problem: z.enum(['sold_out', 'not_enough', 'not_available', 'not_for_you']).nullable(),
  available: z.int(),
  /** It is downloaded: one is enough, and nothing is delivered. */
  digital: z.boolean(),
  /** What a bundle is made of, in pieces for the whole line; empty for anything else. */
  parts: z.array(z.object({ title: z.string(), qty: z.int() })),
  /** The price when the line was added, when it has changed since. */
  priceBefore: Money.nullable(),
});
export const CartView = z.object({
  id: z.uuid().nullable(),
  lines: z.array(CartLineView),
  count: z.int(),
  goods: Money,
  orderable: z.boolean(),
});
export type CartView = z.infer<typeof CartView>;
/** A cart that was just opened. `token` stands for a guest's cart (`X-Cart-Token`); null for somebody signed in. */
export const CartOpened = z.object({ token: z.string().nullable(), cart: CartView });
export type CartOpened = z.infer<typeof CartOpened>;
export const AddItem = z.strictObject({ variantId: z.uuid(), qty: z.int().min(1).max(MAX_QTY).default(1) });
export const PatchItem = z.strictObject({ qty: z.int().min(1).max(MAX_QTY) });

/** A cart as checkout takes it: only lines that may be ordered now by this person. */
export const CartSnapshot = z.object({
  cartId: z.uuid(),
  lines: z.array(z.object({ qty: z.int(), variant: VariantInfo, facts: ProductFacts, available: z.int() })),
});
export type CartSnapshot = z.infer<typeof CartSnapshot>;

export const cartAbandoned = event(
  'cart.abandoned.v1',
  z.object({ cartId: z.uuid(), accountId: z.uuid().nullable() }),
  (p) => p.cartId,
);

export const cart = contract('cart', {
  /** The actor's (or guest's) cart as it may be ordered; raises `cart.NOT_ORDERABLE` with the lines' problems. */
  snapshot: query(z.object({}), CartSnapshot),
  /** Takes ordered or asked-for units out of a cart, once per `key`; what was added meanwhile stays. */
  take: command(
    z.object({
      key: z.string().max(200),
      cartId: z.uuid(),
      lines: z.array(z.object({ variantId: z.uuid(), qty: z.int() })),
    }),
    z.object({}),
  ),
  /** Stops guests' carts from outliving a sign-in: moves the lines to the person's cart. */
  merge: command(z.object({ guest: z.string(), accountId: z.uuid() }), z.object({})),
});

export const cartErrors = errors('cart', {
  EMPTY: { status: 409, message: { uz: 'Savat boʻsh.', ru: 'Корзина пуста.', en: 'The cart is empty.' } },
  NOT_ORDERABLE: {
    status: 409,
    message: {
      uz: 'Savatdagi baʼzi narsalarni hozir buyurtma qilib boʻlmaydi.',
      ru: 'Некоторые товары из корзины сейчас нельзя заказать.',
      en: 'Some things in the cart cannot be ordered right now.',
    },
  },
  NO_PRODUCT: { status: 404, message: { uz: 'Mahsulot topilmadi.', ru: 'Товар не найден.', en: 'Product not found.' } },
  NOT_ENOUGH: {
    status: 409,
    message: { uz: 'Omborda buncha yoʻq.', ru: 'Столько нет на складе.', en: 'There are not that many in stock.' },
  },
  ONE_COPY: {
    status: 409,
    message: {
      uz: 'Bu fayl savatda bor: bitta nusxa yetarli.',
      ru: 'Этот файл уже в корзине: одной копии достаточно.',
      en: 'This file is in the cart already: one copy is enough.',
    },
  },
  FULL: { status: 409, message: { uz: 'Savatda joy qolmadi.', ru: 'Корзина заполнена.', en: 'The cart is full.' } },
  NO_LINE: {
    status: 404,
    message: { uz: 'Bunday qator yoʻq.', ru: 'Такой строки нет.', en: 'There is no such line.' },
  },
});
