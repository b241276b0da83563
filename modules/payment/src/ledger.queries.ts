import { newId, type Ctx, type Db, type Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { Entry } from './ledger.rules.js';
import type { PaymentSchema } from './payment.schema.js';

/** Writes entries with all their postings: one statement. They must balance, or the transaction does not commit. */
export async function writeEntries(
  tx: Tx<PaymentSchema>,
  ctx: Ctx,
  of: { id: string; order_id: string },
  entries: readonly Entry[],
): Promise<void> {
  const rows = entries.map((entry) => ({ ...entry, id: newId(ctx.now) }));
  const postings = rows.flatMap((entry) =>
    entry.postings.map((posting, n) => ({ entryId: entry.id, n: n + 1, ...posting })),
  );
  await tx
    .insertInto('ledger_entry')
    .values(rows.map(({ id, kind }) => ({ id, kind, payment_id: of.id, order_id: of.order_id, at: ctx.now })))
    .execute();
  await tx
    .insertInto('ledger_posting')
    .values(postings.map(({ entryId, n, account, amount }) => ({ entry_id: entryId, n, account, amount })))
    .execute();
}

export interface Check {
  readonly invariant: string;
  readonly checked: number;
  readonly violations: string[];
}

interface Row {
  readonly checked: number;
  readonly violations: string[];
}

/** I3: every entry sums to zero, and so does everything together. */
const entriesBalance = (tx: Tx<PaymentSchema>) =>
  sql<Row>`
    with sums as (select e.id, coalesce(sum(p.amount), 0) as total, count(p.n) as postings from ledger_entry e left join ledger_posting p on p.entry_id = e.id group by e.id)
    select count(*) as checked, coalesce(array_agg('entry ' || id || ' sums to ' || total) filter (where total <> 0 or postings < 2), '{}') as violations from sums`.execute(
    tx,
  );

/** I5: per payment, money that came in and stayed is what the ledger says the provider holds; it was earned at most once; the buyer is owed nothing. */
const paymentsAgree = (tx: Tx<PaymentSchema>) =>
  sql<Row>`
    with booked as (
      select e.payment_id, sum(p.amount) filter (where p.account like 'provider:%') as held, sum(p.amount) filter (where p.account = 'buyer') as buyer
      from ledger_entry e join ledger_posting p on p.entry_id = e.id group by e.payment_id),
    sales as (select payment_id, count(*) as n from ledger_entry where kind = 'sale' group by payment_id),
    given as (select payment_id, sum(amount) as total from refund where kind <> 'late' group by payment_id),
    compared as (
      select p.id, p.state,
        case when p.state in ('succeeded', 'partially_refunded', 'refunded') then p.amount else 0 end as paid, p.refunded,
        coalesce(b.held, 0) as held, coalesce(b.buyer, 0) as buyer, coalesce(s.n, 0) as sales, coalesce(g.total, 0) as given
      from payment p left join booked b on b.payment_id = p.id left join sales s on s.payment_id = p.id left join given g on g.payment_id = p.id)
    select count(*) as checked, coalesce(array_agg('payment ' || id || ' ' || state || ': paid ' || paid || ', refunded ' || refunded || ', ledger ' || held) filter (
      where paid - refunded <> held or buyer <> 0 or refunded <> given or sales <> case when paid > 0 then 1 else 0 end), '{}') as violations
    from compared`.execute(tx);

/** The money invariants, all read from one snapshot so that running payments cannot look broken. */
export const checkLedger = (db: Db<PaymentSchema>): Promise<Check[]> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const balance = await entriesBalance(tx);
      const agree = await paymentsAgree(tx);
      return [
        { invariant: 'I3', ...balance.rows[0]! },
        { invariant: 'I5', ...agree.rows[0]! },
      ];
    });
