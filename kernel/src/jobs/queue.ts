import { PgBoss } from 'pg-boss';
import type { Clock } from '../clock.js';
import { ctxFromJson, systemCtx, type Ctx } from '../ctx.js';
import type { JobSink } from '../events/relay.js';
import type { JobHandlers, RegisteredJob } from './job.js';

export interface JobQueueOptions {
  readonly connectionString: string;
  readonly schema: string;
  readonly handlers: JobHandlers;
  readonly clock: Clock;
  readonly onError: (job: string, error: unknown) => void;
  /** How often idle queues look for work, in seconds. */
  readonly pollSeconds?: number;
  /** Connections of the queue. */
  readonly max?: number;
}

interface JobData {
  readonly ctx?: unknown;
  readonly payload?: unknown;
}

/** State of one queue: what waits, what failed for good. */
export interface QueueState {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
}

const deadOf = (name: string): string => `${name}.dead`;

/** The job queue of a process on pg-boss: takes jobs from the relay in bulk, works those its contexts registered, keeps failures as dead letters. */
export class JobQueue implements JobSink {
  readonly #boss: PgBoss;
  readonly #known = new Set<string>();

  constructor(private readonly options: JobQueueOptions) {
    this.#boss = new PgBoss({ connectionString: options.connectionString, schema: options.schema, max: options.max ?? 4, application_name: 'um:jobs', createSchema: false });
    this.#boss.on('error', (error) => options.onError('queue', error));
  }

  /** Makes the queues, starts working and keeps the schedules as they are declared. */
  async start(): Promise<void> {
    await this.#boss.start();
    for (const registered of this.options.handlers.all()) await this.#work(registered);
  }

  /** Refuses new work and lets running jobs finish. */
  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 8_000, close: true });
  }

  async insertMany(jobs: readonly { id: string; name: string; payload: unknown; ctx: unknown }[]): Promise<void> {
    const names = new Set(jobs.map((j) => j.name));
    for (const name of names) {
      await this.#queue(name, {});
      await this.#boss.insert(name, jobs.filter((j) => j.name === name).map(({ id, payload, ctx }) => ({ id, data: { payload, ctx } })));
    }
  }

  async states(): Promise<QueueState[]> {
    const queues = await this.#boss.getQueues();
    const count = (name: string): number => queues.find((q) => q.name === name)?.queuedCount ?? 0;
    return queues.filter((q) => !q.name.endsWith('.dead')).map((q) => ({ name: q.name, waiting: q.queuedCount, active: q.activeCount, dead: count(deadOf(q.name)) }));
  }

  async #queue(name: string, options: RegisteredJob['def']['options']): Promise<void> {
    if (this.#known.has(name)) return;
    await this.#boss.createQueue(deadOf(name));
    await this.#boss.createQueue(name, {
      policy: options.cron ? 'short' : 'standard', // of a schedule at most one waits
      retryLimit: options.retryLimit ?? 5,
      retryBackoff: true,
      retryDelay: 1,
      expireInSeconds: options.expireInSeconds ?? 300,
      deadLetter: deadOf(name),
    });
    this.#known.add(name);
  }

  async #work({ def, handle }: RegisteredJob): Promise<void> {
    await this.#queue(def.name, def.options);
    await this.#boss.work<JobData>(def.name, { pollingIntervalSeconds: this.options.pollSeconds ?? 2 }, async (batch) => {
      for (const { data } of batch) await this.#run(def.name, handle, this.#ctxOf(data), def.payload.parse(data?.payload ?? {}));
    });
    if (def.options.cron) await this.#boss.schedule(def.name, def.options.cron);
  }

  async #run(name: string, handle: RegisteredJob['handle'], ctx: Ctx, payload: unknown): Promise<void> {
    try {
      await handle(ctx, payload);
    } catch (error) {
      this.options.onError(name, error);
      throw error;
    }
  }

  #ctxOf(data: JobData | null): Ctx {
    return data?.ctx ? { ...ctxFromJson(data.ctx), now: this.options.clock.now() } : systemCtx(this.options.clock.now());
  }
}
