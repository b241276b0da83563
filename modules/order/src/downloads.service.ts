import { Inject, Injectable } from '@nestjs/common';
import { family, maySee } from '@um/family';
import { file, type DownloadLink } from '@um/file';
import { Uses, type Client, type Ctx, type Db } from '@um/kernel';
import { product } from '@um/product';
import { downloadErrors, orderErrors, type DownloadView } from './contract.js';
import * as q from './download.queries.js';
import { accessUntil, downloadView, MOST_DOWNLOADS, UNOPENED_MS } from './download.rules.js';
import { OrderLife } from './life.service.js';
import { linesOf, type LineRow, type OrderRow, type SellerOrderRow } from './order.queries.js';
import type { OrderSchema } from './order.schema.js';

const AT_ONCE = 500;

/** Downloads of paid orders: given out to whoever bought them, taken back with the order or the product. */
@Injectable()
export class Downloads {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Inject(OrderLife) private readonly life: OrderLife,
    @Uses(file) private readonly files: Client<typeof file>,
    @Uses(product) private readonly products: Client<typeof product>,
    @Uses(family) private readonly families: Client<typeof family>,
  ) {}

  /**
   * An address that fetches a line's document for a short time. The first one is the delivery: from then on the order cannot be
   * cancelled. Raises `order.NOT_FOUND`, `order.NOT_PAID`, `order.RECALLED`, `order.NOT_FOR_CHILD`, and what the file context says
   * of a right that has ended.
   */
  async link(ctx: Ctx, order: OrderRow, lineId: string): Promise<DownloadLink> {
    const line = (await linesOf(this.db, [order.id])).find((one) => one.id === lineId);
    if (!line?.digital) throw orderErrors.NOT_FOUND();
    await this.#requireFit(ctx, line);
    await this.life.giveOut(ctx, order.id, line);
    const right = {
      id: line.id,
      fileId: line.digital.fileId,
      until: accessUntil(order.placed_at),
      most: MOST_DOWNLOADS,
    };
    return this.files.linkTo(ctx, right);
  }

  /** What was recalled is given to nobody. A child gets only what it may see today: what was approved may have become too old for it since. */
  async #requireFit(ctx: Ctx, line: LineRow): Promise<void> {
    const [now] = await this.products.variants({ ...ctx, actor: null }, { ids: [line.variant_id] });
    if (now?.state === 'recalled') throw downloadErrors.RECALLED();
    if (!ctx.child) return;
    const viewer = await this.families.viewerOf(ctx, { childId: ctx.child.id });
    if (!now || now.state === 'rejected' || !maySee(viewer, now.facts)) throw downloadErrors.NOT_FOR_CHILD();
  }

  /** What may be downloaded of an order, line by line; nothing is asked for an order without downloads. */
  async views(
    ctx: Ctx,
    order: OrderRow,
    parts: readonly SellerOrderRow[],
    lines: readonly LineRow[],
  ): Promise<DownloadView[]> {
    const digital = lines.filter((line) => line.digital !== null);
    if (digital.length === 0) return [];
    const ids = digital.map((line) => line.id);
    const [rights, given] = await Promise.all([this.files.downloads(ctx, { ids }), q.givenOut(this.db, order.id)]);
    return digital.map((line) =>
      downloadView(
        {
          lineId: line.id,
          order: order.state,
          part: parts.find((part) => part.id === line.seller_order_id)!.state,
          placedAt: order.placed_at,
          given: given.has(line.id),
          right: rights.find((right) => right.id === line.id),
        },
        ctx.now,
      ),
    );
  }

  /** Takes back what was given out of an order, or of some of its parts. Running it again changes nothing. */
  async withdraw(ctx: Ctx, orderId: string, partIds?: readonly string[]): Promise<void> {
    const lines = await q.downloadsOf(this.db, orderId);
    const ids = lines.filter((line) => !partIds || partIds.includes(line.seller_order_id)).map((line) => line.id);
    if (ids.length > 0) await this.files.withdraw(ctx, { ids });
  }

  /** Products were recalled: nobody downloads them any more, whoever bought them. */
  async recall(ctx: Ctx, productIds: readonly string[]): Promise<void> {
    for (let after: string | null = null; ;) {
      const ids: string[] = (await q.soldDownloads(this.db, productIds, after, AT_ONCE)).map((line) => line.id);
      if (ids.length > 0) await this.files.withdraw(ctx, { ids });
      if (ids.length < AT_ONCE) return;
      after = ids.at(-1)!;
    }
  }

  /** Parts that nobody downloaded for two weeks count as delivered. Answers how many there were. */
  async sweep(ctx: Ctx): Promise<number> {
    const parts = await q.unopenedParts(this.db, new Date(ctx.now.getTime() - UNOPENED_MS), AT_ONCE);
    for (const part of parts) await this.life.letRest(ctx, part.order_id, part.id);
    return parts.length;
  }
}
