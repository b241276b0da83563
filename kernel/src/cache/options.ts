import type { Bus } from './bus.js';

export interface CacheOptions {
  readonly name: string;
  readonly maxBytes: number;
  /** The second level; without it the cache works the same in memory alone. */
  readonly redisUrl?: string | undefined;
  /** Told when the shape of kept values changes, usually the release. */
  readonly shape?: string;
  readonly bus?: Bus | undefined;
  readonly onError?: (error: unknown) => void;
  /** Lives are shortened at random by up to this share, so that they do not end together. */
  readonly jitter?: number;
  /** Longest life in memory while the bus is lost and nobody can tell what changed. */
  readonly blindMs?: number;
  /** Values are loaded from other processes that keep them too: what changed is thrown away again once those have heard of it. */
  readonly chained?: boolean;
  /** Told of every load: its area, how long it took, whether it failed. */
  readonly observe?: (area: string, seconds: number, failed: boolean) => void;
}

export interface Keep {
  /** Life in ms. */
  readonly ttl: number;
  /** What throws it away before that. */
  readonly tags?: readonly string[];
  /** How long after its life it may still be given when the source fails or is slow, in ms. Invalidated values never are. */
  readonly grace?: number;
  /** Whose it is. Anything personal must say so: the key holds it, and `invalidateViewer` throws it away. */
  readonly viewer?: string;
  /** Under whose figures it counts; the cache's own when left out. */
  readonly area?: string;
}
