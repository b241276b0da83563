import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { repository } from '../tools/workspace.ts';

/** A process under measurement. */
export interface Running {
  readonly url: string;
  readonly pid: number;
  /** From spawning it to its being ready, in s. */
  readonly startSeconds: number;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
}

const READY_MS = 60_000;
const STOP_MS = 15_000;

/** Starts a Node script and waits until its output says `ready`. Output goes to `log`, as it would in production. */
export async function launch(
  script: string,
  options: { port: number; log: string; ready: string; env?: NodeJS.ProcessEnv },
): Promise<Running> {
  const began = performance.now();
  const output = openSync(options.log, 'a');
  const from = statSync(options.log).size;
  const child = spawn(process.execPath, [script], {
    cwd: repository,
    env: { ...process.env, ...options.env, PORT: String(options.port) },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const stop = () => end(child);
  try {
    await until(child, () => readFileSync(options.log).subarray(from).includes(options.ready), options.log);
  } catch (error) {
    await stop();
    throw error;
  }
  const startSeconds = (performance.now() - began) / 1_000;
  return { url: `http://127.0.0.1:${options.port}`, pid: child.pid!, startSeconds, stop };
}

async function until(child: ChildProcess, done: () => boolean, log: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (!done()) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`it did not become ready:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
    await pause(20);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

/** Memory of a process and everything it started, each shared page counted once, in MB. Linux only. */
export function memoryOf(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = read(join('/proc', name, 'status'), /^PPid:\s+(\d+)/m);
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const family = new Set([pid]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  return [...family].reduce((sum, one) => sum + (read(`/proc/${one}/smaps_rollup`, /^Pss:\s+(\d+)/m) ?? 0), 0) / 1_024;
}

/** A number of a file under /proc, or undefined when its process has ended meanwhile. */
function read(file: string, pattern: RegExp): number | undefined {
  try {
    const found = pattern.exec(readFileSync(file, 'utf8'));
    return found ? Number(found[1]) : undefined;
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
