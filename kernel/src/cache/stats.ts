type Operations = Readonly<Record<string, { readonly ok: number; readonly failed: number }>>;

/** What one area of a cache did since its process started, and what it holds in memory. */
export interface AreaStats {
  readonly name: string;
  readonly hits: { readonly l1: number; readonly l2: number };
  readonly misses: number;
  /** By name: `set`, `evict`, `stale` (given instead of a failed load). */
  readonly operations: Operations;
  readonly entries: number;
  readonly bytes: number;
}

/** What a cache did since its process started, and what it holds. Totals are of all its areas. */
export interface CacheStats extends AreaStats {
  /** Besides those of the areas: `delete`, `invalidate`, `remote` (failures of Redis and bus). */
  readonly operations: Operations;
  readonly areas: readonly AreaStats[];
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

  operations(): Operations {
    return Object.fromEntries([...this.#operations].map(([name, count]) => [name, { ...count }]));
  }
}

/** Figures by area. */
export class AreaFigures {
  readonly #areas = new Map<string, CacheFigures>();

  of(area: string): CacheFigures {
    let figures = this.#areas.get(area);
    if (!figures) this.#areas.set(area, (figures = new CacheFigures()));
    return figures;
  }

  /** What each area did and holds. */
  stats(held: (area: string) => { entries: number; bytes: number; evicted: number }): AreaStats[] {
    return [...this.#areas].map(([name, figures]) => {
      const { entries, bytes, evicted } = held(name);
      const operations = { ...figures.operations(), evict: { ok: evicted, failed: 0 } };
      return { name, hits: { l1: figures.l1, l2: figures.l2 }, misses: figures.misses, operations, entries, bytes };
    });
  }
}

/** The sum of what several did. */
export function total(parts: readonly Pick<AreaStats, 'hits' | 'misses' | 'operations'>[]): {
  hits: AreaStats['hits'];
  misses: number;
  operations: Operations;
} {
  const operations: Record<string, { ok: number; failed: number }> = {};
  const hits = { l1: 0, l2: 0 };
  let misses = 0;
  for (const part of parts) {
    hits.l1 += part.hits.l1;
    hits.l2 += part.hits.l2;
    misses += part.misses;
    for (const [name, { ok, failed }] of Object.entries(part.operations)) {
      const sum = (operations[name] ??= { ok: 0, failed: 0 });
      sum.ok += ok;
      sum.failed += failed;
    }
  }
  return { hits, misses, operations };
}
