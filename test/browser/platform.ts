import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');
const READY = /is ready after/;
const START_MS = 150_000;

export interface SignIns {
  readonly people: readonly { role: string; name: string; email: string; password: string }[];
  readonly children: readonly { nickname: string; pin: string }[];
}

/** How a process ended: its exit code, or the signal that took it. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running `npm start` without its build step: the built main.js as a process of its own. */
export interface Running {
  readonly url: string;
  readonly startMs: number;
  readonly output: () => string;
  /** Sends a signal and waits for the end. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ended>;
}

/** A data folder that starts may share, as on a machine of a reader of the README. */
export function dataFolder(): { dir: string; signIns: () => SignIns; remove: () => void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'um-browser-'));
  // As root, PostgreSQL runs as somebody else, who must be able to pass through.
  chmodSync(dir, 0o711);
  return {
    dir,
    signIns: () => JSON.parse(readFileSync(path.join(dir, 'demo-sign-ins.json'), 'utf8')) as SignIns,
    remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/** A free port of the range of these tests, below the range that systems give away by themselves. */
async function freePort(): Promise<number> {
  for (let port = 22_102; port < 22_150; port++) if (await isFree(port)) return port;
  throw new Error('no port from 22102 to 22149 is free');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => probe.close(() => resolve(true)))
      .listen(port, '127.0.0.1');
  });

/** Starts the built platform on a data folder and waits until it says that it is ready. */
export async function startPlatform(dir: string): Promise<Running> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, ['apps/server/dist/main.js'], {
    cwd: repository,
    env: { ...cleanEnv(), PORT: String(port), UM_DATA_DIR: dir, UM_METRICS_PORT: '0', UM_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<Ended>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const keep = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  await ready(child, ended, () => output);
  return {
    url: `http://localhost:${port}`,
    startMs: performance.now() - began,
    output: () => output,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** The environment without settings of the platform and marks of the test runner. */
const cleanEnv = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(UM_|VITEST|PORT$|NODE_ENV$|NODE_OPTIONS$)/.test(name)),
  );

async function ready(child: ChildProcess, ended: Promise<Ended>, output: () => string): Promise<void> {
  const until = Date.now() + START_MS;
  let gone: Ended | undefined;
  void ended.then((end) => (gone = end));
  while (!READY.test(output())) {
    if (gone) throw new Error(`the platform ended before it was ready (${JSON.stringify(gone)}):\n${output()}`);
    if (Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`the platform was not ready after ${START_MS / 1_000} s:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
