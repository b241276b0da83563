import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stampFolder } from './stamp.ts';

const patienceMs = 10 * 60_000;

/** Runs `work` while no other build of this checkout does: `npm start` beside `npm test` would write the same files. */
export async function withLock<T>(root: string, work: () => Promise<T>): Promise<T> {
  const path = join(stampFolder(root), 'build.lock');
  mkdirSync(stampFolder(root), { recursive: true });
  const until = Date.now() + patienceMs;
  while (!take(path)) {
    if (Date.now() > until) throw new Error(`another build has held ${path} for ten minutes`);
    await pause(100);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!holderLives(path)) rmSync(path, { force: true });
    return false;
  }
}

function holderLives(path: string): boolean {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user. ENOENT: released meanwhile. ESRCH: it was killed.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
