import { FixedClock, JobQueue, Limits, Secret, systemCtx } from '@um/kernel';
import { inject } from 'vitest';
import { boot, type BootOptions, type Platform } from './boot.js';
import { JOBS_SCHEMA } from './database.js';
import { contextUrl } from './postgres/provision.js';
import { cacheOf } from './process-cache.js';
import { freshDatabase, runAs } from './postgres/test-database.js';
import { somethingDue } from './testing.queries.js';
import { contextNames } from './registry.js';
import { TEST_SECRET } from './testing-names.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Administrator's connection string of the run's PostgreSQL server, without a database. */
    readonly postgres: string;
  }
}

export interface TestOptions {
  /** Contexts to run; all of them when left out. A call to an absent one answers `wire.UNAVAILABLE`. */
  readonly services?: readonly string[];
  readonly mode?: 'local' | 'wire';
  /** Holds requests to their limits; left out, nobody is held. */
  readonly limits?: boolean;
  readonly values?: ReadonlyMap<symbol | string, unknown>;
  readonly now?: Date;
  /** A platform whose database this one shares, as a second process of it. That one is stopped last. */
  readonly beside?: TestPlatform;
  /** Tells other processes what changed, over Redis or over the database; nobody is told when left out. */
  readonly cache?: { readonly redisUrl?: string };
  /** Adds what is not a context, such as the entrance. */
  readonly edge?: NonNullable<BootOptions['edge']>;
}

/** A platform of a test: real database, real queue, its own clock. */
export interface TestPlatform extends Platform {
  readonly clock: FixedClock;
  /** Administrator's connection string of the test's database. */
  readonly url: string;
  /** Failures that were bugs; a test that expects none checks that it is empty. */
  readonly bugs: { readonly where: string; readonly error: unknown }[];
  /** Runs a statement as a context's own role. */
  rows(context: string, text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Does a background job now, as its schedule would. */
  work(job: string): Promise<void>;
}

/** Boots contexts for a test on a database of its own. Stop it in `afterAll`. */
export async function testPlatform(options: TestOptions = {}): Promise<TestPlatform> {
  const database = options.beside ? sharedWith(options.beside) : await freshDatabase(inject('postgres'));
  const services = options.services ?? contextNames;
  const clock = new FixedClock(options.now ?? new Date('2026-03-02T08:00:00Z'));
  const bugs: { where: string; error: unknown }[] = [];
  let ended = false; // the database is taken away at the end: connections that notice are no bugs
  const onBug = (where: string, error: unknown): void => void (ended || bugs.push({ where, error }));
  const platform = await boot({
    services,
    mode: options.mode ?? (process.env['UM_MODE'] === 'wire' ? 'wire' : 'local'),
    peers: {},
    databaseUrl: (context) => contextUrl(database.url, TEST_SECRET, context),
    poolMax: 12,
    secret: TEST_SECRET,
    amqpUrl: undefined,
    limits: new Limits({ enabled: options.limits ?? false }),
    clock,
    jobs: (handlers, time) =>
      new JobQueue({
        connectionString: contextUrl(database.url, TEST_SECRET, JOBS_SCHEMA),
        schema: JOBS_SCHEMA,
        handlers,
        clock: time,
        onError: onBug,
        pollSeconds: 0.5,
      }),
    values: options.values ?? new Map(),
    ...(options.cache ? { cache: cacheOf(settingsOf(options.cache), database.url, onBug) } : {}),
    ...(options.edge ? { edge: options.edge } : {}),
    onBug,
  });
  const rows = (context: string, text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
    runAs(contextUrl(database.url, TEST_SECRET, context), text, values);
  return {
    ...platform,
    clock,
    url: database.url,
    bugs,
    rows,
    settle: () => settled(platform, clock),
    work: async (job) => void (await platform.handlers.of(job)!.handle(systemCtx(clock.now()), {})),
    stop: async () => {
      await platform.stop();
      ended = true;
      await database.drop();
    },
  };
}

const sharedWith = ({ url }: TestPlatform) => ({ url, drop: () => Promise.resolve() });

const settingsOf = ({ redisUrl }: NonNullable<TestOptions['cache']>) => ({
  UM_CACHE_MB: 16,
  UM_REDIS_URL: redisUrl === undefined ? undefined : new Secret(redisUrl),
});

/** Delivers until no fact is due any more, including those that handlers recorded meanwhile. */
async function settled(platform: Platform, clock: FixedClock): Promise<void> {
  do await platform.settle();
  while (
    (await Promise.all([...platform.databases.values()].map((db) => somethingDue(db, clock.now())))).some(Boolean)
  );
}
