import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SetupError } from './setup-error.js';

/** "um" and "supervisor": the advisory lock that says a living process looks after this server. */
const LOCK = 'pg_try_advisory_lock(30061, 1)';
const RETRY_MS = 1_000;

/** `ref` and `unref` exist in pg and are missing in its types. */
type RefClient = pg.Client & { ref(): void; unref(): void };

export interface GuardOptions {
  readonly url: string;
  readonly dir: string;
  /** True while the server process exists. */
  readonly isServerAlive: () => Promise<boolean>;
  /** Called once when the server ended without being told to by us. */
  readonly onDeath: () => void;
}

/**
 * Holds an advisory lock in the server for as long as this process lives. The system closes the connection of a killed
 * process, so the lock never goes stale, and no two processes can hold it: a pid file promises neither.
 */
export class Guard {
  #client: RefClient | undefined;
  #released = false;

  private constructor(private readonly options: GuardOptions) {}

  /** Takes the lock. Throws `embedded.ALREADY_RUNNING` when another living process holds it. */
  static async take(options: GuardOptions): Promise<Guard> {
    const guard = new Guard(options);
    await guard.#connect();
    return guard;
  }

  async release(): Promise<void> {
    this.#released = true;
    this.#client?.ref();
    await this.#client?.end();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.options.url,
      application_name: `um:supervisor:${process.pid}`,
    }) as RefClient;
    client.on('error', () => undefined); // 'end' follows and is handled there
    await client.connect();
    const { rows } = await client.query<{ held: boolean }>(`select ${LOCK} as held`);
    if (!rows[0]?.held) {
      const holder = await holderOf(client);
      await client.end();
      throw new SetupError(
        'embedded.ALREADY_RUNNING',
        `the database in ${this.options.dir} is in use by the UltraMarket process ${holder}`,
        { holder },
      );
    }
    client.once('end', () => void this.#recover());
    client.unref(); // a process that has nothing else to do may end
    this.#client = client;
  }

  /** The server dropped us: it ended, or restarted itself after one of its processes crashed. */
  async #recover(): Promise<void> {
    while (!this.#released) {
      if (!(await this.options.isServerAlive())) {
        this.#released = true;
        this.options.onDeath();
        return;
      }
      try {
        await this.#connect();
        return;
      } catch {
        await sleep(RETRY_MS, undefined, { ref: false }); // still recovering; the loop ends when it is ready or gone
      }
    }
  }
}

async function holderOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ application_name: string }>(
    `select a.application_name from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.classid = 30061 and l.objid = 1`,
  );
  return rows[0]?.application_name.split(':').at(-1) ?? 'that was just here';
}
