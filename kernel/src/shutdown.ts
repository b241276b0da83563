/** The order in which a process lets go: nothing new comes in before what runs is finished, pools close last. */
export const shutdownStages = ['accept', 'requests', 'jobs', 'relay', 'pools'] as const;
export type ShutdownStage = (typeof shutdownStages)[number];

export interface ShutdownStep {
  readonly stage: ShutdownStage;
  readonly name: string;
  readonly ms: number;
  /** `late`: the deadline passed first and the step was left behind. */
  readonly outcome: 'done' | 'failed' | 'late';
  readonly error?: unknown;
}

export interface ShutdownOptions {
  /** All stages together, in ms. */
  readonly deadlineMs: number;
  readonly onStep?: (step: ShutdownStep) => void;
}

/** What a stage is given even after the deadline: enough to close a socket, not to wait for anybody. */
const LAST_WORD_MS = 250;
const LATE = Symbol('late');

/** Ends a process in order. A step that fails or hangs never keeps the later ones from running. */
export class Shutdown {
  readonly #steps: { stage: ShutdownStage; name: string; stop: () => Promise<void> | void }[] = [];
  readonly #options: ShutdownOptions;
  #running: Promise<readonly ShutdownStep[]> | undefined;

  constructor(options: ShutdownOptions) {
    this.#options = options;
  }

  /** True from the moment the end began: readiness answers 503. */
  get draining(): boolean {
    return this.#running !== undefined;
  }

  /** Adds what must be stopped in a stage. Steps of a stage run side by side. */
  add(stage: ShutdownStage, name: string, stop: () => Promise<void> | void): this {
    this.#steps.push({ stage, name, stop });
    return this;
  }

  /** Runs every stage once; a second call gets the same answer. Resolves in `deadlineMs` plus a little, come what may. */
  run(): Promise<readonly ShutdownStep[]> {
    return (this.#running ??= this.#run());
  }

  /**
   * Runs on SIGTERM and SIGINT, then hands the exit code to `exit`: 0 when everything stopped in time. A second
   * signal exits with 1 at once. Returns the way to stop listening.
   */
  onSignals(exit: (code: number) => void, source: NodeJS.EventEmitter = process): () => void {
    const heard = (): void => {
      if (this.draining) return exit(1);
      void this.run().then((steps) => exit(steps.every((step) => step.outcome === 'done') ? 0 : 1));
    };
    const signals = ['SIGTERM', 'SIGINT'];
    for (const signal of signals) source.on(signal, heard);
    return () => {
      for (const signal of signals) source.off(signal, heard);
    };
  }

  async #run(): Promise<ShutdownStep[]> {
    const until = performance.now() + this.#options.deadlineMs;
    const told: ShutdownStep[] = [];
    for (const stage of shutdownStages) {
      const limit = Math.max(LAST_WORD_MS, until - performance.now());
      const steps = this.#steps.filter((step) => step.stage === stage);
      told.push(...(await Promise.all(steps.map((step) => this.#step(step, limit)))));
    }
    return told;
  }

  async #step(
    step: { stage: ShutdownStage; name: string; stop: () => Promise<void> | void },
    limitMs: number,
  ): Promise<ShutdownStep> {
    const started = performance.now();
    const known = { stage: step.stage, name: step.name };
    const after = () => Math.round(performance.now() - started);
    const done = await withLimit(step.stop, limitMs).then(
      (end): ShutdownStep => ({ ...known, ms: after(), outcome: end === LATE ? 'late' : 'done' }),
      (error: unknown): ShutdownStep => ({ ...known, ms: after(), outcome: 'failed', error }),
    );
    this.#options.onStep?.(done);
    return done;
  }
}

async function withLimit(stop: () => Promise<void> | void, ms: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<symbol>((resolve) => {
    timer = setTimeout(resolve, ms, LATE);
  });
  try {
    return await Promise.race([Promise.resolve().then(stop), late]);
  } finally {
    clearTimeout(timer);
  }
}
