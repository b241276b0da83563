import type { Db, StandardTables } from '@um/kernel';

/** Delivery of a context's facts: how many rows there are, which ones are stuck, and what took effect twice. */
export interface DeliveryState {
  readonly checked: number;
  readonly stuck: readonly { readonly id: string; readonly name: string; readonly state: string }[];
  readonly twice: readonly { readonly event_id: string; readonly subscriber: string }[];
}

/** Reads a context's outbox and inbox. Stuck is what was parked, or what should have been delivered before `since`. */
export async function deliveryState(db: Db<StandardTables>, since: Date): Promise<DeliveryState> {
  const { rows } = await db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<string>().as('rows'))
    .executeTakeFirstOrThrow();
  const stuck = await db
    .selectFrom('outbox')
    .select(['id', 'name', 'state'])
    .where((e) => e.or([e('state', '=', 'parked'), e.and([e('state', '=', 'pending'), e('next_at', '<', since)])]))
    .limit(100)
    .execute();
  const twice = await db
    .selectFrom('inbox')
    .select(['event_id', 'subscriber'])
    .groupBy(['event_id', 'subscriber'])
    .having((e) => e.fn.countAll(), '>', 1)
    .limit(100)
    .execute();
  return { checked: Number(rows), stuck, twice };
}
