import type { Counter, Gauge } from 'prom-client';

/** Figures of one queue. */
export interface QueueFigures {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
}

/** Figures of one outbox. */
export interface OutboxState {
  /** Facts and jobs that wait to be handed over. */
  readonly pending: number;
  /** Those that failed too often and wait for a person. */
  readonly parked: number;
  /** Age of the oldest that waits, in seconds; 0 when none does. */
  readonly lagSeconds: number;
}

interface Parts {
  readonly gauge: <L extends string>(name: string, help: string, labels: readonly L[]) => Gauge<L>;
  readonly failures: Counter<'source'>;
}

/** A scrape waits no longer for a figure: a database that hangs must not silence all the others. */
const LIMIT_MS = 1_000;

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const outboxGauges = (gauge: Parts['gauge']) => ({
  pending: gauge('outbox_pending', 'Facts and jobs that wait to be handed over', ['context']),
  parked: gauge('outbox_parked', 'Facts that failed too often and wait for a person', ['context']),
  lag: gauge('outbox_lag_seconds', 'Age of the oldest fact that waits', ['context']),
});

/** Figures that are read when somebody asks, not counted as things happen. */
export class Sources {
  readonly #parts: Parts;
  readonly #readers = new Map<string, () => Promise<void>>();
  #outbox: ReturnType<typeof outboxGauges> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  add(source: string, read: () => Promise<void>): void {
    this.#readers.set(source, read);
  }

  queues(read: () => Promise<readonly QueueFigures[]>): void {
    const { gauge } = this.#parts;
    const depth = gauge('queue_depth', 'Jobs that wait for their turn', ['queue']);
    const active = gauge('queue_active', 'Jobs that run', ['queue']);
    const dead = gauge('queue_dead', 'Jobs that failed for good', ['queue']);
    this.#readers.set('queues', async () => {
      const queues = await withinLimit(read());
      for (const figure of [depth, active, dead]) figure.reset();
      for (const queue of queues) {
        depth.set({ queue: queue.name }, queue.waiting);
        active.set({ queue: queue.name }, queue.active);
        dead.set({ queue: queue.name }, queue.dead);
      }
    });
  }

  outbox(context: string, read: () => Promise<OutboxState>): void {
    const figures = (this.#outbox ??= outboxGauges(this.#parts.gauge));
    this.#readers.set(`outbox ${context}`, async () => {
      const state = await withinLimit(read());
      figures.pending.set({ context }, state.pending);
      figures.parked.set({ context }, state.parked);
      figures.lag.set({ context }, state.lagSeconds);
    });
  }

  /** Reads every source anew. One that fails is counted and keeps its last figure. */
  async refresh(): Promise<void> {
    await Promise.all(
      [...this.#readers].map(([source, read]) =>
        read().catch(() => {
          this.#parts.failures.inc({ source });
        }),
      ),
    );
  }
}
