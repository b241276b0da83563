import { isUniqueViolation, newId, type Ctx, type Tx } from '@um/kernel';
import type { PaymentMethod } from '@um/payment';
import type { Address } from '@um/user';
import { sql } from 'kysely';
import type { OrderSchema } from './order.schema.js';
import { isDigital } from './download.rules.js';
import type { By } from './order.rules.js';
import type { Quote, SellerPart } from './quote.rules.js';

type Db = Tx<OrderSchema>;

/** The place a request was given: the id of its order, and what already came of it. */
export interface Place {
  readonly orderId: string;
  /** Count of orders, for the number. */
  readonly n: number;
  readonly placed: boolean;
  /** The cart an order was made of, once it is placed. */
  readonly cartId: string | null;
  readonly approvalId: string | null;
}

/** Gives a request its order id, or answers the one it was given before: one statement. */
export async function claimPlace(db: Db, ctx: Ctx, owner: string, key: string): Promise<Place> {
  const { rows } = await sql<Place>`
    insert into placement (owner, key, order_id, created_at) values (${owner}, ${key}, ${newId(ctx.now)}, ${ctx.now})
    on conflict (owner, key) do update set owner = excluded.owner
    returning order_id as "orderId", n, cart_id as "cartId", approval_id as "approvalId", exists (select 1 from orders where id = placement.order_id) as placed`.execute(
    db,
  );
  return rows[0]!;
}

/** Gives a place up whose order did not come about, so that another try starts afresh. */
export const freePlace = (db: Db, orderId: string) =>
  db.deleteFrom('placement').where('order_id', '=', orderId).execute();

/**
 * Whether the order of a place was written, told only when that is final: writing it locks the place, so an attempt that still
 * runs is waited for. Holds the place until the transaction ends.
 */
export async function isWritten(tx: Db, orderId: string): Promise<boolean> {
  await tx.selectFrom('placement').select('n').where('order_id', '=', orderId).forUpdate().execute();
  // A statement of its own: the one above does not see what was committed while it waited.
  return (await tx.selectFrom('orders').select('id').where('id', '=', orderId).executeTakeFirst()) !== undefined;
}

/** Notes the ask that came of a request. */
export const noteAsk = (db: Db, orderId: string, approvalId: string) =>
  db.updateTable('placement').set({ approval_id: approvalId }).where('order_id', '=', orderId).execute();

export const forgetPlaces = (db: Db, before: Date) =>
  db.deleteFrom('placement').where('created_at', '<', before).execute();

/** An order that is about to exist. Amounts in tiyin. */
export interface NewOrder {
  readonly id: string;
  readonly number: string;
  readonly buyerId: string | null;
  readonly guestId: string | null;
  readonly child: {
    readonly childId: string;
    readonly familyId: string;
    readonly approvalId: string;
    readonly snapshotHash: string;
  } | null;
  readonly state: 'pending_payment' | 'confirmed';
  readonly payment: PaymentMethod;
  readonly quote: Quote;
  readonly parts: readonly SellerPart[];
  readonly address: Address | null;
  readonly email: string | null;
  readonly payUntil: Date;
  readonly by: By;
  /** The cart it is made of; null for an approved ask, whose units were taken when it was asked for. */
  readonly cartId: string | null;
}

const partRows = (order: NewOrder, ctx: Ctx) =>
  order.parts.map((part, index) => ({
    id: newId(ctx.now),
    n: index + 1,
    number: `${order.number}-${index + 1}`,
    store_id: part.storeId,
    store_name: part.storeName,
    goods: part.goods,
    commission: part.commission,
    commission_bp: part.commissionBp,
    digital: isDigital(part.lines),
    lines: part.lines,
  }));

const lineRows = (parts: ReturnType<typeof partRows>, ctx: Ctx) =>
  parts
    .flatMap((part) => part.lines.map((line) => ({ part: part.id, line })))
    .map(({ part, line }, index) => ({
      id: newId(ctx.now),
      seller_order_id: part,
      n: index + 1,
      variant_id: line.variantId,
      product_id: line.productId,
      slug: line.slug,
      title: line.title,
      variant_label: line.variantLabel,
      picture_id: line.pictureId,
      sku: line.sku,
      mxik: line.mxik,
      qty: line.qty,
      unit_price: line.unitPrice,
      line_total: line.lineTotal,
      vat_rate: line.vatRate,
      vat: line.vat,
      commission: line.commission,
      digital: line.digital,
      parts: line.parts,
    }));

/** Writes an order with its seller orders, lines and first history row: one statement. Throws on a second order of the same id or approval. */
export async function insertOrder(tx: Db, ctx: Ctx, order: NewOrder): Promise<void> {
  const { id, quote, child } = order;
  const parts = partRows(order, ctx);
  const opened = order.state === 'confirmed' ? ctx.now : null;
  await sql`
    with p as (update placement set cart_id = ${order.cartId}::uuid where order_id = ${id}),
    o as (
      insert into orders (id, number, buyer_id, guest_id, child_id, family_id, approval_id, snapshot_hash, state, payment, goods, discount, delivery, vat, total, address, email, pay_until, placed_at, changed_at)
      values (${id}, ${order.number}, ${order.buyerId}, ${order.guestId}, ${child?.childId ?? null}, ${child?.familyId ?? null}, ${child?.approvalId ?? null}, ${child?.snapshotHash ?? null}, ${order.state}, ${order.payment},
        ${quote.goods}, ${quote.discount}, ${quote.delivery}, ${quote.vat}, ${quote.total}, ${order.address && JSON.stringify(order.address)}, ${order.email}, ${order.payUntil}, ${ctx.now}, ${ctx.now})),
    s as (
      insert into seller_order (id, order_id, n, number, store_id, store_name, state, goods, commission, commission_bp, opened_at, changed_at, digital)
      select x.id, ${id}, x.n, x.number, x.store_id, x.store_name, 'new', x.goods, x.commission, x.commission_bp, ${opened}, ${ctx.now}, x.digital
      from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as x(id uuid, n smallint, number text, store_id uuid, store_name jsonb, goods bigint, commission bigint, commission_bp int, digital boolean)),
    l as (
      insert into line (id, order_id, seller_order_id, n, variant_id, product_id, slug, title, variant_label, picture_id, sku, mxik, qty, unit_price, line_total, vat_rate, vat, commission, digital, parts)
      select x.id, ${id}, x.seller_order_id, x.n, x.variant_id, x.product_id, x.slug, x.title, x.variant_label, x.picture_id, x.sku, x.mxik, x.qty, x.unit_price, x.line_total, x.vat_rate, x.vat, x.commission, x.digital, x.parts
      from jsonb_to_recordset(${JSON.stringify(lineRows(parts, ctx))}::jsonb) as x(id uuid, seller_order_id uuid, n smallint, variant_id uuid, product_id uuid, slug text, title jsonb, variant_label jsonb, picture_id uuid,
        sku text, mxik text, qty int, unit_price bigint, line_total bigint, vat_rate int, vat bigint, commission bigint, digital jsonb, parts jsonb))
    insert into history (id, order_id, from_state, to_state, by, actor, at) values (${newId(ctx.now)}, ${id}, null, ${order.state}, ${order.by}, ${ctx.actor}, ${ctx.now})`.execute(
    tx,
  );
}

/** True when an insert failed because the order exists already: another attempt of the same request was first. */
export const isPlacedAlready = (error: unknown): boolean =>
  isUniqueViolation(error, 'orders_pkey') || isUniqueViolation(error, 'orders_approval_id_key');
