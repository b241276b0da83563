import { Inject, Injectable, Optional } from '@nestjs/common';
import { Clock, HTTP_SECRET, newId, type Ctx, type Db } from '@um/kernel';
import { PAYMENT_SANDBOX, paymentErrors, type SandboxSettings } from '../contract.js';
import type { PaymentSchema } from '../payment.schema.js';
import * as q from './bank.queries.js';
import { callbackSignature, retryMs } from './signing.rules.js';

/** One attempt to reach the shop ends after this time, in ms. */
const ATTEMPT_MS = 5_000;
/** While an attempt runs nobody else tries the same decision, in ms. */
const LEASE_MS = 30_000;
const CALLBACK_PATH = '/api/v1/payments/sandbox/callback';

/**
 * The sandbox plays a bank: it shows a pay page, decides, and tells the shop over HTTP until the shop acknowledges.
 * It keeps its own book and knows nothing of orders.
 */
@Injectable()
export class SandboxBank {
  constructor(
    @Inject('payment.db') private readonly db: Db<PaymentSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Inject(Clock) private readonly clock: Clock,
    @Optional() @Inject(PAYMENT_SANDBOX) private readonly settings: SandboxSettings | undefined,
  ) {}

  /** True when this platform runs with the sandbox. */
  get open(): boolean {
    return this.settings !== undefined;
  }

  /** What a buyer is asked to pay; raises `payment.NOT_FOUND` for an unknown transaction. */
  async bill(transactionId: string) {
    const bill = await q.findOrder(this.db, transactionId);
    if (!bill) throw paymentErrors.NOT_FOUND();
    return bill;
  }

  /** Decides once; a second decision changes nothing. Then tells the shop, now or, when it cannot be reached, later. Answers where the buyer goes back to. */
  async decide(ctx: Ctx, transactionId: string, decision: 'paid' | 'declined'): Promise<string> {
    const bill = await this.bill(transactionId);
    await q.decide(this.db, {
      transaction_id: transactionId,
      bank_ref: newId(ctx.now),
      decision,
      amount: bill.amount,
      decided_at: ctx.now,
      delivered_at: null,
      next_at: ctx.now,
      last_error: null,
    });
    await this.#deliver(ctx, transactionId);
    return bill.return_path;
  }

  /** Tells the shop what it has not acknowledged yet. Run by a job; answers how many decisions were tried. */
  deliverDue(ctx: Ctx): Promise<number> {
    return this.#deliver(ctx);
  }

  async #deliver(ctx: Ctx, transactionId?: string): Promise<number> {
    if (!this.settings) return 0;
    const until = new Date(ctx.now.getTime() + LEASE_MS);
    const due = await q.takeDue(this.db, {
      now: ctx.now,
      until,
      limit: 20,
      ...(transactionId ? { transactionId } : {}),
    });
    await Promise.all(due.map((decision) => this.#tell(ctx, this.settings!.platformUrl(), decision)));
    return due.length;
  }

  async #tell(ctx: Ctx, platformUrl: string, decision: q.Decision): Promise<void> {
    const body = JSON.stringify({
      bankRef: decision.bank_ref,
      transactionId: decision.transaction_id,
      decision: decision.decision,
      amountTiyin: decision.amount,
    });
    const timestamp = String(Math.floor(this.clock.now().getTime() / 1_000));
    const headers = {
      'content-type': 'application/json',
      'x-sandbox-timestamp': timestamp,
      'x-sandbox-signature': callbackSignature(this.secret, timestamp, body),
    };
    const refused = await this.#post(platformUrl + CALLBACK_PATH, headers, body);
    if (refused === null) await q.markDelivered(this.db, decision.transaction_id, ctx.now);
    else
      await q.postpone(
        this.db,
        decision.transaction_id,
        new Date(ctx.now.getTime() + retryMs(decision.attempts)),
        refused,
      );
  }

  /** Null when the shop took the message; otherwise why not. An unreachable shop is expected here: it is told again later. */
  async #post(url: string, headers: Record<string, string>, body: string): Promise<string | null> {
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(ATTEMPT_MS) });
      await response.arrayBuffer();
      return response.ok ? null : `HTTP ${response.status}`;
    } catch (error) {
      return String(error);
    }
  }
}
