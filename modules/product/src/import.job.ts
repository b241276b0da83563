import { cronJob, job } from '@um/kernel';
import { z } from 'zod';

/** Imports some batches of a file, then makes room for others. */
export const importFile = job('product.import-file', z.object({ importId: z.uuid() }), { expireInSeconds: 120 });
/** Goes on with imports whose process ended in the middle. */
export const resumeImports = cronJob('product.resume-imports', '* * * * *');
/** The same at once when a process starts: the one before it may have been killed in the middle. */
export const pickUpImports = job('product.pick-up-imports', z.object({}), { atStart: true, policy: 'short' });
