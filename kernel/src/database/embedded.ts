import { existsSync, realpathSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { sqlState } from '../db.js';
import { connectionUrl } from './address.js';
import { findBinaries, type Binaries } from './binaries.js';
import { makeCluster, setSuperuserPassword, SUPERUSER } from './cluster.js';
import { Guard } from './guard.js';
import { makeHome, superuserPassword, type Home } from './home.js';
import { afterOrphans, findServer, launch, settle, startedWith, stopServer } from './postmaster.js';
import { SetupError } from './setup-error.js';

const DATABASE = 'ultramarket';
const SOCKET_PORT = 5432;
const WRONG_PASSWORD = '28P01';

export interface EmbeddedOptions {
  /** Folder that holds everything of this server: data, socket, log, the superuser's password. */
  readonly dir: string;
  readonly log?: (message: string) => void;
  /** Names the socket; on Windows the TCP port on loopback. */
  readonly port?: number;
  /** PostgreSQL settings over ours, as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called when the server ends without being told to: the process had better end too. */
  readonly onDeath?: () => void;
}

/** How to reach a running embedded server. */
export interface EmbeddedAddress {
  /** Folder of the unix socket; on Windows 127.0.0.1. */
  readonly host: string;
  readonly port: number;
  readonly superuser: string;
  /** The database that `url` names unless told otherwise; it is the caller's to make. */
  readonly database: string;
  readonly pid: number;
  /** Connection URL of a role; the superuser's password is known. */
  url(role: string, password?: string, database?: string): string;
}

export interface EmbeddedPostgres extends EmbeddedAddress {
  /** Real folder of the data files, for backups. */
  readonly data: string;
  /** True when the server was left running by a process that died, and taken over as it is. */
  readonly adopted: boolean;
  /** Stops the server; everything committed is on disk when it resolves. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Modest in memory, strict in durability. Statements that fail are logged without their data (`terse` drops the DETAIL line,
 * which would quote a phone number that is taken).
 */
const SETTINGS: Readonly<Record<string, string>> = {
  unix_socket_permissions: '0700',
  max_connections: '250',
  shared_buffers: '128MB',
  work_mem: '8MB',
  io_method: 'sync',
  max_logical_replication_workers: '0',
  jit: 'off',
  random_page_cost: '1.1', // nobody has a spinning disk
  autovacuum_naptime: '10s', // a first import has no statistics until then, and what is delivered stands in the way
  track_io_timing: 'off',
  wal_compression: 'pglz',
  password_encryption: 'scram-sha-256',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_error_verbosity: 'terse',
};

/**
 * Starts the PostgreSQL that comes with the product, or takes over the one a killed process left behind. It ends by `stop()`
 * alone: not with Ctrl-C, not with this process. Throws SetupError (`embedded.*`), `ALREADY_RUNNING` when a living process has it.
 */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const port = options.port ?? (process.platform === 'win32' ? await freePort() : SOCKET_PORT);
  const home = makeHome(options.dir, port, log);
  const binaries = await findBinaries(home.dir, home.account, log);
  const settings: Record<string, string> = {
    ...SETTINGS,
    ...listenOn(home),
    port: String(port),
    cluster_name: `ultramarket ${binaries.version}`,
    ...options.settings,
  };
  const args = ['-D', home.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  await makeCluster(home, binaries, { password: superuserPassword(home), durable: settings['fsync'] !== 'off' });
  const server = new Server(home, binaries, args, { log, onDeath: options.onDeath ?? (() => undefined), port });
  return server.start();
}

/** The embedded server that runs on `dir`, for a tool beside the running product; undefined when none does. It must not be stopped. */
export async function runningPostgres({ dir }: { readonly dir: string }): Promise<EmbeddedAddress | undefined> {
  if (!existsSync(path.join(dir, 'data'))) return undefined;
  const real = realpathSync(dir);
  const found = await findServer(path.join(real, 'data'));
  if (found?.status !== 'ready') return undefined;
  const host = found.socketDir === '' ? '127.0.0.1' : found.socketDir;
  return addressOf({
    host,
    port: found.port,
    pid: found.pid,
    password: superuserPassword({ dir: real, account: undefined }),
  });
}

function addressOf({
  host,
  port,
  pid,
  password,
}: {
  host: string;
  port: number;
  pid: number;
  password: string;
}): EmbeddedAddress {
  const url = (role: string, given?: string, database = DATABASE) =>
    connectionUrl(
      { host, port },
      { user: role, password: given ?? (role === SUPERUSER ? password : undefined), database },
    );
  return { host, port, pid, superuser: SUPERUSER, database: DATABASE, url };
}

function listenOn(home: Home): Record<string, string> {
  if (process.platform === 'win32') return { listen_addresses: '127.0.0.1' };
  return { listen_addresses: '', unix_socket_directories: home.socketDir };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

interface Surroundings {
  readonly log: (message: string) => void;
  readonly onDeath: () => void;
  readonly port: number;
}

class Server {
  #stopping: Promise<void> | undefined;

  constructor(
    private readonly home: Home,
    private readonly binaries: Binaries,
    private readonly args: readonly string[],
    private readonly around: Surroundings,
  ) {}

  /** Adopts what runs, else launches; a second look is taken when another process was quicker. */
  async start(): Promise<EmbeddedPostgres> {
    for (let attempt = 1; ; attempt++) {
      const found = await settle(this.home.data);
      const taken = found ? await this.#adopt(found.pid) : await this.#launch(attempt);
      if (taken) return this.#handle(taken, found !== undefined);
    }
  }

  /** A server with other settings is stopped; undefined then asks for a launch. */
  async #adopt(pid: number): Promise<Guard | undefined> {
    const guard = await this.#guard(pid);
    if (startedWith(this.home.data, this.args)) {
      this.around.log(`PostgreSQL was left running (pid ${pid}) and is used on`);
      return guard;
    }
    this.around.log(`PostgreSQL was left running (pid ${pid}) with other settings and is restarted`);
    await guard.release();
    await stopServer(this.home, this.binaries, pid, this.around.log);
    return undefined;
  }

  async #launch(attempt: number): Promise<Guard | undefined> {
    try {
      const pid = await afterOrphans(() => launch(this.home, this.binaries, this.args), this.around.log);
      return await this.#guard(pid);
    } catch (error) {
      if (attempt > 2) throw error;
      if (sqlState(error) === WRONG_PASSWORD) await this.#resetPassword();
      else if (!(await findServer(this.home.data)) || isRefused(error)) throw error;
      return undefined;
    }
  }

  /** The password file was lost, or the data came back from a backup taken with another one. */
  async #resetPassword(): Promise<void> {
    const running = await findServer(this.home.data);
    if (running) await stopServer(this.home, this.binaries, running.pid, this.around.log);
    await setSuperuserPassword(this.home, this.binaries, {
      data: this.home.data,
      password: superuserPassword(this.home),
    });
    this.around.log('The superuser password was set anew');
  }

  #guard(pid: number): Promise<Guard> {
    const isServerAlive = async () => (await findServer(this.home.data))?.pid === pid;
    const { onDeath } = this.around;
    return Guard.take({
      url: this.#address(pid).url(SUPERUSER, undefined, 'postgres'),
      dir: this.home.dir,
      isServerAlive,
      onDeath,
    });
  }

  #address(pid: number): EmbeddedAddress {
    const host = process.platform === 'win32' ? '127.0.0.1' : this.home.socketDir;
    return addressOf({ host, port: this.around.port, pid, password: superuserPassword(this.home) });
  }

  async #handle(guard: Guard, adopted: boolean): Promise<EmbeddedPostgres> {
    const pid = (await findServer(this.home.data))?.pid;
    if (pid === undefined)
      throw new SetupError(
        'embedded.START_FAILED',
        `PostgreSQL ended as soon as it was ready; see ${this.home.serverLog}`,
      );
    const stop = () => (this.#stopping ??= this.#stop(guard, pid));
    return { ...this.#address(pid), data: this.home.data, adopted, stop };
  }

  async #stop(guard: Guard, pid: number): Promise<void> {
    await guard.release();
    await stopServer(this.home, this.binaries, pid, this.around.log);
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof SetupError && error.code === 'embedded.ALREADY_RUNNING';
}
