import type { Tx } from '@um/kernel';
import { sql, type Insertable, type Selectable } from 'kysely';
import type { BankDecisionTable, PaymentSchema } from '../payment.schema.js';

type Db = Tx<PaymentSchema>;
export type Decision = Selectable<BankDecisionTable>;

/** What the bank was asked to collect, with what it decided about it. */
export const findOrder = (db: Db, transactionId: string) =>
  db
    .selectFrom('transaction')
    .innerJoin('payment', 'payment.id', 'transaction.payment_id')
    .leftJoin('bank_decision', 'bank_decision.transaction_id', 'transaction.id')
    .select([
      'transaction.id',
      'transaction.amount',
      'transaction.state',
      'payment.description',
      'payment.return_path',
      'bank_decision.decision',
    ])
    .where('transaction.id', '=', transactionId)
    .where('transaction.provider', '=', 'sandbox')
    .executeTakeFirst();

/** Writes the bank's decision, which is final; false when it had decided before. */
export async function decide(db: Db, decision: Insertable<BankDecisionTable>): Promise<boolean> {
  const written = await db
    .insertInto('bank_decision')
    .values(decision)
    .onConflict((oc) => oc.column('transaction_id').doNothing())
    .executeTakeFirst();
  return written.numInsertedOrUpdatedRows === 1n;
}

/** Takes decisions that are due to be told to the shop for the length of one attempt, so that no other process tells them now. */
export async function takeDue(
  db: Db,
  due: { now: Date; until: Date; limit: number; transactionId?: string },
): Promise<Decision[]> {
  const { rows } = await sql<Decision>`
    update bank_decision set attempts = attempts + 1, next_at = ${due.until} where transaction_id in (
      select transaction_id from bank_decision
      where delivered_at is null and next_at <= ${due.now} and (${due.transactionId ?? null}::uuid is null or transaction_id = ${due.transactionId ?? null}::uuid)
      order by next_at limit ${due.limit} for update skip locked)
    returning *`.execute(db);
  return rows;
}

export const markDelivered = (db: Db, transactionId: string, now: Date) =>
  db
    .updateTable('bank_decision')
    .set({ delivered_at: now, last_error: null })
    .where('transaction_id', '=', transactionId)
    .where('delivered_at', 'is', null)
    .execute();

export const postpone = (db: Db, transactionId: string, nextAt: Date, error: string) =>
  db
    .updateTable('bank_decision')
    .set({ next_at: nextAt, last_error: error.slice(0, 500) })
    .where('transaction_id', '=', transactionId)
    .where('delivered_at', 'is', null)
    .execute();
