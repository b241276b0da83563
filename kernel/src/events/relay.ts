import { sql, type Kysely } from 'kysely';
import type { Clock } from '../clock.js';
import type { StandardTables } from '../db.js';
import { onCommitted } from './record.js';
import type { Envelope } from './listeners.js';

/** Where facts go: to handlers of this process, or to the broker. Throws when any receiver failed. */
export interface Transport {
  deliver(envelope: Envelope): Promise<void>;
}
/** Where queued jobs go. */
export interface JobSink {
  insertMany(jobs: readonly { id: string; name: string; payload: unknown; ctx: unknown }[]): Promise<void>;
}

export interface RelayOptions {
  readonly context: string;
  readonly db: Kysely<StandardTables>;
  readonly transport: Transport;
  readonly jobs: JobSink;
  readonly clock: Clock;
  readonly onError: (context: string, name: string, error: unknown) => void;
  readonly batch?: number;
  readonly pollMs?: number;
  /** Attempts after which a fact is parked for a person. */
  readonly maxAttempts?: number;
}

interface Due {
  readonly id: string;
  readonly name: string;
  readonly kind: 'event' | 'job';
  readonly payload: unknown;
  readonly ctx: unknown;
  readonly attempts: number;
}

/** What a round did: how many rows made progress, and whether there is more to take at once. */
export interface Round {
  readonly done: number;
  readonly more: boolean;
}

/** A round that facts ask for while another is under way begins this much after it, in ms: more of them share one. */
const GATHER_MS = 20;

/** Exponential pause before the next attempt: 0.2 s doubling up to 60 s. */
export const backoffMs = (attempts: number): number => Math.min(60_000, 200 * 2 ** Math.max(0, attempts - 1));

/**
 * Hands a context's outbox rows over, in order per aggregate, at least once. Rows are locked with SKIP LOCKED
 * while they are delivered, so several processes share the work and a crash frees the rows at once.
 */
export class Relay {
  readonly #o: Required<RelayOptions>;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #stopWaking: () => void = () => undefined;

  constructor(options: RelayOptions) {
    this.#o = { batch: 20, pollMs: 1_000, maxAttempts: 12, ...options };
  }

  start(): void {
    this.#stopWaking = onCommitted(this.#o.db, () => this.wake());
    this.#timer = setInterval(() => this.wake(), this.#o.pollMs);
    this.#timer.unref();
    this.wake();
  }

  /** Starts a round now; a round that runs already is followed by another in a moment. */
  wake(): void {
    if (this.#stopped || this.#gathering) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#drain().finally(() => {
      this.#running = undefined;
      if (!this.#again || this.#stopped) return;
      this.#again = false;
      this.#gathering = setTimeout(() => {
        this.#gathering = undefined;
        this.wake();
      }, GATHER_MS);
    });
  }

  /** Waits for rounds under way, or makes one; answers how many rows made progress at least. Nothing did only when nobody is at it. */
  async catchUp(): Promise<number> {
    if (!this.#running) return (await this.round()).done;
    await this.#running;
    return 1;
  }

  /** Stops taking rows and waits for the round under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopWaking();
    clearInterval(this.#timer);
    clearTimeout(this.#gathering);
    await this.#running;
  }

  async #drain(): Promise<void> {
    try {
      while (!this.#stopped && (await this.round()).more);
    } catch (error) {
      this.#o.onError(this.#o.context, 'relay', error);
    }
  }

  /** Delivers one batch. */
  async round(): Promise<Round> {
    return this.#o.db.transaction().execute(async (tx) => {
      const rows = await this.#take(tx);
      const done = [...(await this.#sendJobs(tx, rows)), ...(await this.#sendEvents(tx, rows))];
      if (done.length === 0) return { done: 0, more: false };
      const followed = await this.#mark(tx, done);
      return { done: done.length, more: followed || rows.length === this.#o.batch };
    });
  }

  /** Marks rows as delivered and answers whether others of their aggregates wait, which could not be taken before them. */
  async #mark(tx: Kysely<StandardTables>, done: readonly string[]): Promise<boolean> {
    const { rows } = await sql<{ followed: boolean }>`
      with marked as (
        update outbox set state = 'done', done_at = ${this.#o.clock.now()} where id = any(${done}::uuid[]) returning aggregate)
      select exists (
        select 1 from marked m join outbox o on o.aggregate = m.aggregate and o.state = 'pending' and o.id <> all(${done}::uuid[])
      ) as followed`.execute(tx);
    return rows[0]!.followed;
  }

  /**
   * Locks what is due. The marks of a round do not wait for the disk: those that a crash of the server loses are made
   * again with the delivery, which its receivers recognise.
   */
  async #take(tx: Kysely<StandardTables>): Promise<Due[]> {
    const { rows } = await sql<Due>`
      select id, name, kind, payload, ctx, attempts, set_config('synchronous_commit', 'off', true) from outbox o
      where state = 'pending' and next_at <= ${this.#o.clock.now()}
        and (kind = 'job' or not exists (
          select 1 from outbox e where e.aggregate = o.aggregate and e.kind = 'event' and e.state = 'pending' and e.seq < o.seq))
      order by seq limit ${this.#o.batch} for update skip locked`.execute(tx);
    return rows;
  }

  async #sendJobs(tx: Kysely<StandardTables>, rows: readonly Due[]): Promise<string[]> {
    const jobs = rows.filter((row) => row.kind === 'job');
    if (jobs.length === 0) return [];
    try {
      await this.#o.jobs.insertMany(jobs.map(({ id, name, payload, ctx }) => ({ id, name, payload, ctx })));
      return jobs.map((job) => job.id);
    } catch (error) {
      this.#o.onError(this.#o.context, 'jobs', error);
      for (const job of jobs) await this.#postpone(tx, job, error); // facts of the round go on
      return [];
    }
  }

  async #sendEvents(tx: Kysely<StandardTables>, rows: readonly Due[]): Promise<string[]> {
    const done: string[] = [];
    for (const row of rows.filter((r) => r.kind === 'event')) {
      try {
        await this.#o.transport.deliver(row);
        done.push(row.id);
      } catch (error) {
        this.#o.onError(this.#o.context, row.name, error);
        await this.#postpone(tx, row, error);
      }
    }
    return done;
  }

  async #postpone(tx: Kysely<StandardTables>, row: Due, error: unknown): Promise<void> {
    const attempts = row.attempts + 1;
    const now = this.#o.clock.now();
    await tx
      .updateTable('outbox')
      .set({
        attempts,
        last_error: String(error).slice(0, 2_000),
        next_at: new Date(now.getTime() + backoffMs(attempts)),
        state: attempts >= this.#o.maxAttempts ? 'parked' : 'pending',
      })
      .where('id', '=', row.id)
      .execute();
  }
}
