import { money, textFor, type Ctx, type Locale } from '@um/kernel';
import type { z } from 'zod';
import type {
  DownloadView,
  OrderEventView,
  OrderLineView,
  OrderSummary,
  OrderView,
  SellerOrderView,
  SellerTask,
} from './contract.js';
import { packedParts } from './bundle.rules.js';
import type { SummaryRow, TaskRow } from './lists.queries.js';
import type { HistoryRow, LineRow, OrderRow, SellerOrderRow } from './order.queries.js';
import { cancellable, isOpen, sellerMayMove } from './order.rules.js';

const lineView = (line: LineRow, locale: Locale): z.infer<typeof OrderLineView> => ({
  id: line.id,
  variantId: line.variant_id,
  productId: line.product_id,
  slug: line.slug,
  title: textFor(line.title, locale),
  variantLabel: textFor(line.variant_label, locale),
  pictureId: line.picture_id,
  qty: line.qty,
  unitPrice: money(line.unit_price),
  lineTotal: money(line.line_total),
  digital: line.digital && {
    name: line.digital.name,
    bytes: line.digital.bytes,
    contentType: line.digital.contentType,
  },
  parts: packedParts(line.parts, line.qty, locale),
});

const partView = (
  part: SellerOrderRow,
  lines: readonly LineRow[],
  locale: Locale,
): z.infer<typeof SellerOrderView> => ({
  id: part.id,
  number: part.number,
  store: { id: part.store_id, name: textFor(part.store_name, locale) },
  state: part.state,
  goods: money(part.goods),
  digital: part.digital,
  lines: lines.filter((line) => line.seller_order_id === part.id).map((line) => lineView(line, locale)),
});

const eventView = (row: HistoryRow): z.infer<typeof OrderEventView> => ({
  at: row.at.toISOString(),
  state: row.to_state,
  sellerOrderId: row.seller_order_id,
  by: row.by,
});

export interface WholeOrder {
  readonly order: OrderRow;
  readonly parts: readonly SellerOrderRow[];
  readonly lines: readonly LineRow[];
  readonly history: readonly HistoryRow[];
  readonly redirectUrl: string | null;
  readonly downloads: DownloadView[];
}

/** An order as its buyer sees it. A child sees what it gets, not where it is sent, and neither pays nor cancels. */
export function orderView({ order, parts, lines, history, redirectUrl, downloads }: WholeOrder, ctx: Ctx): OrderView {
  const child = ctx.child !== undefined;
  return {
    id: order.id,
    number: order.number,
    state: order.state,
    placedAt: order.placed_at.toISOString(),
    payUntil: order.state === 'pending_payment' ? (order.pay_until?.toISOString() ?? null) : null,
    goods: money(order.goods),
    discount: money(order.discount),
    delivery: money(order.delivery),
    vatIncluded: money(order.vat),
    total: money(order.total),
    payment: order.payment,
    redirectUrl: child ? null : redirectUrl,
    address: child ? null : order.address,
    childId: order.child_id,
    approvalId: order.approval_id,
    sellerOrders: parts.map((part) => partView(part, lines, ctx.locale)),
    history: history.map(eventView),
    downloads,
    cancellable:
      !child &&
      !downloads.some((download) => download.given) &&
      cancellable(
        order.state,
        parts.map((part) => part.state),
      ),
  };
}

export const summaryView = (row: SummaryRow): z.infer<typeof OrderSummary> => ({
  id: row.id,
  number: row.number,
  state: row.state,
  placedAt: row.placed_at.toISOString(),
  total: money(row.total),
  count: row.count,
  pictures: row.pictures,
  childId: row.child_id,
});

/** A part as its seller sees it: the address only while it is needed, and nothing else of the buyer. */
export function taskView(
  task: TaskRow,
  lines: readonly LineRow[],
  history: readonly HistoryRow[],
  locale: Locale,
): z.infer<typeof SellerTask> {
  const moves = isOpen(task.order_state) ? sellerMayMove(task.state, task.digital) : [];
  return {
    id: task.id,
    number: task.number,
    orderNumber: task.order_number,
    state: task.state,
    placedAt: task.placed_at.toISOString(),
    paid: task.payment !== 'cash' || task.order_state === 'completed',
    payment: task.payment,
    goods: money(task.goods),
    commission: money(task.commission),
    digital: task.digital,
    lines: lines.filter((line) => line.seller_order_id === task.id).map((line) => lineView(line, locale)),
    address: moves.length > 0 && !task.digital ? task.address : null,
    history: history.filter((row) => row.seller_order_id === task.id || row.seller_order_id === null).map(eventView),
    moves,
  };
}
