import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { giveTo, serverEnvironment } from './account.js';
import type { Binaries } from './binaries.js';
import type { Home } from './home.js';
import { SetupError } from './setup-error.js';

const run = promisify(execFile);
const POLL_MS = 20;
/** After this long a fast stop becomes an immediate one; the next start then replays the log. */
const FAST_STOP_MS = 30_000;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
/** How long the processes of a killed server may take to see that it is gone; a busy one looks only between two statements. */
const ORPHANS_MS = 10_000;
const ORPHANS_POLL_MS = 100;
const MEMORY_IN_USE = /pre-existing shared memory block .* is still in use/;

/** What a running server says of itself in `postmaster.pid`. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
  readonly status: string;
}

export function readPidFile(data: string): PidFile | undefined {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), socketDir: lines[4] ?? '', status: lines[7]?.trim() ?? '' };
}

/**
 * The server that runs on these data files, or undefined. A pid that meanwhile belongs to another program does not count,
 * and its stale file is removed, because PostgreSQL itself would refuse to start over it.
 */
export async function findServer(data: string): Promise<PidFile | undefined> {
  const file = readPidFile(data);
  if (!file || !isAlive(file.pid)) return undefined;
  if ((await commandOf(file.pid)).includes(data)) return file;
  if (readPidFile(data)?.pid === file.pid) unlinkSync(path.join(data, 'postmaster.pid'));
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process; empty for one that has ended but was not collected by its parent yet. */
async function commandOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (process.platform === 'win32')
      return (await run('wmic', ['process', 'where', `processid=${pid}`, 'get', 'commandline'])).stdout;
    return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return ''; // it ended between the two looks
  }
}

/** Waits until a server has left the state it is in: ready (its pid file is returned) or gone (undefined). */
export async function settle(data: string): Promise<PidFile | undefined> {
  for (;;) {
    const found = await findServer(data);
    if (!found || found.status === 'ready') return found;
    await sleep(POLL_MS);
  }
}

/** True when the running server was started with exactly these arguments. */
export function startedWith(data: string, args: readonly string[]): boolean {
  const file = path.join(data, 'postmaster.opts');
  return (
    existsSync(file) &&
    readFileSync(file, 'utf8')
      .trimEnd()
      .endsWith(args.map((arg) => ` "${arg}"`).join(''))
  );
}

/**
 * Starts the server and waits until it accepts connections, however long it replays its log. It gets a session of its own,
 * so that Ctrl-C in our terminal reaches us alone, and a log file of its own, so that it can outlive us.
 */
export async function launch(home: Home, binaries: Binaries, args: readonly string[]): Promise<number> {
  const log = openLog(home);
  const from = statSync(home.serverLog).size;
  const child = spawn(binaries.program('postgres'), args, {
    ...home.account,
    cwd: home.data,
    env: serverEnvironment(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(new SetupError('embedded.START_FAILED', String(cause), {}, { cause })));
    child.once('exit', (exit, signal) => {
      const said = readFileSync(home.serverLog).subarray(from).toString().trim().slice(-4_000);
      reject(
        new SetupError('embedded.START_FAILED', `PostgreSQL ended (${signal ?? exit}) while starting:\n${said}`, {
          exit,
          signal,
        }),
      );
    });
  });
  try {
    return await Promise.race([readyPid(home.data, child.pid, ended.signal), failed]);
  } finally {
    ended.abort();
    child.removeAllListeners();
    child.unref();
  }
}

/**
 * Starts a server with `start`, again and again while the processes of one that was killed still hold the memory of these data
 * files: PostgreSQL refuses to run beside them. @throws what `start` threw last, when they are still there after `patienceMs`.
 */
export async function afterOrphans<T>(
  start: () => Promise<T>,
  log: (message: string) => void,
  patienceMs: number = ORPHANS_MS,
): Promise<T> {
  const until = Date.now() + patienceMs;
  for (let told = false; ; told = true) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof SetupError) || !MEMORY_IN_USE.test(error.message) || Date.now() > until) throw error;
      if (!told) log('PostgreSQL was killed and its last connections are still closing; waiting for them');
      await sleep(ORPHANS_POLL_MS);
    }
  }
}

/** Resolves when the pid file says this process is ready. */
async function readyPid(data: string, pid: number | undefined, ended: AbortSignal): Promise<number> {
  for (;;) {
    const file = readPidFile(data);
    if (file && file.pid === pid && file.status === 'ready') return file.pid;
    await sleep(POLL_MS, undefined, { signal: ended });
  }
}

function openLog(home: Home): number {
  if (existsSync(home.serverLog) && statSync(home.serverLog).size > LOG_LIMIT_BYTES)
    renameSync(home.serverLog, `${home.serverLog}.1`);
  const log = openSync(home.serverLog, 'a', 0o600);
  giveTo(home.account, home.serverLog);
  return log;
}

/** Ends a server: open transactions are rolled back, everything committed is on disk. Returns when it is gone. */
export async function stopServer(
  home: Home,
  binaries: Binaries,
  pid: number,
  log: (message: string) => void,
): Promise<void> {
  if (process.platform === 'win32') {
    await run(binaries.program('pg_ctl'), ['stop', '-D', home.data, '-m', 'fast', '-w'], { env: serverEnvironment() });
    return;
  }
  send(pid, 'SIGINT');
  if (await goneWithin(home.data, pid, FAST_STOP_MS)) return;
  log(
    `PostgreSQL (pid ${pid}) did not stop in ${FAST_STOP_MS / 1_000} s: stopping at once, it recovers at the next start`,
  );
  send(pid, 'SIGQUIT');
  if (await goneWithin(home.data, pid, FAST_STOP_MS)) return;
  throw new SetupError('embedded.START_FAILED', `PostgreSQL (pid ${pid}) does not stop`, { pid });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it is gone already, as wanted
  }
}

async function goneWithin(data: string, pid: number, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; Date.now() < until;) {
    if ((await findServer(data))?.pid !== pid) return true;
    await sleep(POLL_MS);
  }
  return false;
}
