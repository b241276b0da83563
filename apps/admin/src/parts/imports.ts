import type { ImportProblem, ImportReport } from '@um/product';
import type { Tone } from '@um/ui';
import type { z } from 'zod';

export type Report = z.infer<typeof ImportReport>;
export type Problem = z.infer<typeof ImportProblem>;

export const importTones: Readonly<Record<Report['state'], Tone>> = {
  queued: 'accent',
  running: 'brand',
  done: 'ok',
  failed: 'danger',
  cancelled: 'plain',
};

const SOON_MS = 1_000;

/** When to ask again how an import is going, in ms; false once it has ended. */
export const askAgain = (report: Pick<Report, 'state'> | undefined): number | false =>
  report && report.state !== 'queued' && report.state !== 'running' ? false : SOON_MS;
