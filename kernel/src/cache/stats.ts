/** What a cache did since its process started, and what it holds. */
export interface CacheStats {
  readonly name: string;
  readonly hits: { readonly l1: number; readonly l2: number };
  readonly misses: number;
  /** By name: `set`, `delete`, `invalidate`, `evict`, `stale` (given instead of a failed load), `remote` (failures of Redis and bus). */
  readonly operations: Readonly<Record<string, { readonly ok: number; readonly failed: number }>>;
  readonly entries: number;
  readonly bytes: number;
  readonly maxBytes: number;
  /** Loads under way. */
  readonly flights: number;
  readonly redis: 'off' | 'up' | 'down';
  readonly bus: 'off' | 'up' | 'down';
  /** Invalidations that could not be carried yet. */
  readonly owed: number;
}

/** Counts in plain numbers: a metric per hit would cost more than the hit. */
export class CacheFigures {
  l1 = 0;
  l2 = 0;
  misses = 0;
  readonly #operations = new Map<string, { ok: number; failed: number }>();

  count(operation: string, failed = false): void {
    const count = this.#operations.get(operation) ?? { ok: 0, failed: 0 };
    count[failed ? 'failed' : 'ok'] += 1;
    this.#operations.set(operation, count);
  }

  totals(evicted: number): Pick<CacheStats, 'hits' | 'misses' | 'operations'> {
    const operations = Object.fromEntries([...this.#operations].map(([name, count]) => [name, { ...count }]));
    return {
      hits: { l1: this.l1, l2: this.l2 },
      misses: this.misses,
      operations: { ...operations, evict: { ok: evicted, failed: 0 } },
    };
  }
}
