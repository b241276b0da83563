import { Inject, Injectable } from '@nestjs/common';
import { family } from '@um/family';
import { inventory } from '@um/inventory';
import { Uses, type Client, type Ctx, type Db, type Handlers } from '@um/kernel';
import type { order } from './contract.js';
import { childrensOrders, figuresAgree, statesAgree, type Check } from './invariants.queries.js';
import { listFacts, type FactRow } from './lists.queries.js';
import { hasBought } from './order.queries.js';
import type { OrderSchema } from './order.schema.js';

const PAGE = 1_000;
/** Orders younger than this may still be on their way from one state to the next, in ms. */
const SETTLED_MS = 60_000;

/** What the order context answers to others. */
@Injectable()
export class OrderService implements Handlers<typeof order> {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Uses(family) private readonly families: Client<typeof family>,
    @Uses(inventory) private readonly stock: Client<typeof inventory>,
  ) {}

  async hasBought(
    _ctx: Ctx,
    { accountId, productId }: { accountId: string; productId: string },
  ): Promise<{ bought: boolean }> {
    return { bought: await hasBought(this.db, accountId, productId) };
  }

  facts(_ctx: Ctx, { after, limit }: { after: string | null; limit: number }): Promise<FactRow[]> {
    return listFacts(this.db, after, limit);
  }

  async checkInvariants(ctx: Ctx): Promise<Check[]> {
    return [
      await this.#soldIsCommitted(ctx),
      await this.#childrensOrders(ctx),
      await figuresAgree(this.db),
      await statesAgree(this.db),
    ];
  }

  /** I2, seen from orders: sellers work on an order exactly when its units have left the shelf. */
  async #soldIsCommitted(ctx: Ctx): Promise<Check> {
    const committed = new Set<string>();
    for await (const row of pages((after) => this.stock.committedOrders(ctx, { after, limit: PAGE })))
      if (row.state === 'committed') committed.add(row.orderId);
    const violations: string[] = [];
    let checked = 0;
    for await (const row of pages((after) => listFacts(this.db, after, PAGE))) {
      if (bornAt(row.orderId) > ctx.now.getTime() - SETTLED_MS) continue;
      checked += 1;
      const sold = row.state === 'paid' || row.state === 'confirmed' || row.state === 'completed';
      if (sold !== committed.has(row.orderId))
        violations.push(`order ${row.number} is ${row.state}, its units are ${sold ? 'not ' : ''}committed`);
    }
    return { invariant: 'I2', checked, violations };
  }

  /** I6: every child's order has an approval of that child with the same snapshot hash, and costs no more than was approved. */
  async #childrensOrders(ctx: Ctx): Promise<Check> {
    const violations: string[] = [];
    let checked = 0;
    for (
      let after: string | null = null, rows;
      (rows = await childrensOrders(this.db, after, PAGE)).length > 0;
      after = rows.at(-1)!.id
    ) {
      checked += rows.length;
      for (const row of rows) {
        const ask = await this.families.approved(ctx, { approvalId: row.approval_id! });
        const covered =
          ask !== null &&
          ask.childId === row.child_id &&
          ask.orderId === row.id &&
          ask.snapshot.hash === row.snapshot_hash &&
          row.total <= ask.snapshot.totalTiyin;
        if (!covered) violations.push(`order ${row.number} is not what approval ${row.approval_id} says`);
      }
    }
    return { invariant: 'I6', checked, violations };
  }
}

/** Walks a list that is read page by page after an order id. */
async function* pages<T extends { orderId: string }>(read: (after: string | null) => Promise<T[]>): AsyncGenerator<T> {
  for (let after: string | null = null; ;) {
    const rows: T[] = await read(after);
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.orderId;
  }
}

/** The time inside a UUIDv7, in ms since 1970. */
const bornAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
