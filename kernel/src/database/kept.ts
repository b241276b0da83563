import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres, type EmbeddedOptions, type EmbeddedPostgres } from './embedded.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** A server that comes back by itself; its address stays, its process does not. */
export type KeptPostgres = Omit<EmbeddedPostgres, 'pid' | 'adopted'>;

/**
 * Starts the embedded server and starts it again, on the same address, whenever it ends without being told to: a platform whose
 * database was killed recovers like one whose connections broke. Throws as `startPostgres` when the first start fails.
 */
export async function keepPostgres(options: Omit<EmbeddedOptions, 'onDeath'>): Promise<KeptPostgres> {
  const keeper = new Keeper(options);
  return keeper.start();
}

class Keeper {
  #current: EmbeddedPostgres | undefined;
  #restarting: Promise<void> | undefined;
  readonly #stopping = new AbortController();

  constructor(private readonly options: Omit<EmbeddedOptions, 'onDeath'>) {}

  async start(): Promise<KeptPostgres> {
    const { pid: _pid, adopted: _adopted, ...address } = await this.#run(this.options);
    return { ...address, stop: () => this.#stop() };
  }

  async #run(options: Omit<EmbeddedOptions, 'onDeath'>): Promise<EmbeddedPostgres> {
    const onDeath = (): void => {
      this.#restarting = this.#restart();
    };
    this.#current = await startPostgres({ ...options, onDeath });
    return this.#current;
  }

  /** Tries until it runs or is not wanted any more: what keeps it from starting (a full disk) may pass, too. */
  async #restart(): Promise<void> {
    const { log = () => undefined } = this.options;
    const port = this.#current!.port;
    log('PostgreSQL has ended by itself and is started again; why is in server.log in its folder');
    for (let pause = FIRST_PAUSE_MS; !this.#stopping.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.#run({ ...this.options, port });
        log('PostgreSQL runs again');
        return;
      } catch (error) {
        log(`PostgreSQL could not be started: ${String(error)}`);
        // An end of the platform cuts the pause short; the loop sees it.
        await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      }
    }
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    await this.#restarting;
    await this.#current?.stop();
  }
}
