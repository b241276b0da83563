import { Inject, Injectable } from '@nestjs/common';
import { family } from '@um/family';
import { inventory } from '@um/inventory';
import { Uses, type Client, type Ctx, type Db, type Handlers } from '@um/kernel';
import { payment } from '@um/payment';
import type { order } from './contract.js';
import { childrensOrders, figuresAgree, restingOrders, statesAgree, type Check } from './invariants.queries.js';
import { listFacts, type FactRow } from './lists.queries.js';
import { hasBought } from './order.queries.js';
import { moneyFits } from './order.rules.js';
import type { OrderSchema } from './order.schema.js';

const PAGE = 1_000;
/** What follows from a move is done after this time, in ms; orders that moved later are left out of comparisons. */
const RESTING_MS = 60_000;

/** What the order context answers to others. */
@Injectable()
export class OrderService implements Handlers<typeof order> {
  constructor(
    @Inject('order.db') private readonly db: Db<OrderSchema>,
    @Uses(family) private readonly families: Client<typeof family>,
    @Uses(inventory) private readonly stock: Client<typeof inventory>,
    @Uses(payment) private readonly payments: Client<typeof payment>,
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
    const resting = await all((after) => restingOrders(this.db, new Date(ctx.now.getTime() - RESTING_MS), after, PAGE));
    return [
      await this.#unitsAgree(ctx, resting),
      await this.#moneyAgrees(ctx, resting),
      await this.#asksAgree(ctx),
      await figuresAgree(this.db),
      await statesAgree(this.db),
    ];
  }

  /** I2, seen from orders: sellers work on an order exactly when its units have left the shelf. */
  async #unitsAgree(ctx: Ctx, orders: readonly Resting[]): Promise<Check> {
    const reserved = await all((after) => this.stock.committedOrders(ctx, { after, limit: PAGE }));
    const committed = new Set(reserved.filter((row) => row.state === 'committed').map((row) => row.orderId));
    const wrong = orders.filter(
      ({ state, orderId }) =>
        (state === 'paid' || state === 'confirmed' || state === 'completed') !== committed.has(orderId),
    );
    return {
      invariant: 'I2',
      checked: orders.length,
      violations: wrong.map(
        (o) => `order ${o.number} is ${o.state}, its units are ${committed.has(o.orderId) ? '' : 'not '}committed`,
      ),
    };
  }

  /** I5, seen from orders: money was kept for an order exactly when it was paid or handed over. */
  async #moneyAgrees(ctx: Ctx, orders: readonly Resting[]): Promise<Check> {
    const payments = await all((after) => this.payments.facts(ctx, { after, limit: PAGE }));
    const states = new Map(payments.map((row) => [row.orderId, row.state]));
    const wrong = orders.filter(({ state, orderId }) => !moneyFits(state, states.get(orderId) ?? null));
    return {
      invariant: 'I5',
      checked: orders.length,
      violations: wrong.map(
        (o) => `order ${o.number} is ${o.state}, its payment ${states.get(o.orderId) ?? 'missing'}`,
      ),
    };
  }

  /** I6: every child's order has an approval of that child with the same snapshot hash, and costs no more than was approved. */
  async #asksAgree(ctx: Ctx): Promise<Check> {
    const orders = await all((after) => childrensOrders(this.db, after, PAGE));
    const violations: string[] = [];
    for (const row of orders) {
      const ask = await this.families.approved(ctx, { approvalId: row.approval_id! });
      const covered =
        ask !== null &&
        ask.childId === row.child_id &&
        ask.orderId === row.orderId &&
        ask.snapshot.hash === row.snapshot_hash &&
        row.total <= ask.snapshot.totalTiyin;
      if (!covered) violations.push(`order ${row.number} is not what approval ${row.approval_id} says`);
    }
    return { invariant: 'I6', checked: orders.length, violations };
  }
}

type Resting = Awaited<ReturnType<typeof restingOrders>>[number];

/** A list that is read page by page, each after the last order id. */
async function all<T extends { orderId: string }>(read: (after: string | null) => Promise<T[]>): Promise<T[]> {
  const rows: T[] = [];
  for (let page = await read(null); page.length > 0; page = page.length < PAGE ? [] : await read(page.at(-1)!.orderId))
    rows.push(...page);
  return rows;
}
