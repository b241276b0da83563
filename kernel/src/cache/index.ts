export { LocalBus, type Bus, type BusListener } from './bus.js';
export { Cache, cacheKey, viewerTag, type CacheOptions, type Keep } from './cache.js';
export { PgBus, type PgBusOptions } from './pg-bus.js';
export { RedisBus, type RedisBusOptions } from './redis-bus.js';
export { closeRedis, openRedis } from './redis.js';
export type { CacheStats } from './stats.js';
export { Warmup, type Warming, type WarmupOptions } from './warmup.js';
