import { Injectable } from '@nestjs/common';
import { approvalAsked, approvalDecided } from '@um/family';
import { newId, On, record, Uses, type Client, type Ctx, type PayloadOf, type Tx } from '@um/kernel';
import { orderCancelled, orderPaid, orderPlaced, sellerOrderMoved } from '@um/order';
import { changeDecided } from '@um/product';
import { store } from '@um/store';
import type { z } from 'zod';
import { liveMessage, type NotificationKind, type Topic } from './contract.js';
import { insertNotice } from './notification.queries.js';
import type { NoticeData, NotificationSchema } from './notification.schema.js';

type OrderFact = Pick<PayloadOf<typeof orderPlaced>, 'orderId' | 'number' | 'buyerId' | 'childId' | 'storeIds'>;

interface Notice {
  readonly kind: z.infer<typeof NotificationKind>;
  readonly topic: z.infer<typeof Topic>;
  readonly subjectId: string;
  readonly data: NoticeData;
}

/** Turns facts of the shop into notices and live messages for the people they concern. */
@Injectable()
export class NotificationListeners {
  constructor(@Uses(store) private readonly stores: Client<typeof store>) {}

  @On(approvalAsked)
  async asked(ctx: Ctx, fact: PayloadOf<typeof approvalAsked>, tx: Tx<NotificationSchema>): Promise<void> {
    const notice: Notice = {
      kind: 'approval_asked',
      topic: 'approvals',
      subjectId: fact.approvalId,
      data: { step: 'asked' },
    };
    await this.#tell(ctx, tx, fact.guardians, notice);
    await this.#live(ctx, tx, fact.childId, notice);
  }

  @On(approvalDecided)
  async decided(ctx: Ctx, fact: PayloadOf<typeof approvalDecided>, tx: Tx<NotificationSchema>): Promise<void> {
    const notice: Notice = {
      kind: 'approval_decided',
      topic: 'approvals',
      subjectId: fact.approvalId,
      data: { step: fact.state, state: fact.state },
    };
    await this.#tell(ctx, tx, [fact.childId], notice);
    const others = fact.guardians.filter((id) => id !== ctx.actor);
    await this.#tell(ctx, tx, fact.state === 'ordered' ? fact.guardians : others, notice);
    for (const id of fact.guardians) await this.#live(ctx, tx, id, notice);
  }

  @On(orderPlaced)
  async placed(ctx: Ctx, fact: PayloadOf<typeof orderPlaced>, tx: Tx<NotificationSchema>): Promise<void> {
    await this.#tellBuyer(ctx, tx, fact, { kind: 'order_placed', step: 'placed' });
  }

  @On(orderPaid)
  async paid(ctx: Ctx, fact: PayloadOf<typeof orderPaid>, tx: Tx<NotificationSchema>): Promise<void> {
    if (!fact.confirmedOnly) await this.#tellBuyer(ctx, tx, fact, { kind: 'order_paid', step: 'paid' });
    const members = await Promise.all(fact.storeIds.map((storeId) => this.stores.members(ctx, { storeId })));
    await this.#tell(ctx, tx, [...new Set(members.flat())], {
      kind: 'seller_new_order',
      topic: 'orders',
      subjectId: fact.orderId,
      data: { step: 'new', number: fact.number },
    });
  }

  @On(sellerOrderMoved)
  async moved(ctx: Ctx, fact: PayloadOf<typeof sellerOrderMoved>, tx: Tx<NotificationSchema>): Promise<void> {
    await this.#tellBuyer(ctx, tx, fact, {
      kind: 'order_moved',
      step: `${fact.sellerOrderId}:${fact.state}`,
      state: fact.state,
    });
  }

  @On(orderCancelled)
  async cancelled(ctx: Ctx, fact: PayloadOf<typeof orderCancelled>, tx: Tx<NotificationSchema>): Promise<void> {
    await this.#tellBuyer(ctx, tx, fact, { kind: 'order_cancelled', step: fact.state });
    const members = await Promise.all(fact.storeIds.map((storeId) => this.stores.members(ctx, { storeId })));
    const notice: Notice = {
      kind: 'order_cancelled',
      topic: 'orders',
      subjectId: fact.orderId,
      data: { step: fact.state, number: fact.number },
    };
    for (const id of new Set(members.flat())) await this.#live(ctx, tx, id, notice);
  }

  @On(changeDecided)
  async changed(ctx: Ctx, fact: PayloadOf<typeof changeDecided>, tx: Tx<NotificationSchema>): Promise<void> {
    await this.#tell(ctx, tx, await this.stores.members(ctx, { storeId: fact.storeId }), {
      kind: 'change_decided',
      topic: 'notifications',
      subjectId: fact.requestId,
      data: { step: fact.state, state: fact.state },
    });
  }

  async #tellBuyer(
    ctx: Ctx,
    tx: Tx<NotificationSchema>,
    fact: OrderFact,
    what: { kind: Notice['kind']; step: string; state?: string },
  ): Promise<void> {
    const people = [fact.buyerId, fact.childId].filter((id): id is string => id !== null);
    const data = { step: what.step, number: fact.number, ...(what.state === undefined ? {} : { state: what.state }) };
    await this.#tell(ctx, tx, people, { kind: what.kind, topic: 'orders', subjectId: fact.orderId, data });
  }

  async #tell(ctx: Ctx, tx: Tx<NotificationSchema>, accounts: readonly string[], notice: Notice): Promise<void> {
    for (const accountId of accounts) {
      const row = {
        id: newId(ctx.now),
        account_id: accountId,
        kind: notice.kind,
        data: JSON.stringify(notice.data),
        subject_id: notice.subjectId,
        read_at: null,
        at: ctx.now,
      };
      if (await insertNotice(tx, row)) {
        await this.#live(ctx, tx, accountId, notice);
        await this.#live(ctx, tx, accountId, { ...notice, topic: 'notifications' });
      }
    }
  }

  #live(ctx: Ctx, tx: Tx<NotificationSchema>, accountId: string, notice: Notice): Promise<void> {
    return record(tx, ctx, liveMessage, {
      accountId,
      topic: notice.topic,
      kind: notice.kind,
      subjectId: notice.subjectId,
      at: ctx.now.toISOString(),
    });
  }
}
