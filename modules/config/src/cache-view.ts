import { CacheReport } from '@um/kernel/contract';
import { z } from 'zod';

export const CacheProcess = CacheReport.omit({ keys: true, found: true });
export type CacheProcess = z.infer<typeof CacheProcess>;

/** The cache of every process. Where other processes cannot be asked, `alone`, only that of the one that answers. */
export const CacheState = z.object({ processes: z.array(CacheProcess), alone: z.boolean() });
export type CacheState = z.infer<typeof CacheState>;

const Name = z.string().min(1).max(1_000);
export const CacheKeysFilter = z.strictObject({ tag: Name, lang: z.string().max(10).optional() });
/** Keys under a tag and how many processes hold each. `found` counts those that are not told too, process by process. */
export const CacheKeys = z.object({
  items: z.array(z.object({ key: z.string(), processes: z.int() })),
  found: z.int(),
});
export type CacheKeys = z.infer<typeof CacheKeys>;

/** What to throw away, in every process and in Redis. */
export const CachePurge = z.strictObject({
  tags: z.array(Name).max(50).default([]),
  keys: z.array(Name).max(50).default([]),
  everything: z.boolean().default(false),
  reason: z.string().trim().min(3).max(300),
});
/** `told` is false while some process could not be told; it will be as soon as possible, until then it keeps nothing for long. */
export const CachePurged = z.object({ told: z.boolean() });
