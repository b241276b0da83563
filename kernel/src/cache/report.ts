import { z } from 'zod';

const Count = z.int().nonnegative();

/** What one area of a process's cache did since the process started, and what it holds. */
export const CacheAreaReport = z.object({
  name: z.string(),
  hits: z.object({ memory: Count, redis: Count }),
  misses: Count,
  /** Old values given while the source was down. */
  stale: Count,
  evicted: Count,
  entries: Count,
  bytes: Count,
});
export type CacheAreaReport = z.infer<typeof CacheAreaReport>;

const Link = z.enum(['off', 'up', 'down']);
/** What a process says about its cache. */
export const CacheReport = z.object({
  process: z.string(),
  host: z.string(),
  pid: z.int(),
  services: z.array(z.string()),
  upSeconds: Count,
  areas: z.array(CacheAreaReport),
  entries: Count,
  bytes: Count,
  maxBytes: Count,
  invalidations: Count,
  /** Changes that could not be told to the other processes yet. */
  owed: Count,
  redis: Link,
  bus: Link,
  /** The tags with most entries. */
  tags: z.array(z.object({ tag: z.string(), entries: Count })),
  /** Keys under the tag that was asked about; not all of them when there are more than `found`. */
  keys: z.array(z.string()),
  found: Count,
});
export type CacheReport = z.infer<typeof CacheReport>;
