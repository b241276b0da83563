import { sql, type Kysely } from 'kysely';
import type { StandardTables } from '../db.js';
import type { OutboxState } from './sources.js';

/**
 * How far a context's outbox is behind. A job that was queued for later is not late before its time; what failed is as
 * old as it is, however its next try was put off. Reads the partial indexes of what waits, never the delivered rows.
 */
export async function outboxState(db: Kysely<StandardTables>): Promise<OutboxState> {
  const { rows } = await sql<OutboxState>`
    select count(*) filter (where state = 'pending')::int as pending,
           count(*) filter (where state = 'parked')::int as parked,
           greatest(0, coalesce(extract(epoch from now() - min(case when attempts = 0 then next_at else created_at end)
             filter (where state = 'pending')), 0))::float8 as "lagSeconds"
      from outbox where state in ('pending', 'parked')`.execute(db);
  return rows[0]!;
}
