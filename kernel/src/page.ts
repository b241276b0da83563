import { z } from 'zod';

/** The answer of every list: items and the cursor of the next page, null on the last. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
