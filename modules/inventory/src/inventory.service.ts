import { Inject, Injectable } from '@nestjs/common';
import { inTx, isUniqueViolation, record, type Ctx, type Db, type Handlers, type Tx } from '@um/kernel';
import { inventoryErrors, stockChanged, stockLow, type Availability, type inventory } from './contract.js';
import type { InventorySchema } from './inventory.schema.js';
import { bundlesAmong, madeOf, recounted } from './bundle.queries.js';
import { checkHeld, checkJournal } from './invariants.queries.js';
import * as held from './reservation.queries.js';
import { availabilityOf, stockFacts } from './stock.queries.js';
import { fellLow, mergedLines } from './stock.rules.js';

interface Reserving {
  readonly orderId: string;
  readonly lines: readonly { variantId: string; qty: number }[];
  readonly expiresAt: Date;
}

/** Tells what a change of stock made true: how many are available now, and which fell low. */
export async function tellMoved(tx: Tx<InventorySchema>, ctx: Ctx, moved: readonly held.Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const touched = moved.filter((row) => row.bundled).map((row) => row.variantId);
  const bundles = touched.length === 0 ? new Set<string>() : await bundlesAmong(tx, touched);
  const items = moved
    .filter(({ variantId }) => !bundles.has(variantId))
    .map(({ variantId, productId, available, version }) => ({ variantId, productId, available, version }));
  if (touched.length > 0) items.push(...(await recounted(tx, await madeOf(tx, touched))));
  if (items.length > 0) await record(tx, ctx, stockChanged, { items });
  for (const { variantId, productId, storeId, available, before } of moved) {
    if (fellLow(before, available)) await record(tx, ctx, stockLow, { variantId, productId, storeId, available });
  }
}

/** Units on shelves and units held for orders. */
@Injectable()
export class InventoryService implements Handlers<typeof inventory> {
  constructor(@Inject('inventory.db') private readonly db: Db<InventorySchema>) {}

  /** Free units; of a variant nobody declared there are none. */
  async availability(_ctx: Ctx, { variantIds }: { variantIds: string[] }): Promise<Availability[]> {
    const found = new Map((await availabilityOf(this.db, variantIds)).map((row) => [row.variantId, row.available]));
    return [...new Set(variantIds)].map((variantId) => ({ variantId, available: found.get(variantId) ?? 0 }));
  }

  async reserve(ctx: Ctx, input: Reserving): Promise<Record<string, never>> {
    try {
      await inTx(this.db, (tx) => this.#reserve(tx, ctx, input));
    } catch (error) {
      // The same order was being reserved at the same moment, and that one was first.
      if (!isUniqueViolation(error, 'reservation_pkey')) throw error;
      await inTx(this.db, (tx) => this.#reserve(tx, ctx, input));
    }
    return {};
  }

  async #reserve(tx: Tx<InventorySchema>, ctx: Ctx, { orderId, lines, expiresAt }: Reserving): Promise<void> {
    const { known, short, moved } = await held.reserve(tx, { orderId, ...mergedLines(lines), expiresAt, now: ctx.now });
    if (known === 'held' || known === 'committed') return;
    if (known !== null) throw inventoryErrors.NOT_HELD();
    if (short) throw inventoryErrors.SOLD_OUT({ variantIds: short });
    await tellMoved(tx, ctx, moved ?? []);
  }

  async commit(ctx: Ctx, { orderId }: { orderId: string }): Promise<Record<string, never>> {
    await inTx(this.db, async (tx) => {
      if (await held.commitHeld(tx, orderId, ctx.now)) return;
      const found = await held.reservationOf(tx, orderId);
      if (found?.state === 'committed') return;
      const moved = found?.state === 'expired' ? await held.commitExpired(tx, orderId, ctx.now) : null;
      if (!moved) throw inventoryErrors.NOT_HELD();
      await tellMoved(tx, ctx, moved);
    });
    return {};
  }

  async release(
    ctx: Ctx,
    { orderId, reason }: { orderId: string; reason: 'cancelled' | 'expired' | 'failed' | 'returned' },
  ): Promise<Record<string, never>> {
    await inTx(this.db, async (tx) => {
      const freed = await held.releaseHeld(tx, orderId, reason === 'expired' ? 'expired' : 'released', ctx.now);
      const moved = freed.length > 0 ? freed : await held.takeBack(tx, orderId, ctx.now);
      if (moved.length === 0) await held.refuseLater(tx, orderId, ctx.now);
      await tellMoved(tx, ctx, moved);
    });
    return {};
  }

  /** Frees what an order still holds; one that was paid in the meantime keeps its units. */
  async expire(ctx: Ctx, orderId: string): Promise<void> {
    await inTx(this.db, async (tx) => {
      await tellMoved(tx, ctx, await held.releaseHeld(tx, orderId, 'expired', ctx.now));
    });
  }

  async checkInvariants() {
    return [await checkHeld(this.db), await checkJournal(this.db)];
  }

  stockAfter(_ctx: Ctx, { after, limit }: { after: string | null; limit: number }) {
    return stockFacts(this.db, after, limit);
  }

  committedOrders(_ctx: Ctx, { after, limit }: { after: string | null; limit: number }) {
    return held.unitsOfOrders(this.db, after, limit);
  }
}
