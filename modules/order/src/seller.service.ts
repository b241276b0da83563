import { Inject, Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, HTTP_SECRET, Uses, type Client, type Ctx, type Db, type Page } from '@um/kernel';
import { store } from '@um/store';
import type { z } from 'zod';
import { orderErrors, type MoveBody, type SellerFilter, type SellerTask } from './contract.js';
import { OrderLife } from './life.service.js';
import { findTask, listTasks, type TaskRow } from './lists.queries.js';
import * as q from './order.queries.js';
import type { OrderSchema } from './order.schema.js';
import { taskView } from './order.views.js';

type Task = z.infer<typeof SellerTask>;

/** Seller orders as the people of their store work on them. Another store's are not found. */
@Injectable()
export class SellerOrders {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Inject(OrderLife) private readonly life: OrderLife,
    @Uses(store) private readonly stores: Client<typeof store>,
  ) {}

  async list(ctx: Ctx, filter: z.output<typeof SellerFilter>): Promise<Page<Task>> {
    const stores = (await this.#stores(ctx)).filter((id) => filter.storeId === undefined || id === filter.storeId);
    if (stores.length === 0) return { items: [], nextCursor: null };
    const scope = `seller-orders:${ctx.actor}:${filter.storeId ?? ''}:${filter.state ?? ''}`;
    const after = decodeCursor(this.secret, scope, filter.cursor)?.[0] ?? null;
    const rows = await listTasks(this.db, {
      stores,
      state: filter.state,
      after: after === null ? null : String(after),
      limit: filter.limit + 1,
    });
    const shown = rows.slice(0, filter.limit);
    const nextCursor = rows.length > filter.limit ? encodeCursor(this.secret, scope, [shown.at(-1)!.id]) : null;
    return { items: await this.#views(ctx, shown), nextCursor };
  }

  async get(ctx: Ctx, id: string): Promise<Task> {
    const [view] = await this.#views(ctx, [await this.#task(ctx, id)]);
    return view!;
  }

  /** Moves a seller order along: accepted, packed, shipped, delivered, or cancelled before it is shipped. */
  async move(ctx: Ctx, id: string, { to }: z.output<typeof MoveBody>): Promise<Task> {
    await this.#task(ctx, id);
    await this.life.movePart(ctx, id, to);
    return this.get(ctx, id);
  }

  #stores(ctx: Ctx): Promise<string[]> {
    return this.stores.storesOf(ctx, { accountId: ctx.actor! });
  }

  async #task(ctx: Ctx, id: string): Promise<TaskRow> {
    const stores = await this.#stores(ctx);
    const task = stores.length > 0 ? await findTask(this.db, id, stores) : undefined;
    if (!task) throw orderErrors.NOT_FOUND();
    return task;
  }

  async #views(ctx: Ctx, tasks: readonly TaskRow[]): Promise<Task[]> {
    const ids = [...new Set(tasks.map((task) => task.order_id))];
    if (ids.length === 0) return [];
    const [lines, history] = await Promise.all([q.linesOf(this.db, ids), q.historyOf(this.db, ids)]);
    return tasks.map((task) =>
      taskView(
        task,
        lines,
        history.filter((row) => row.order_id === task.order_id),
        ctx.locale,
      ),
    );
  }
}
