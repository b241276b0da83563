import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { ctxToJson, type Ctx } from '../ctx.js';
import type { Db, StandardTables, Tx } from '../db.js';
import { newId } from '../ids.js';
import type { EventDef } from './event.js';

/** By database: waking every context's relay for each commit would ask every other outbox for nothing. */
const wakers = new WeakMap<object, Set<() => void>>();
const written = new WeakSet<object>();

/** Registers what to call when a transaction that recorded something in `db` has committed. Returns the way to stop. */
export function onCommitted(db: object, wake: () => void): () => void {
  const known = wakers.get(db) ?? new Set();
  wakers.set(db, known.add(wake));
  return () => known.delete(wake);
}

/** Marks a transaction as having outbox rows, so that its commit wakes the relay. */
export function markWritten(tx: object): void {
  written.add(tx);
}

/**
 * Runs `work` in one transaction and wakes the relay of `db` after its commit when it recorded facts.
 * The only way to open a transaction that records.
 */
export async function inTx<S extends StandardTables, T>(db: Db<S>, work: (tx: Tx<S>) => Promise<T>): Promise<T> {
  let wrote = false;
  const result = await db.transaction().execute(async (tx) => {
    const answer = await work(tx);
    wrote = written.has(tx);
    return answer;
  });
  if (wrote) for (const wake of wakers.get(db) ?? []) wake();
  return result;
}

/** Writes the fact in the caller's transaction; the relay delivers it after the commit, at least once. */
export async function record<S extends StandardTables, E extends EventDef>(
  tx: Tx<S>,
  ctx: Ctx,
  def: E,
  payload: z.input<E['payload']>,
): Promise<void> {
  const parsed: unknown = def.payload.parse(payload);
  const outbox = tx as unknown as Kysely<StandardTables>; // Kysely<S> is invariant in S
  await outbox
    .insertInto('outbox')
    .values({
      id: newId(ctx.now),
      name: def.name,
      aggregate: def.aggregate(parsed),
      payload: JSON.stringify(parsed),
      ctx: JSON.stringify(ctxToJson(ctx)),
      next_at: ctx.now,
      created_at: ctx.now,
      last_error: null,
      done_at: null,
    })
    .execute();
  markWritten(tx);
}
