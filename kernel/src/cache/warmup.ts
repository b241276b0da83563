/** Fills caches before they are asked; usually `cache.refresh` of the pages that everybody opens first. */
export interface Warming {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

export interface WarmupOptions {
  readonly onError: (name: string, error: unknown) => void;
  /** Pause between two rounds, in ms; a quarter of an hour by default. */
  readonly everyMs?: number;
}

/** Runs what warms the caches, at the start and then regularly. One that fails is told and keeps nobody else cold. */
export class Warmup {
  readonly #warmings: Warming[] = [];
  readonly #options: WarmupOptions;
  #round: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WarmupOptions) {
    this.#options = options;
  }

  add(name: string, run: () => Promise<unknown>): void {
    this.#warmings.push({ name, run });
  }

  /** One round, one after the other: warming must not take the database from those who wait. Joins a round that runs. */
  run(): Promise<void> {
    return (this.#round ??= this.#run().finally(() => {
      this.#round = undefined;
    }));
  }

  /** Runs now and then regularly; resolves after the first round. */
  start(): Promise<void> {
    this.#timer = setInterval(() => void this.run(), this.#options.everyMs ?? 15 * 60_000);
    this.#timer.unref();
    return this.run();
  }

  /** No further round begins; waits for the one that runs. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  async #run(): Promise<void> {
    for (const { name, run } of this.#warmings) {
      try {
        await run();
      } catch (error) {
        this.#options.onError(name, error);
      }
    }
  }
}
