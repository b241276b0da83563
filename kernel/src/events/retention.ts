import type { Kysely } from 'kysely';
import type { StandardTables } from '../db.js';

const HOUR = 3_600_000;
/** How long the kernel's rows are kept after they have served. An inbox row outlives every possible redelivery. */
const KEPT = { outbox: 7 * 24 * HOUR, inbox: 30 * 24 * HOUR, idempotency: 24 * HOUR } as const;

/** Throws away delivered facts, handled ids and answered keys that are old enough. Parked facts stay for a person. */
export async function trimStandardTables(db: Kysely<StandardTables>, now: Date): Promise<void> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  await db.deleteFrom('outbox').where('state', '=', 'done').where('done_at', '<', before(KEPT.outbox)).execute();
  await db.deleteFrom('inbox').where('handled_at', '<', before(KEPT.inbox)).execute();
  await db.deleteFrom('idempotency').where('created_at', '<', before(KEPT.idempotency)).execute();
}
