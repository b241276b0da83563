import { newId, type Ctx, type Tx } from '@um/kernel';
import { sql, type Insertable, type Selectable } from 'kysely';
import type { PaymentState, StartPayment } from './contract.js';
import type { Share } from './ledger.rules.js';
import type {
  PaymentSchema,
  PaymentTable,
  ProviderEventTable,
  RefundTable,
  TransactionTable,
} from './payment.schema.js';
import type { z } from 'zod';

type Db = Tx<PaymentSchema>;
export type PaymentRow = Selectable<PaymentTable>;
export type TransactionRow = Selectable<TransactionTable>;

export interface Opening {
  readonly paymentId: string;
  /** Null with cash: no provider takes part. */
  readonly transactionId: string | null;
  readonly input: z.output<typeof StartPayment>;
}

/** Opens a payment with its shares, first transaction and history: one statement. False when the order has one already. */
export async function openPayment(db: Db, ctx: Ctx, { paymentId, transactionId, input }: Opening): Promise<boolean> {
  const { orderId, payerId, method, amountTiyin, deliveryTiyin, returnPath, description, expiresAt, shares } = input;
  const { rows } = await sql`
    with p as (
      insert into payment (id, order_id, payer_id, method, state, amount, delivery, return_path, description, expires_at, created_at, changed_at)
      values (${paymentId}, ${orderId}, ${payerId}, ${method}, 'pending', ${amountTiyin}, ${deliveryTiyin}, ${returnPath}, ${description}, ${expiresAt}, ${ctx.now}, ${ctx.now})
      on conflict (order_id) do nothing returning id),
    s as (
      insert into share (payment_id, store_id, gross, commission)
      select p.id, x.store_id, x.gross, x.commission
      from p, unnest(${shares.map((s) => s.storeId)}::uuid[], ${shares.map((s) => s.grossTiyin)}::bigint[], ${shares.map((s) => s.commissionTiyin)}::bigint[]) as x(store_id, gross, commission)),
    t as (
      insert into transaction (id, payment_id, provider, state, amount, created_at)
      select ${transactionId}::uuid, p.id, ${method}, 'open', ${amountTiyin}, ${ctx.now} from p where ${transactionId}::uuid is not null),
    h as (insert into payment_history (id, payment_id, from_state, to_state, at) select ${newId(ctx.now)}::uuid, p.id, null, 'pending', ${ctx.now} from p)
    select id from p`.execute(db);
  return rows.length === 1;
}

/** Named, not all of them: what asks for every column is planned each time (`EVERY_COLUMN` of the kernel). */
const PAYMENT = [
  'payment.id',
  'payment.order_id',
  'payment.payer_id',
  'payment.method',
  'payment.state',
  'payment.amount',
  'payment.delivery',
  'payment.refunded',
  'payment.return_path',
  'payment.description',
  'payment.expires_at',
  'payment.created_at',
  'payment.changed_at',
] as const;

/** A payment with its open transaction, when it has one. */
export const findByOrder = (db: Db, orderId: string) =>
  db
    .selectFrom('payment')
    .leftJoin('transaction', (join) =>
      join.onRef('transaction.payment_id', '=', 'payment.id').on('transaction.state', '=', 'open'),
    )
    .select(PAYMENT)
    .select('transaction.id as transaction_id')
    .where('payment.order_id', '=', orderId)
    .executeTakeFirst();

/** Locks the payment of an order: everything that happens to it happens one after the other. */
export const lockByOrder = (tx: Db, orderId: string): Promise<PaymentRow | undefined> =>
  tx.selectFrom('payment').select(PAYMENT).where('order_id', '=', orderId).forUpdate().executeTakeFirst();

/** Locks the payment a transaction belongs to and answers both. */
export async function lockByTransaction(
  tx: Db,
  transactionId: string,
): Promise<{ payment: PaymentRow; transaction: TransactionRow } | undefined> {
  const payment = await tx
    .selectFrom('payment')
    .select(PAYMENT)
    .where('id', '=', (eb) =>
      eb.selectFrom('transaction').select('payment_id').where('transaction.id', '=', transactionId),
    )
    .forUpdate()
    .executeTakeFirst();
  const transaction =
    payment && (await tx.selectFrom('transaction').selectAll().where('id', '=', transactionId).executeTakeFirst());
  return transaction && { payment, transaction };
}

export interface Move {
  readonly id: string;
  readonly from: PaymentState;
  readonly to: PaymentState;
  readonly reason?: string;
  /** Total given back so far, when it changes with the move. */
  readonly refunded?: number;
}

/** Moves a payment to its next state with a history row: one statement. False when it is not in `from` any more. */
export async function movePayment(tx: Db, ctx: Ctx, move: Move): Promise<boolean> {
  const { rows } = await sql`
    with moved as (
      update payment set state = ${move.to}, changed_at = ${ctx.now}, refunded = coalesce(${move.refunded ?? null}::bigint, refunded)
      where id = ${move.id} and state = ${move.from} returning id),
    h as (
      insert into payment_history (id, payment_id, from_state, to_state, reason, at)
      select ${newId(ctx.now)}::uuid, id, ${move.from}, ${move.to}, ${move.reason ?? null}, ${ctx.now} from moved)
    select id from moved`.execute(tx);
  return rows.length === 1;
}

/** Sets what is still asked for, in tiyin. */
export const setAmount = (tx: Db, ctx: Ctx, paymentId: string, amount: number) =>
  tx.updateTable('payment').set({ amount, changed_at: ctx.now }).where('id', '=', paymentId).execute();

/** Sets what was given back so far, in tiyin, of a payment that stays partially refunded. */
export const setRefunded = (tx: Db, ctx: Ctx, paymentId: string, refunded: number) =>
  tx.updateTable('payment').set({ refunded, changed_at: ctx.now }).where('id', '=', paymentId).execute();

export const insertTransaction = (tx: Db, row: Insertable<TransactionTable>) =>
  tx.insertInto('transaction').values(row).execute();

/** Ends the open transaction of a payment; nothing happens when none is open. */
export const endTransaction = (tx: Db, ctx: Ctx, paymentId: string, to: 'paid' | 'declined' | 'closed') =>
  tx
    .updateTable('transaction')
    .set({ state: to, ended_at: ctx.now })
    .where('payment_id', '=', paymentId)
    .where('state', '=', 'open')
    .execute();

/** Shares of a payment that are still to be delivered. */
export const activeShares = (db: Db, paymentId: string): Promise<Share[]> =>
  db
    .selectFrom('share')
    .select(['store_id as storeId', 'gross', 'commission'])
    .where('payment_id', '=', paymentId)
    .where('cancelled_at', 'is', null)
    .orderBy('store_id')
    .execute();

/** Takes a seller's share out of a payment; undefined when it is out already or was never in. */
export const cancelShare = (tx: Db, ctx: Ctx, paymentId: string, storeId: string): Promise<Share | undefined> =>
  tx
    .updateTable('share')
    .set({ cancelled_at: ctx.now })
    .where('payment_id', '=', paymentId)
    .where('store_id', '=', storeId)
    .where('cancelled_at', 'is', null)
    .returning(['store_id as storeId', 'gross', 'commission'])
    .executeTakeFirst();

export const findEvent = (tx: Db, said: { provider: string; externalId: string; kind: 'paid' | 'declined' }) =>
  tx
    .selectFrom('provider_event')
    .selectAll()
    .where('provider', '=', said.provider)
    .where('external_id', '=', said.externalId)
    .where('kind', '=', said.kind)
    .executeTakeFirst();

export const insertEvent = (tx: Db, row: Insertable<ProviderEventTable>) =>
  tx.insertInto('provider_event').values(row).execute();

export const insertRefund = (tx: Db, row: Insertable<RefundTable>) => tx.insertInto('refund').values(row).execute();

/** Payments by order id, after one. */
export const listFacts = (db: Db, after: string | null, limit: number) =>
  db
    .selectFrom('payment')
    .select(['order_id as orderId', 'state', 'amount as amountTiyin', 'refunded as refundedTiyin'])
    .$if(after !== null, (query) => query.where('order_id', '>', after!))
    .orderBy('order_id')
    .limit(limit)
    .execute();
