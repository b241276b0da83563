import { sql, type Kysely } from 'kysely';
import type { StandardTables } from '../db.js';
import type { OutboxState } from './sources.js';

/** How far a context's outbox is behind. Reads the partial indexes of what waits, never the delivered rows. */
export async function outboxState(db: Kysely<StandardTables>): Promise<OutboxState> {
  const { rows } = await sql<OutboxState>`
    select (select count(*) from outbox where state = 'pending')::int as pending,
           (select count(*) from outbox where state = 'parked')::int as parked,
           coalesce((select extract(epoch from now() - min(created_at)) from outbox where state = 'pending'), 0)::float8 as "lagSeconds"`.execute(
    db,
  );
  return rows[0]!;
}
