/** Who hears a bus. */
export interface BusListener {
  message(text: string): void;
  /** Messages may have been missed: the connection was lost, or is back after that. */
  gap(): void;
}

/** Carries invalidations to the other processes. Pluggable: in the process, over Redis, over PostgreSQL. */
export interface Bus {
  /** False while messages of others cannot arrive. */
  readonly connected: boolean;
  /** Resolves when the message was handed over; rejects when it was not. The sender may hear it too. */
  publish(text: string): Promise<void>;
  /** Returns the way to stop listening. */
  subscribe(listener: BusListener): () => void;
  close(): Promise<void>;
}

/** The listeners of a bus. */
export class Listeners {
  readonly #all = new Set<BusListener>();

  add(listener: BusListener): () => void {
    this.#all.add(listener);
    return () => {
      this.#all.delete(listener);
    };
  }

  message(text: string): void {
    for (const listener of this.#all) listener.message(text);
  }

  gap(): void {
    for (const listener of this.#all) listener.gap();
  }
}

/** A bus within one process, for several caches of it and for tests. */
export class LocalBus implements Bus {
  readonly connected = true;
  readonly #listeners = new Listeners();

  publish(text: string): Promise<void> {
    this.#listeners.message(text);
    return Promise.resolve();
  }

  subscribe(listener: BusListener): () => void {
    return this.#listeners.add(listener);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
