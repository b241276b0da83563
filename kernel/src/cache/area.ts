import type { Keep } from './options.js';

/** How a value of an area is kept; the area itself is known. */
export type AreaKeep = Omit<Keep, 'area'>;

/** The cache an area is a part of. */
interface Whole {
  get<T>(key: string, viewer: string | undefined, area: string): T | undefined;
  getOrSet<T>(key: string, keep: Keep, load: () => Promise<T>): T | Promise<T>;
  refresh<T>(key: string, keep: Keep, load: () => Promise<T>): Promise<T>;
}

/** The part of the process's cache that one use of it has: keys of its own, figures of its own. Tags are common to all. */
export class Area {
  readonly #cache: Whole;

  constructor(
    cache: Whole,
    readonly name: string,
  ) {
    this.#cache = cache;
  }

  /** The value in memory, while it is fresh. */
  get<T>(key: string, viewer?: string): T | undefined {
    return this.#cache.get<T>(`${this.name}:${key}`, viewer, this.name);
  }

  /** As `Cache.getOrSet`, under a key of this area. */
  getOrSet<T>(key: string, keep: AreaKeep, load: () => Promise<T>): T | Promise<T> {
    return this.#cache.getOrSet(`${this.name}:${key}`, { ...keep, area: this.name }, load);
  }

  /** As `Cache.refresh`, under a key of this area. */
  refresh<T>(key: string, keep: AreaKeep, load: () => Promise<T>): Promise<T> {
    return this.#cache.refresh(`${this.name}:${key}`, { ...keep, area: this.name }, load);
  }
}
