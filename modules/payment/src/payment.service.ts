import { Inject, Injectable, Optional } from '@nestjs/common';
import { HTTP_SECRET, inTx, newId, type Ctx, type Db, type Handlers } from '@um/kernel';
import type { z } from 'zod';
import {
  PAYMENT_SANDBOX,
  paymentErrors,
  type payment,
  type PaymentInfo,
  type PaymentState,
  type SandboxSettings,
  type StartPayment,
} from './contract.js';
import { checkLedger } from './ledger.queries.js';
import { amountOf } from './ledger.rules.js';
import * as q from './payment.queries.js';
import { isClosed, isPaid } from './payment.rules.js';
import type { PaymentSchema } from './payment.schema.js';
import { payLink } from './sandbox/signing.rules.js';
import { endUnpaid, giveBack, succeed } from './settlement.js';

/** Payments of orders: one an order, paid at most once, closed for good when the order ends unpaid. */
@Injectable()
export class PaymentService implements Handlers<typeof payment> {
  constructor(
    @Inject('payment.db') private readonly db: Db<PaymentSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Optional() @Inject(PAYMENT_SANDBOX) private readonly sandbox: SandboxSettings | undefined,
  ) {}

  async start(ctx: Ctx, input: z.output<typeof StartPayment>): Promise<PaymentInfo> {
    const shares = input.shares.map((s) => ({
      storeId: s.storeId,
      gross: s.grossTiyin,
      commission: s.commissionTiyin,
    }));
    if (amountOf(shares, input.deliveryTiyin) !== input.amountTiyin) throw paymentErrors.WRONG_AMOUNT();
    if (input.method === 'sandbox' && !this.sandbox) throw paymentErrors.METHOD_OFF();
    const opening = {
      paymentId: newId(ctx.now),
      transactionId: input.method === 'cash' ? null : newId(ctx.now),
      input,
    };
    if (!(await q.openPayment(this.db, ctx, opening))) return this.#startAgain(ctx, input.orderId);
    const redirectUrl = opening.transactionId && payLink(this.secret, opening.transactionId, ctx.locale);
    return {
      paymentId: opening.paymentId,
      orderId: input.orderId,
      method: input.method,
      state: 'pending',
      amountTiyin: input.amountTiyin,
      redirectUrl,
    };
  }

  async byOrder(ctx: Ctx, { orderId }: { orderId: string }): Promise<PaymentInfo | null> {
    const row = await q.findByOrder(this.db, orderId);
    return row ? this.#info(ctx, row, row.transaction_id) : null;
  }

  async collectCash(ctx: Ctx, { orderId }: { orderId: string }): Promise<PaymentInfo> {
    await inTx(this.db, async (tx) => {
      const row = await this.#lock(tx, orderId);
      if (isPaid(row.state)) return;
      if (row.method !== 'cash' || !(await succeed(tx, ctx, row))) throw paymentErrors.CLOSED({ state: row.state });
    });
    return (await this.byOrder(ctx, { orderId }))!;
  }

  async close(
    ctx: Ctx,
    { orderId, state }: { orderId: string; state: 'expired' | 'cancelled' },
  ): Promise<{ state: PaymentState }> {
    return inTx(this.db, async (tx) => {
      const row = await q.lockByOrder(tx, orderId);
      if (!row) return { state };
      if (isPaid(row.state)) return { state: row.state === 'refunded' ? row.state : 'succeeded' };
      if (isClosed(row.state)) return { state: row.state };
      await endUnpaid(tx, ctx, row, state);
      return { state };
    });
  }

  async cancelShare(
    ctx: Ctx,
    { orderId, storeId, reason }: { orderId: string; storeId: string; reason: string },
  ): Promise<{ refundedTiyin: number }> {
    return inTx(this.db, async (tx) => {
      const row = await this.#lock(tx, orderId);
      if (isClosed(row.state) || row.state === 'refunded') return { refundedTiyin: 0 };
      const share = await q.cancelShare(tx, ctx, row.id, storeId);
      if (!share) return { refundedTiyin: 0 };
      if (!isPaid(row.state)) {
        await q.setAmount(tx, ctx, row.id, row.amount - share.gross);
        return { refundedTiyin: 0 };
      }
      await giveBack(tx, ctx, row, { kind: 'share', shares: [share], delivery: 0, amount: share.gross, reason });
      return { refundedTiyin: share.gross };
    });
  }

  async refundAll(
    ctx: Ctx,
    { orderId, reason }: { orderId: string; reason: string },
  ): Promise<{ refundedTiyin: number }> {
    return inTx(this.db, async (tx) => {
      const row = await this.#lock(tx, orderId);
      if (row.state !== 'succeeded' && row.state !== 'partially_refunded') return { refundedTiyin: row.refunded };
      const shares = await q.activeShares(tx, row.id);
      await giveBack(tx, ctx, row, {
        kind: 'full',
        shares,
        delivery: row.delivery,
        amount: row.amount - row.refunded,
        reason,
      });
      return { refundedTiyin: row.amount };
    });
  }

  facts(_ctx: Ctx, { after, limit }: { after: string | null; limit: number }) {
    return q.listFacts(this.db, after, limit);
  }

  checkInvariants() {
    return checkLedger(this.db);
  }

  /** The order's payment as it is; a declined one is opened again with a new transaction. */
  async #startAgain(ctx: Ctx, orderId: string): Promise<PaymentInfo> {
    await inTx(this.db, async (tx) => {
      const row = await this.#lock(tx, orderId);
      if (isClosed(row.state)) throw paymentErrors.CLOSED({ state: row.state });
      if (row.state !== 'failed') return;
      await q.movePayment(tx, ctx, { id: row.id, from: 'failed', to: 'pending', reason: 'again' });
      await q.insertTransaction(tx, {
        id: newId(ctx.now),
        payment_id: row.id,
        provider: row.method,
        state: 'open',
        amount: row.amount,
        created_at: ctx.now,
        ended_at: null,
      });
    });
    return (await this.byOrder(ctx, { orderId }))!;
  }

  async #lock(tx: Parameters<typeof q.lockByOrder>[0], orderId: string): Promise<q.PaymentRow> {
    const row = await q.lockByOrder(tx, orderId);
    if (!row) throw paymentErrors.NOT_FOUND();
    return row;
  }

  #info(ctx: Ctx, row: q.PaymentRow, transactionId: string | null): PaymentInfo {
    const redirectUrl =
      row.state === 'pending' && transactionId ? payLink(this.secret, transactionId, ctx.locale) : null;
    return {
      paymentId: row.id,
      orderId: row.order_id,
      method: row.method,
      state: row.state,
      amountTiyin: row.amount,
      redirectUrl,
    };
  }
}
