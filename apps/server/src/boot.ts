import 'reflect-metadata';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  cronJob,
  trimStandardTables,
  AccessGuard,
  addHooks,
  AmqpTransport,
  Authenticator,
  type Cache,
  Clock,
  HotAnswers,
  LocalTransport,
  openSchema,
  ProblemFilter,
  Relay,
  JobHandlers,
  type Limits,
  limitRequests,
  SchemaPipe,
  Subscriptions,
  Wire,
  type Db,
  type FinishedRequest,
  type JobSink,
  type Mode,
  type StandardTables,
} from '@um/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Socket } from 'node:net';
import type { Kysely } from 'kysely';
import { createApp } from './create-app.js';
import { addHealth, type Readiness } from './health.js';
import { rootModule } from './platform-module.js';
import { registry } from './registry.js';
import { checkRoutes } from './routes.js';
import { openCache, type CacheSettings } from './process-cache.js';

/** Called with a failure that is a bug: where it happened, and its cause. */
export type OnBug = (where: string, error: unknown, requestId?: string) => void;

/** Jobs of a process: fed by the relay, worked by its contexts. */
export interface JobRunner extends JobSink {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface BootOptions {
  /** Contexts this process runs. */
  readonly services: readonly string[];
  readonly mode: Mode;
  /** Base URLs of contexts in other processes. */
  readonly peers: Readonly<Record<string, string>>;
  /** Connection string of a context's own role. */
  readonly databaseUrl: (context: string) => string;
  readonly poolMax: number;
  readonly secret: string;
  readonly amqpUrl: string | undefined;
  readonly clock?: Clock;
  /** Who may do what how often. */
  readonly limits: Limits;
  /** What the process keeps in memory; little, and alone, when left out. */
  readonly cache?: CacheSettings;
  readonly trustProxy?: boolean | number | string;
  readonly jobs: (handlers: JobHandlers, clock: Clock) => JobRunner;
  /** False for a command beside a running platform: it delivers no facts and works no jobs. */
  readonly background?: boolean;
  /** Tokens that contexts inject besides the shared ones. */
  readonly values?: ReadonlyMap<symbol | string | Type, unknown>;
  readonly onBug: OnBug;
  readonly onRequest?: (request: FinishedRequest) => void;
  readonly observe?: Observers;
  /** Adds what is not a context to the server: storefront, panel, forwarding. */
  readonly edge?: (platform: {
    app: NestFastifyApplication;
    fastify: FastifyInstance;
    authenticator: Authenticator;
    cache: Cache;
    hot: HotAnswers;
    onBug: (error: unknown, request: FastifyRequest) => void;
  }) => Promise<void>;
}

/** Where figures go. */
export interface Observers {
  readonly query?: (context: string, seconds: number, failed: boolean) => void;
  readonly call?: (contract: string, method: string, seconds: number, failed: boolean) => void;
  readonly load?: (area: string, seconds: number, failed: boolean) => void;
}

/** A running process of the platform. */
export interface Platform {
  readonly app: NestFastifyApplication;
  readonly fastify: FastifyInstance;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly databases: ReadonlyMap<string, Db<StandardTables>>;
  readonly cache: Cache;
  readonly hot: HotAnswers;
  /** What this process does in the background, by name. */
  readonly handlers: JobHandlers;
  listen(port: number, host: string): Promise<string>;
  /** Delivers recorded facts now; resolves when nothing is due. For tests and commands. */
  settle(): Promise<void>;
  /** Refuses new work, finishes what runs, closes everything. */
  stop(): Promise<void>;
}

/** False for what the process asks itself, for a page it renders. */
const overTheNetwork = (request: FastifyRequest): boolean => request.raw.socket instanceof Socket;

const UPLOAD_LIMIT = 10 * 1024 * 1024;

function openDatabases(options: BootOptions, onBug: OnBug): Map<string, Db<StandardTables>> {
  const owners = options.services.filter((name) => registry[name]!.ownsTables);
  return new Map(
    owners.map((context) => [
      context,
      openSchema<StandardTables>({
        url: options.databaseUrl(context),
        context,
        max: options.poolMax,
        prepare: registry[context]!.plansByValue ? 'writes' : 'all',
        observe: (seconds, failed) => options.observe?.query?.(context, seconds, failed),
        onIdleError: (error) => onBug(`database ${context}`, error),
      }),
    ]),
  );
}

/** Hooks, parsing, access and problems of every route, then the routes themselves. */
async function openHttp(
  options: BootOptions,
  app: NestFastifyApplication,
  clock: Clock,
  cache: Cache,
  hot: HotAnswers,
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const onBug = (error: unknown, request: FastifyRequest): void =>
    options.onBug(`${request.method} ${request.routeOptions.url ?? request.url}`, error, request.id);
  await app.register(cookie as never);
  await app.register(multipart, { limits: { fileSize: UPLOAD_LIMIT, files: 1 } });
  addHooks(fastify, (request) => options.onRequest?.(request));
  limitRequests(fastify, options.limits, onBug, overTheNetwork);
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalFilters(new ProblemFilter(onBug));
  const authenticator = app.get(Authenticator);
  app.useGlobalGuards(new AccessGuard(authenticator, clock, options.secret));
  await options.edge?.({ app, fastify, authenticator, cache, hot, onBug });
  await app.init();
  await fastify.ready();
}

/** Starts the given contexts in this process. Nothing listens until `listen` is called. */
export async function boot(options: BootOptions): Promise<Platform> {
  const clock = options.clock ?? new Clock();
  const readiness: Readiness = { started: false, draining: false };
  const subscriptions = new Subscriptions();
  const handlers = new JobHandlers();
  const {
    cache,
    census,
    close: closeCache,
  } = openCache({
    settings: options.cache,
    chained: options.mode === 'split',
    services: options.services,
    onBug: options.onBug,
    observe: options.observe?.load,
  });
  const hot = new HotAnswers(cache);
  const wire = new Wire({
    mode: options.mode,
    peers: options.peers,
    secret: options.secret,
    ...(options.observe?.call ? { observe: options.observe.call } : {}),
  });
  const databases = openDatabases(options, options.onBug);
  const modules = await Promise.all(options.services.map((name) => registry[name]!.load()));
  checkRoutes(modules);
  const { limits, secret } = options;
  const onBug = (where: string, error: unknown): void => options.onBug(where, error);
  const shared = { wire, subscriptions, jobs: handlers, limits, clock, cache, census, hot, secret, onBug, databases };
  const root = rootModule({ ...shared, values: options.values ?? new Map() }, modules);
  const { trustProxy = false } = options;
  const finished = (request: FinishedRequest): void => options.onRequest?.(request);
  const app = await createApp(root, { hot, readiness, trustProxy, finished });
  const fastify = app.getHttpAdapter().getInstance();
  addHealth(fastify, readiness, databases as unknown as ReadonlyMap<string, Kysely<unknown>>, options.services);
  await openHttp(options, app, clock, cache, hot);
  for (const [context, db] of databases)
    handlers.add(cronJob(`${context}.retention`, '17 * * * *'), (ctx) => trimStandardTables(db, ctx.now));
  const jobs = options.jobs(handlers, clock);
  const delivery = await startDelivery(options, jobs, subscriptions, databases, clock, () => void cache.purge());
  readiness.started = true;
  const own = { app, fastify, wire, clock, databases, cache, hot, handlers };
  return platform({ ...own, readiness, delivery, jobs, limits, closeCache });
}

interface Delivery {
  readonly relays: readonly Relay[];
  readonly amqp: AmqpTransport | undefined;
}

async function startDelivery(
  options: BootOptions,
  jobs: JobRunner,
  subscriptions: Subscriptions,
  databases: ReadonlyMap<string, Db<StandardTables>>,
  clock: Clock,
  onGap: () => void,
): Promise<Delivery> {
  if (options.background === false) return { relays: [], amqp: undefined };
  const amqp =
    options.mode === 'split' && options.amqpUrl
      ? new AmqpTransport(
          options.amqpUrl,
          subscriptions,
          (what, error) => options.onBug(`broker ${what}`, error),
          onGap,
        )
      : undefined;
  if (options.mode === 'split' && !amqp)
    throw new Error('split mode hands facts over through RabbitMQ: set UM_AMQP_URL');
  await amqp?.start();
  await jobs.start();
  const transport = amqp ?? new LocalTransport(subscriptions);
  const relays = [...databases].map(
    ([context, db]) =>
      new Relay({
        context,
        db,
        transport,
        jobs,
        clock,
        onError: (ctx, name, error) => options.onBug(`relay ${ctx} ${name}`, error),
      }),
  );
  for (const relay of relays) relay.start();
  return { relays, amqp };
}

interface Parts extends Omit<Platform, 'listen' | 'settle' | 'stop'> {
  readonly readiness: Readiness;
  readonly delivery: Delivery;
  readonly jobs: JobRunner;
  readonly limits: Limits;
  readonly closeCache: () => Promise<void>;
}

function platform(parts: Parts): Platform {
  const { app, delivery, databases, readiness, jobs, limits } = parts;
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    readiness.draining = true;
    await app.close();
    await jobs.stop();
    await Promise.all(delivery.relays.map((relay) => relay.stop()));
    await delivery.amqp?.stop();
    limits.close();
    await parts.closeCache();
    await Promise.all([...databases.values()].map((db) => db.destroy()));
  };
  return {
    ...parts,
    listen: async (port, host) => {
      await app.listen(port, host);
      return app.getUrl();
    },
    settle: async () => {
      for (let moved = 1; moved > 0;)
        moved = (await Promise.all(delivery.relays.map((relay) => relay.catchUp()))).reduce((a, b) => a + b, 0);
    },
    stop: () => (stopping ??= stop()),
  };
}
