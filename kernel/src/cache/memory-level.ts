import { LRUCache } from 'lru-cache';
import type { Entry } from './entry.js';
import { ALL } from './keys.js';

interface Kept {
  readonly entry: Entry;
  readonly tags: readonly string[];
  readonly area: string;
}

/** What an area holds, and how much of it had to leave. */
export interface Held {
  entries: number;
  bytes: number;
  evicted: number;
}

/** What a key and its bookkeeping weigh besides the value. */
const OVERHEAD = 256;
const weight = (kept: Kept, key: string): number => kept.entry.bytes + key.length * 2 + OVERHEAD;

/** The first level: least recently used entries leave when the memory is used up; tags are looked up by index. */
export class MemoryLevel {
  readonly #byTag = new Map<string, Set<string>>();
  readonly #held = new Map<string, Held>();
  readonly #kept: LRUCache<string, Kept>;
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
    this.#kept = new LRUCache({
      maxSize: Math.max(maxBytes, 1), // of no bytes at all nothing is kept, not everything
      sizeCalculation: weight,
      dispose: (kept, key, reason) => {
        const held = this.held(kept.area);
        held.entries -= 1;
        held.bytes -= weight(kept, key);
        if (reason === 'evict') held.evicted += 1;
        for (const tag of kept.tags) this.#untag(tag, key);
      },
    });
  }

  get(key: string): Entry | undefined {
    return this.#kept.get(key)?.entry;
  }

  /** Keeps an entry; one that is too big for the whole level is not kept. */
  set(key: string, entry: Entry, tags: readonly string[], area: string): void {
    const kept = { entry, tags, area };
    this.#kept.set(key, kept);
    if (!this.#kept.has(key)) return;
    const held = this.held(area);
    held.entries += 1;
    held.bytes += weight(kept, key);
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

  /** The tags with most entries, the biggest first; not the one that all of them have. */
  tags(count: number): { tag: string; entries: number }[] {
    const all = [...this.#byTag].map(([tag, keys]) => ({ tag, entries: keys.size }));
    const named = all.filter(({ tag }) => tag !== ALL);
    return named.sort((a, b) => b.entries - a.entries || (a.tag < b.tag ? -1 : 1)).slice(0, count);
  }

  /** What an area holds now. */
  held(area: string): Held {
    let held = this.#held.get(area);
    if (!held) this.#held.set(area, (held = { entries: 0, bytes: 0, evicted: 0 }));
    return held;
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
