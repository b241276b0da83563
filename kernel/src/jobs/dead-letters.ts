import type { PgBoss } from 'pg-boss';

export const deadOf = (name: string): string => `${name}.dead`;

/** A job that failed for good. */
export interface DeadLetter {
  readonly id: string;
  readonly job: string;
  readonly payload: unknown;
  /** What its last try failed with. */
  readonly error: string;
  readonly queuedAt: Date;
  readonly diedAt: Date;
}

interface Row {
  readonly id: string;
  readonly data: { readonly payload?: unknown } | null;
  readonly output: { readonly error?: string } | null;
  readonly queued: Date;
  readonly died: Date;
}

/** The letters of all queues: list them, try them again, throw them away. */
export class DeadLetters {
  readonly #boss: PgBoss;
  readonly #schema: string;

  constructor(boss: PgBoss, schema: string) {
    this.#boss = boss;
    this.#schema = schema;
  }

  /** The oldest letters of a job, at most `limit`. */
  async list(job: string, limit = 50): Promise<DeadLetter[]> {
    const { rows }: { rows: Row[] } = await this.#boss.getDb().executeSql(
      `select id, data, source_output as output, coalesce(source_created_on, created_on) as queued, created_on as died
         from ${this.#schema}.job where name = $1 and state = 'created' order by created_on limit $2`,
      [deadOf(job), limit],
    );
    return rows.map((row) => ({
      id: row.id,
      job,
      payload: row.data?.payload,
      error: row.output?.error ?? 'took too long, or its process died',
      queuedAt: row.queued,
      diedAt: row.died,
    }));
  }

  /** Queues letters again, all of a job or the given ones; returns how many. */
  retry(job: string, ids?: readonly string[]): Promise<number> {
    return this.#boss.redrive(deadOf(job), { destination: job, ...(ids === undefined ? {} : { ids: [...ids] }) });
  }

  /** Throws letters away. */
  async drop(job: string, ids: readonly string[]): Promise<void> {
    await this.#boss.deleteJob(deadOf(job), [...ids]);
  }
}
