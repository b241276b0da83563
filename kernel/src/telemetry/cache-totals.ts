import type { Counter, Gauge } from 'prom-client';
import type { CacheStats } from '../cache/stats.js';

interface Figures {
  readonly hits: Counter<'cache' | 'level'>;
  readonly misses: Counter<'cache'>;
  readonly operations: Counter<'cache' | 'operation' | 'outcome'>;
  readonly size: Gauge<'cache'>;
}

/** Carries the totals of a cache over into counters: at each turn what was added since the last one. */
export class CacheTotals {
  readonly #figures: Figures;
  readonly #seen = new Map<string, number>();

  constructor(figures: Figures) {
    this.#figures = figures;
  }

  take({ name: cache, hits, misses, operations, bytes }: CacheStats): void {
    const { hits: hit, misses: miss, operations: operation, size } = this.#figures;
    hit.inc({ cache, level: 'l1' }, this.#added('l1', hits.l1));
    hit.inc({ cache, level: 'l2' }, this.#added('l2', hits.l2));
    miss.inc({ cache }, this.#added('misses', misses));
    for (const [name, { ok, failed }] of Object.entries(operations)) {
      operation.inc({ cache, operation: name, outcome: 'ok' }, this.#added(`${name} ok`, ok));
      operation.inc({ cache, operation: name, outcome: 'failed' }, this.#added(`${name} failed`, failed));
    }
    size.set({ cache }, bytes);
  }

  #added(what: string, total: number): number {
    const added = total - (this.#seen.get(what) ?? 0);
    this.#seen.set(what, total);
    return added;
  }
}
