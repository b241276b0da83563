import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often the process looks whether it is idle, in ms. */
const LOOK_MS = 5_000;
/** A process that works less than this share of the time has a moment to tidy up. */
const IDLE_SHARE = 0.1;
/** Memory that must have been taken since the last time, in bytes: less is not worth a pause of a few tenths of a second. */
const WORTH_BYTES = 100 * 1024 * 1024;

/** True when an idle process holds so much more than after its last collection that giving it back pays. */
export const isWorthCollecting = (share: number, resident: number, after: number): boolean =>
  share < IDLE_SHARE && resident - after >= WORTH_BYTES;

/** Collects everything that can be, and gives its pages back. V8 does so by itself only when memory runs out. */
export function collectNow(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
  collect({ type: 'major', flavor: 'last-resort' });
}

/**
 * Gives memory back while nothing is asked of the process: after an import or a rush V8 keeps the pages it freed in a
 * pool, which was 300 MB of 500.
 */
export function giveMemoryBack(): void {
  let before = performance.eventLoopUtilization();
  let after = 0;
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (!isWorthCollecting(utilization, process.memoryUsage.rss(), after)) return;
    collectNow();
    after = process.memoryUsage.rss();
    before = performance.eventLoopUtilization();
  }, LOOK_MS);
  timer.unref();
}
