import { Inject, Injectable } from '@nestjs/common';
import { inTx, type Ctx, type Db } from '@um/kernel';
import { paymentErrors } from './contract.js';
import * as q from './payment.queries.js';
import { judge, type Outcome } from './payment.rules.js';
import type { PaymentSchema } from './payment.schema.js';
import { audited, endUnpaid, returnLate, succeed } from './settlement.js';

/** An authenticated message of a provider about one of our transactions. */
export interface ProviderMessage {
  readonly provider: string;
  /** The provider's own id of the operation: the same id is the same operation, however often it is told. */
  readonly externalId: string;
  readonly transactionId: string;
  readonly kind: 'paid' | 'declined';
  readonly amount: number;
}

/** What providers tell us, taken into effect once: repeated, late, parallel and contradicting messages included. */
@Injectable()
export class Callbacks {
  constructor(@Inject('payment.db') private readonly db: Db<PaymentSchema>) {}

  /** Takes a message into effect and answers what came of it. A wrong amount is kept for a person, then refused. */
  async hear(ctx: Ctx, message: ProviderMessage): Promise<Outcome> {
    const outcome = await inTx(this.db, async (tx) => {
      const found = await q.lockByTransaction(tx, message.transactionId);
      if (!found || found.transaction.provider !== message.provider) throw paymentErrors.NOT_FOUND();
      const known = await q.findEvent(tx, message);
      if (known) return known.outcome;
      const outcome = judge(message, found.transaction, found.payment.state);
      const { provider, externalId, kind, transactionId, amount } = message;
      await q.insertEvent(tx, {
        provider,
        external_id: externalId,
        kind,
        transaction_id: transactionId,
        amount,
        outcome,
        at: ctx.now,
      });
      await this.#apply(tx, ctx, found.payment, message, outcome);
      return outcome;
    });
    if (outcome === 'wrong_amount') throw paymentErrors.WRONG_AMOUNT();
    return outcome;
  }

  async #apply(
    tx: Parameters<typeof q.insertEvent>[0],
    ctx: Ctx,
    payment: q.PaymentRow,
    message: ProviderMessage,
    outcome: Outcome,
  ): Promise<void> {
    switch (outcome) {
      case 'accepted':
        await succeed(tx, ctx, payment);
        return;
      case 'late':
        return returnLate(tx, ctx, payment, message);
      case 'declined':
        return endUnpaid(tx, ctx, payment, 'failed');
      case 'wrong_amount':
        return audited(tx, ctx, 'wrong-amount', payment, { toldTiyin: message.amount, wantedTiyin: payment.amount });
      case 'ignored':
        return;
    }
  }
}
