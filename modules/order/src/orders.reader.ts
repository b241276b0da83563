import { Inject, Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, HTTP_SECRET, type Ctx, type Db, type Page } from '@um/kernel';
import type { z } from 'zod';
import { orderErrors, type ListQuery, type OrderSummary, type OrderView } from './contract.js';
import { Downloads } from './downloads.service.js';
import { listOrders, type Mine } from './lists.queries.js';
import { OrderPayments } from './order-payments.service.js';
import * as q from './order.queries.js';
import { isMine } from './order.rules.js';
import type { OrderSchema } from './order.schema.js';
import { orderView, summaryView } from './order.views.js';

/** Whose orders a request means; undefined for a guest without a cart, who has none. */
function mineOf(ctx: Ctx): Mine | undefined {
  if (ctx.child) return { child: ctx.child.id };
  if (ctx.actor !== null) return { buyer: ctx.actor, family: ctx.family ?? null };
  return ctx.guest === undefined ? undefined : { guest: ctx.guest };
}

/** Orders as buyers read them. Somebody else's are not found. */
@Injectable()
export class OrdersReader {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Inject(OrderPayments) private readonly payments: OrderPayments,
    @Inject(Downloads) private readonly downloads: Downloads,
  ) {}

  async list(ctx: Ctx, filter: z.output<typeof ListQuery>): Promise<Page<z.infer<typeof OrderSummary>>> {
    const mine = mineOf(ctx);
    if (!mine) return { items: [], nextCursor: null };
    const scope = `orders:${JSON.stringify(mine)}`;
    const after = decodeCursor(this.secret, scope, filter.cursor)?.[0] ?? null;
    const rows = await listOrders(this.db, mine, after === null ? null : String(after), filter.limit + 1);
    const shown = rows.slice(0, filter.limit);
    const nextCursor = rows.length > filter.limit ? encodeCursor(this.secret, scope, [shown.at(-1)!.id]) : null;
    return { items: shown.map(summaryView), nextCursor };
  }

  async get(ctx: Ctx, id: string): Promise<OrderView> {
    const order = await this.mine(ctx, id);
    const pays = order.state === 'pending_payment' && !ctx.child;
    const [parts, lines, history, redirectUrl] = await Promise.all([
      q.sellerOrdersOf(this.db, id),
      q.linesOf(this.db, [id]),
      q.historyOf(this.db, [id]),
      pays ? this.payments.redirectUrl(ctx, id) : null,
    ]);
    const downloads = await this.downloads.views(ctx, order, parts, lines);
    return orderView({ order, parts, lines, history, redirectUrl, downloads }, ctx);
  }

  /** The person's own order; raises `order.NOT_FOUND` for any other. */
  async mine(ctx: Ctx, id: string): Promise<q.OrderRow> {
    const order = await q.findOrder(this.db, id);
    if (!order || !isMine(ctx, order)) throw orderErrors.NOT_FOUND();
    return order;
  }
}
