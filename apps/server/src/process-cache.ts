import { PgBus, RedisBus, type Bus, type Settings } from '@um/kernel';
import type { CacheSettings, OnBug } from './boot.js';
import { VERSION } from './version.js';

/** A bus that went silent is found out within this time: a change is to be seen within two seconds. */
const HEARTBEAT_MS = 500;

/** Changes are told over Redis where there is one, else over the database that all processes share. */
function openBus(redisUrl: string | undefined, databaseUrl: string, onBug: OnBug): Bus {
  const onError = (error: unknown): void => onBug('bus', error);
  return redisUrl === undefined
    ? new PgBus({ connectionString: databaseUrl, onError, heartbeatMs: HEARTBEAT_MS })
    : new RedisBus({ url: redisUrl, onError, heartbeatMs: HEARTBEAT_MS });
}

/** The cache of a process by its settings. `databaseUrl` is of any role. */
export function cacheOf(
  settings: Pick<Settings, 'UM_CACHE_MB' | 'UM_REDIS_URL'>,
  databaseUrl: string,
  onBug: OnBug,
): CacheSettings {
  const redisUrl = settings.UM_REDIS_URL?.reveal();
  const bus = openBus(redisUrl, databaseUrl, onBug);
  return { maxBytes: settings.UM_CACHE_MB * 1024 * 1024, redisUrl, bus, shape: VERSION };
}
