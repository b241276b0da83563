import type { Counter, Gauge } from 'prom-client';
import type { CacheStats } from '../cache/stats.js';

interface Figures {
  readonly hits: Counter<'cache' | 'level'>;
  readonly misses: Counter<'cache'>;
  readonly operations: Counter<'cache' | 'operation' | 'outcome'>;
  readonly size: Gauge<'cache'>;
  readonly entries: Gauge<'cache'>;
  readonly owed: Gauge<'cache'>;
}

/** Carries the totals of a cache and its areas over into counters: at each turn what was added since the last one. */
export class CacheTotals {
  readonly #figures: Figures;
  readonly #seen = new Map<string, number>();

  constructor(figures: Figures) {
    this.#figures = figures;
  }

  take(stats: CacheStats): void {
    const { hits, misses, size, entries, owed } = this.#figures;
    const inAreas = new Set<string>();
    for (const area of stats.areas) {
      const cache = area.name;
      hits.inc({ cache, level: 'l1' }, this.#added(`${cache} l1`, area.hits.l1));
      hits.inc({ cache, level: 'l2' }, this.#added(`${cache} l2`, area.hits.l2));
      misses.inc({ cache }, this.#added(`${cache} misses`, area.misses));
      size.set({ cache }, area.bytes);
      entries.set({ cache }, area.entries);
      for (const [name, { ok, failed }] of Object.entries(area.operations)) {
        this.#operation(cache, name, ok, failed);
        inAreas.add(name);
      }
    }
    // What is done to the cache as a whole, such as an invalidation, is in the totals alone.
    for (const [name, { ok, failed }] of Object.entries(stats.operations))
      if (!inAreas.has(name)) this.#operation(stats.name, name, ok, failed);
    owed.set({ cache: stats.name }, stats.owed);
  }

  #operation(cache: string, operation: string, ok: number, failed: number): void {
    const { operations } = this.#figures;
    operations.inc({ cache, operation, outcome: 'ok' }, this.#added(`${cache} ${operation} ok`, ok));
    operations.inc({ cache, operation, outcome: 'failed' }, this.#added(`${cache} ${operation} failed`, failed));
  }

  #added(what: string, total: number): number {
    const added = total - (this.#seen.get(what) ?? 0);
    this.#seen.set(what, total);
    return added;
  }
}
