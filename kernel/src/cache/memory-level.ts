import { LRUCache } from 'lru-cache';
import type { Entry } from './entry.js';

interface Kept {
  readonly entry: Entry;
  readonly tags: readonly string[];
}

/** What a key and its bookkeeping weigh besides the value. */
const OVERHEAD = 256;

/** The first level: least recently used entries leave when the memory is used up; tags are looked up by index. */
export class MemoryLevel {
  readonly #byTag = new Map<string, Set<string>>();
  readonly #kept: LRUCache<string, Kept>;
  readonly maxBytes: number;
  evicted = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (kept, key) => kept.entry.bytes + key.length * 2 + OVERHEAD,
      dispose: (kept, key, reason) => {
        if (reason === 'evict') this.evicted += 1;
        for (const tag of kept.tags) this.#untag(tag, key);
      },
    });
  }

  get(key: string): Entry | undefined {
    return this.#kept.get(key)?.entry;
  }

  /** Keeps an entry; one that is too big for the whole level is not kept. */
  set(key: string, entry: Entry, tags: readonly string[]): void {
    this.#kept.set(key, { entry, tags });
    if (!this.#kept.has(key)) return;
    for (const tag of tags) {
      const keys = this.#byTag.get(tag);
      if (keys) keys.add(key);
      else this.#byTag.set(tag, new Set([key]));
    }
  }

  delete(key: string): boolean {
    return this.#kept.delete(key);
  }

  /** Deletes everything under the tag; returns how many entries that were. */
  deleteTag(tag: string): number {
    const keys = [...(this.#byTag.get(tag) ?? [])];
    for (const key of keys) this.#kept.delete(key);
    return keys.length;
  }

  clear(): void {
    this.#kept.clear();
    this.#byTag.clear();
  }

  keysByTag(tag: string): string[] {
    return [...(this.#byTag.get(tag) ?? [])];
  }

  tags(): string[] {
    return [...this.#byTag.keys()];
  }

  get entries(): number {
    return this.#kept.size;
  }

  get bytes(): number {
    return this.#kept.calculatedSize;
  }

  #untag(tag: string, key: string): void {
    const keys = this.#byTag.get(tag);
    keys?.delete(key);
    if (keys?.size === 0) this.#byTag.delete(tag);
  }
}
