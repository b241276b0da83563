import { PgBoss, type JobResult, type JobWithMetadata } from 'pg-boss';
import type { Clock } from '../clock.js';
import { ctxFromJson, systemCtx, type Ctx } from '../ctx.js';
import type { JobSink } from '../events/relay.js';
import { scrub } from '../log/redact.js';
import { deadOf, DeadLetters } from './dead-letters.js';
import type { JobHandlers, JobOptions, RegisteredJob } from './job.js';

export interface JobQueueOptions {
  readonly connectionString: string;
  readonly schema: string;
  readonly handlers: JobHandlers;
  readonly clock: Clock;
  readonly onError: (job: string, error: unknown) => void;
  /** Told of each try: how long it took, from its turn to its end, and whether it failed. */
  readonly observe?: (job: string, seconds: number, failed: boolean) => void;
  /** Off: this process queues jobs and leaves the work to others. */
  readonly works?: boolean;
  /** How often idle queues look for work by themselves, in seconds: new jobs wake them, retries whose time has come do not. */
  readonly pollSeconds?: number;
  /** Connections of the queue. */
  readonly max?: number;
  /** How long running jobs are waited for at the end, in ms. */
  readonly stopMs?: number;
}

interface JobData {
  readonly ctx?: unknown;
  readonly payload?: unknown;
}
type Taken = JobWithMetadata<JobData | null>;

/** State of one queue: what waits for its turn, what runs, what failed for good. */
export interface QueueState {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
}

const CONCURRENCY = 5;
const EXPIRE_SECONDS = 300;
const POLL_SECONDS = 3;
/** A batch of one is never "full", and a backlog would be drained at one job a poll. */
const batchOf = (options: JobOptions): number => Math.max(2, options.concurrency ?? CONCURRENCY);

/**
 * The job queue of a process on pg-boss: takes jobs from the relay in bulk, works those its contexts registered and no
 * others, keeps failures as dead letters. Workers are woken by NOTIFY; behind a pooler, which drops that, they poll.
 */
export class JobQueue implements JobSink {
  /** What failed for good, for a person to look at. */
  readonly deadLetters: DeadLetters;
  readonly #boss: PgBoss;
  readonly #known = new Set<string>();

  constructor(private readonly options: JobQueueOptions) {
    this.#boss = new PgBoss({
      connectionString: options.connectionString,
      schema: options.schema,
      max: options.max ?? 4,
      application_name: 'um:jobs',
      createSchema: false,
      useListenNotify: options.works ?? true,
      schedule: options.works ?? true,
    });
    this.#boss.on('error', (error) => options.onError('queue', error));
    this.deadLetters = new DeadLetters(this.#boss, options.schema);
  }

  /** Makes the queues, starts working and keeps the schedules as they are declared. */
  async start(): Promise<void> {
    await this.#boss.start();
    const all = this.options.handlers.all();
    for (const { def } of all) await this.#queue(def.name, def.options);
    if (this.options.works === false) return;
    for (const registered of all) await this.#work(registered);
    for (const { def } of all) if (def.options.atStart) await this.#boss.send(def.name, {});
    await this.#schedule(all);
  }

  /** Refuses new work and lets running jobs finish. */
  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: this.options.stopMs ?? 8_000, close: true });
  }

  /** Queues jobs. One that is queued already, by its id, is not queued again. */
  async insertMany(jobs: readonly { id: string; name: string; payload: unknown; ctx: unknown }[]): Promise<void> {
    for (const [name, ofName] of Map.groupBy(jobs, (job) => job.name)) {
      await this.#queue(name, this.options.handlers.of(name)?.def.options ?? {});
      const rows = ofName.map(({ id, payload, ctx }) => ({ id, data: { payload, ctx } }));
      await this.#boss.insert(name, rows);
    }
  }

  /** Counted now, from the jobs themselves: pg-boss' own figures are up to a minute old. */
  async states(): Promise<QueueState[]> {
    const { rows }: { rows: { name: string; waiting: number; active: number }[] } = await this.#boss.getDb().executeSql(
      `select name,
              count(*) filter (where state in ('created', 'retry') and start_after <= now())::int as waiting,
              count(*) filter (where state = 'active')::int as active
         from ${this.options.schema}.job where state < 'completed' group by name`,
    );
    const found = new Map(rows.map((row) => [row.name, row]));
    return [...this.#known].map((name) => ({
      name,
      waiting: found.get(name)?.waiting ?? 0,
      active: found.get(name)?.active ?? 0,
      dead: found.get(deadOf(name))?.waiting ?? 0,
    }));
  }

  async #queue(name: string, options: JobOptions): Promise<void> {
    if (this.#known.has(name)) return;
    const batch = batchOf(options);
    const settings = {
      retryLimit: options.retryLimit ?? 5,
      retryBackoff: true,
      retryDelay: options.retryDelay ?? 1,
      // The jobs of a batch share its time; those that run one after the other need it one after the other.
      expireInSeconds: (options.expireInSeconds ?? EXPIRE_SECONDS) * Math.ceil(batch / (options.concurrency ?? batch)),
      notify: true,
      // The next tick does the work of a failed one; its failures are no letters.
      ...(options.cron === undefined ? { deadLetter: deadOf(name) } : {}),
    };
    if (options.cron === undefined) await this.#boss.createQueue(deadOf(name));
    await this.#boss.createQueue(name, {
      policy: options.policy ?? (options.cron ? 'short' : 'standard'),
      ...settings,
    });
    // A queue of an earlier release exists already and keeps its settings unless they are told again.
    if (this.options.handlers.of(name)) await this.#boss.updateQueue(name, settings);
    this.#known.add(name);
  }

  async #work({ def, handle }: RegisteredJob): Promise<void> {
    const options = {
      batchSize: batchOf(def.options),
      burstWhenBatchFull: true,
      perJobResults: true,
      includeMetadata: true,
      pollingIntervalSeconds: this.options.pollSeconds ?? POLL_SECONDS,
      notifyPollingIntervalSeconds: this.options.pollSeconds ?? POLL_SECONDS,
    } as const;
    await this.#boss.work<JobData | null, unknown, typeof options>(def.name, options, (batch) =>
      this.#batch(def, handle, batch),
    );
  }

  /** Does a batch, as many side by side as the job allows; each job ends for itself. */
  async #batch(
    def: RegisteredJob['def'],
    handle: RegisteredJob['handle'],
    batch: readonly Taken[],
  ): Promise<JobResult[]> {
    const results: JobResult[] = [];
    const rest = [...batch];
    const worker = async (): Promise<void> => {
      for (let job = rest.shift(); job; job = rest.shift()) results.push(await this.#one(def, handle, job));
    };
    await Promise.all(Array.from({ length: Math.min(batch.length, def.options.concurrency ?? CONCURRENCY) }, worker));
    return results;
  }

  async #one(def: RegisteredJob['def'], handle: RegisteredJob['handle'], job: Taken): Promise<JobResult> {
    const parsed = def.payload.safeParse(job.data?.payload ?? {});
    try {
      if (!parsed.success) throw parsed.error;
      await handle(this.#ctxOf(job), parsed.data);
      this.#observe(job, false);
      return { id: job.id, status: 'completed' };
    } catch (error) {
      this.#observe(job, true);
      this.options.onError(def.name, error);
      const output = { error: scrub(error instanceof Error ? `${error.name}: ${error.message}` : String(error)) };
      // A payload that does not fit its schema never will: no retry helps.
      return { id: job.id, status: parsed.success ? 'failed' : 'deadletter', output };
    }
  }

  #observe(job: Taken, failed: boolean): void {
    this.options.observe?.(job.name, Math.max(0, Date.now() - job.startAfter.getTime()) / 1_000, failed);
  }

  #ctxOf(job: Taken): Ctx {
    const now = this.options.clock.now();
    if (job.data?.ctx) return { ...ctxFromJson(job.data.ctx, job.signal), now };
    return { ...systemCtx(now, job.id), signal: job.signal };
  }

  /** Declares the schedules; those of these contexts that are declared no more are taken away. */
  async #schedule(all: readonly RegisteredJob[]): Promise<void> {
    const declared = new Map(all.filter(({ def }) => def.options.cron).map(({ def }) => [def.name, def.options]));
    const contexts = new Set(all.map(({ def }) => def.name.split('.')[0]));
    for (const { name } of await this.#boss.getSchedules()) {
      if (contexts.has(name.split('.')[0]) && !declared.has(name)) await this.#boss.unschedule(name);
    }
    for (const [name, { cron, tz }] of declared) await this.#boss.schedule(name, cron!, null, { tz: tz ?? 'UTC' });
  }
}
