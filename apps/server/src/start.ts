import { registerAdmin } from '@um/admin/server';
import { FILE_FOLDER, FILE_LIBRARY } from '@um/file';
import {
  JobQueue,
  keptSecret,
  Limits,
  logRequest,
  Metrics,
  outboxState,
  serveMetrics,
  type Logger,
  type Settings,
  type Warmup,
} from '@um/kernel';
import { keepPostgres, type KeptPostgres } from '@um/kernel/postgres';
import { PAYMENT_SANDBOX } from '@um/payment';
import { categoryPages, firstPages, registerWeb } from '@um/web';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { boot, type BootOptions, type Platform } from './boot.js';
import { JOBS_SCHEMA, prepareDatabase } from './database.js';
import { edge } from './edge.js';
import { cacheOf } from './process-cache.js';
import { ensureDatabase } from './postgres/ensure.js';
import { contextUrl } from './postgres/provision.js';
import { servicesFrom, tableOwners } from './registry.js';
import { VERSION } from './version.js';
import { warming } from './warm.js';

export type OnStep = (line: string) => void;

/** A started process, with what has to be stopped after it. */
export interface Started {
  readonly platform: Platform;
  readonly services: readonly string[];
  readonly adminUrl: string;
  readonly secret: string;
  /** Lets running work finish, then closes everything, the own database last. */
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);
const DATABASE = 'ultramarket';

/** The administrator's connection: the given server, or the one from the box. */
async function openDatabase(
  settings: Settings,
  log: Logger,
): Promise<{ adminUrl: string; own: KeptPostgres | undefined }> {
  if (settings.UM_DATABASE_URL) return { adminUrl: settings.UM_DATABASE_URL.reveal(), own: undefined };
  const own = await keepPostgres({
    dir: path.join(settings.UM_DATA_DIR, 'postgres'),
    log: (line) => log.warn({ postgres: line }, 'postgres'),
  });
  await ensureDatabase(own.url(own.superuser, undefined, 'postgres'), DATABASE);
  return { adminUrl: own.url(own.superuser, undefined, DATABASE), own };
}

/** Where the drawn pictures of the demo lie. */
const pictureLibrary = (): string =>
  path.join(path.dirname(require.resolve('@um/demo/package.json')), 'dist', 'pictures');

function values(settings: Settings, dataDir: string): NonNullable<BootOptions['values']> {
  return new Map<symbol | string, unknown>([
    [FILE_LIBRARY, pictureLibrary()],
    [FILE_FOLDER, path.join(dataDir, 'files')],
    ...(settings.UM_DEMO
      ? ([[PAYMENT_SANDBOX, { platformUrl: () => `http://127.0.0.1:${settings.PORT}` }]] as const)
      : []),
  ]);
}

/** What the process with the entrance serves besides the API. */
function entrance(
  settings: Settings,
  services: readonly string[],
  metrics: Metrics,
  onBug: BootOptions['onBug'],
): NonNullable<BootOptions['edge']> {
  return edge({
    services,
    peers: settings.UM_PEERS,
    version: VERSION,
    onSocket: (change) => metrics.connection('live', true, change),
    onLiveBug: (error) => onBug('live channel', error),
    pages: async ({ fastify, cache, tags, onBug: onHttpBug }) => {
      await registerAdmin(fastify);
      await registerWeb(fastify, { cache, tags, onBug: onHttpBug });
    },
  });
}

const observers = (metrics: Metrics): NonNullable<BootOptions['observe']> => ({
  query: metrics.query,
  call: metrics.call,
  load: metrics.cacheLoad,
});

function bootOptions(
  settings: Settings,
  log: Logger,
  metrics: Metrics,
  services: readonly string[],
  database: { adminUrl: string; secret: string },
): BootOptions {
  const onBug: BootOptions['onBug'] = (where, error, requestId) =>
    log.error({ err: error, where, requestId }, 'unexpected failure');
  const { adminUrl, secret } = database;
  return {
    services,
    mode: settings.UM_MODE,
    peers: settings.UM_PEERS,
    databaseUrl: (context) => contextUrl(adminUrl, secret, context),
    poolMax: settings.UM_POOL_MAX,
    secret,
    amqpUrl: settings.UM_AMQP_URL?.reveal(),
    trustProxy: settings.UM_TRUST_PROXY,
    limits: new Limits({
      enabled: settings.UM_RATE_LIMITS,
      redisUrl: settings.UM_REDIS_URL?.reveal(),
      onError: (error) => onBug('limits', error),
      onRefused: metrics.limited,
    }),
    cache: cacheOf(settings, contextUrl(adminUrl, secret, JOBS_SCHEMA), onBug),
    jobs: (handlers, clock) => {
      const queue = new JobQueue({
        connectionString: contextUrl(adminUrl, secret, JOBS_SCHEMA),
        schema: JOBS_SCHEMA,
        handlers,
        clock,
        works: settings.UM_JOBS,
        observe: metrics.job,
        onError: (job, error) => onBug(`job ${job}`, error),
      });
      metrics.watchQueues(() => queue.states());
      return queue;
    },
    values: values(settings, settings.UM_DATA_DIR),
    onBug,
    onRequest: (request) => {
      metrics.request(request);
      logRequest(log, request);
    },
    observe: observers(metrics),
    ...(services.includes('gateway') ? { edge: entrance(settings, services, metrics, onBug) } : {}),
  };
}

/** Opens the port of the figures; a taken port is told and does not keep the platform from starting. */
async function openMetrics(
  settings: Settings,
  metrics: Metrics,
  platform: Platform,
  log: Logger,
): Promise<() => Promise<void>> {
  metrics.watchCache(() => platform.cache.stats());
  for (const [context, db] of platform.databases) metrics.watchOutbox(context, () => outboxState(db));
  if (settings.UM_METRICS_PORT === 0) return async () => undefined;
  try {
    const server = await serveMetrics(metrics, {
      port: settings.UM_METRICS_PORT,
      host: settings.UM_HOST,
      onError: (error) => log.error({ err: error }, 'metrics'),
    });
    return () => server.close();
  } catch (error) {
    log.warn({ err: error, port: settings.UM_METRICS_PORT }, 'the port of the metrics is taken: set UM_METRICS_PORT');
    return async () => undefined;
  }
}

/** Begins to keep first pages ready; nobody waits for it. */
function warmed(settings: Settings, { fastify, hot }: Platform, log: Logger): Warmup {
  const host = new URL(settings.UM_PUBLIC_URL).host;
  const onError = (name: string, error: unknown): void => log.warn({ err: error, warming: name }, 'cache not warmed');
  const warmup = warming({ fastify, hot, host, pages: firstPages, categoryPages, onError });
  void warmup.start();
  return warmup;
}

/** Starts a process of the platform by its settings: database, roles, tables, contexts, entrance; it listens when this resolves. */
export async function start(settings: Settings, log: Logger, onStep: OnStep): Promise<Started> {
  mkdirSync(settings.UM_DATA_DIR, { recursive: true });
  const secret = (settings.UM_SECRET ?? keptSecret(settings.UM_DATA_DIR)).reveal();
  const services = servicesFrom(settings.UM_SERVICES === 'all' ? 'all' : settings.UM_SERVICES.join(','));
  onStep(settings.UM_DATABASE_URL ? 'Connecting to the database' : 'Starting PostgreSQL');
  const { adminUrl, own } = await openDatabase(settings, log);
  try {
    const owners = services.filter((name) => tableOwners.includes(name));
    await prepareDatabase(adminUrl, secret, owners, (context, applied) => {
      if (applied.length > 0) onStep(`Preparing the tables of ${context}`);
    });
    onStep('Starting the services');
    const metrics = new Metrics({
      service: settings.UM_SERVICES === 'all' ? 'ultramarket' : services.join(','),
      release: VERSION,
    });
    const platform = await boot(bootOptions(settings, log, metrics, services, { adminUrl, secret }));
    const closeMetrics = await openMetrics(settings, metrics, platform, log);
    await platform.listen(settings.PORT, settings.UM_HOST).catch(async (error: unknown) => {
      await platform.stop();
      throw error;
    });
    const warmup = services.includes('gateway') ? warmed(settings, platform, log) : undefined;
    const stop = async (): Promise<void> => {
      await warmup?.stop();
      await platform.stop();
      await closeMetrics();
      await own?.stop();
    };
    return { platform, services, adminUrl, secret, stop };
  } catch (error) {
    await own?.stop();
    throw error;
  }
}
