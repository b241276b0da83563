import { event } from '@um/kernel/contract';
import { z } from 'zod';

export const ImportFormat = z.enum(['ndjson', 'csv', 'xlsx']);
export type ImportFormat = z.infer<typeof ImportFormat>;
export const ImportReport = z.object({
  importId: z.uuid(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  format: ImportFormat,
  /** Everything was checked and nothing changed. */
  dryRun: z.boolean(),
  fileName: z.string().nullable(),
  total: z.int(),
  done: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  failed: z.int(),
  /** Pictures that are still to be fetched; one that cannot be is a problem of its line. */
  waitingPictures: z.int(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export const ImportProblem = z.object({
  line: z.int(),
  externalId: z.string().nullable(),
  code: z.string(),
  /** The first field that is to blame: a path of NDJSON, a column of a table. */
  field: z.string().nullable(),
  message: z.string(),
});

/** An import got further or ended; who started it may want to look. */
export const importMoved = event(
  'product.import-moved.v1',
  z.object({ importId: z.uuid(), accountId: z.uuid(), state: ImportReport.shape.state }),
  (p) => p.importId,
);
