import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often the process looks whether it is idle, in ms. */
const LOOK_MS = 3_000;
/** A process that works less than this share of the time has a moment to tidy up, */
const IDLE_SHARE = 0.1;
/** and is left alone when it was so for this many looks: tidying up throws away the code that a next rush runs fast on. */
const QUIET_LOOKS = 3;
/** Memory that must have been taken since the last time, in bytes: less is not worth a pause of a few tenths of a second. */
const WORTH_BYTES = 100 * 1024 * 1024;

/** Counts looks at a process in a row that found it idle, given those before and the share of the time it worked. */
export const quietLooks = (before: number, share: number): number => (share < IDLE_SHARE ? before + 1 : 0);

/** True when a process that is left alone holds so much more than after its last collection that giving it back pays. */
export const isWorthCollecting = (quiet: number, resident: number, after: number): boolean =>
  quiet >= QUIET_LOOKS && resident - after >= WORTH_BYTES;

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
  let quiet = 0;
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    quiet = quietLooks(quiet, utilization);
    if (!isWorthCollecting(quiet, process.memoryUsage.rss(), after)) return;
    collectNow();
    after = process.memoryUsage.rss();
    before = performance.eventLoopUtilization();
  }, LOOK_MS);
  timer.unref();
}
