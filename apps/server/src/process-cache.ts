import { Cache, Census, PgBus, RedisBus, type Bus, type Settings } from '@um/kernel';
import { VERSION } from './version.js';

type OnBug = (where: string, error: unknown) => void;

/** How a process keeps what it has loaded. */
export interface CacheSettings {
  readonly maxBytes: number;
  readonly redisUrl?: string | undefined;
  /** Tells the other processes what changed; without one there are none. It is closed with the cache. */
  readonly bus?: Bus | undefined;
  /** The release: another one does not read the values of this one. */
  readonly shape?: string;
}

/** While nobody can tell of changes, values live this long in memory: a change is seen within two seconds, bus or not. */
const BLIND_MS = 1_500;
/** How long the end of a process waits until its last changes are told to the others. */
const LAST_WORDS_MS = 2_000;
const LITTLE: CacheSettings = { maxBytes: 16 * 1024 * 1024 };

/** A bus that went silent is found out within this time: a change is to be seen within two seconds. */
const HEARTBEAT_MS = 500;

const MINUTE = 60_000;
const MOST_KINDS = 100;

/** Tells each kind of failure once a minute: Redis that is away is met hundreds of times a second, and known from the first. */
export function onceAMinute(onBug: OnBug): OnBug {
  const told = new Map<string, number>();
  return (where, error) => {
    const kind = `${where} ${error instanceof Error ? error.message : String(error)}`;
    const now = Date.now();
    if (now - (told.get(kind) ?? 0) < MINUTE) return;
    if (told.size >= MOST_KINDS) told.clear();
    told.set(kind, now);
    onBug(where, error);
  };
}

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
  const bus = openBus(redisUrl, databaseUrl, onceAMinute(onBug));
  return { maxBytes: settings.UM_CACHE_MB * 1024 * 1024, redisUrl, bus, shape: VERSION };
}

/** Opens the cache of a process; little, and alone, without settings. */
export function openCache(options: {
  readonly settings: CacheSettings | undefined;
  readonly chained: boolean;
  /** Contexts of this process, for those who ask what its cache does. */
  readonly services: readonly string[];
  readonly onBug: OnBug;
  readonly observe: ((area: string, seconds: number, failed: boolean) => void) | undefined;
}): { readonly cache: Cache; readonly census: Census; readonly close: () => Promise<void> } {
  const { settings = LITTLE, chained, services, observe } = options;
  const onBug = onceAMinute(options.onBug);
  const cache = new Cache({
    ...settings,
    name: 'um',
    chained,
    blindMs: BLIND_MS,
    onError: (error) => onBug('cache', error),
    ...(observe ? { observe } : {}),
  });
  const census = new Census({ cache, bus: settings.bus, services, onError: (error) => onBug('census', error) });
  const close = async (): Promise<void> => {
    if (!(await cache.settle(LAST_WORDS_MS))) onBug('cache', new Error('some changes could not be told to others'));
    census.close();
    cache.close();
    await settings.bus?.close();
  };
  return { cache, census, close };
}
