import { FILE_FOLDER, FILE_LIBRARY } from '@um/file';
import { JobQueue, keptSecret, Limits, readSettings, type Settings } from '@um/kernel';
import { runningPostgres, startPostgres } from '@um/kernel/postgres';
import {
  boot,
  cacheOf,
  contextUrl,
  ensureDatabase,
  JOBS_SCHEMA,
  prepareDatabase,
  tableOwners,
  type JobRunner,
  type Platform,
} from '@um/server/operate';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const DATABASE = 'ultramarket';

/** An open database, as its administrator. */
export interface Opened {
  readonly settings: Settings;
  readonly adminUrl: string;
  readonly secret: string;
  /** Leaves a server that was running before as it was. */
  close(): Promise<void>;
}

/** A command was asked for what cannot be done; the message tells what to do instead. */
export class CommandError extends Error {}

/** The database of the settings: the given server, the embedded one that runs already, or the embedded one started for this command. */
export async function openDatabase({ create }: { readonly create: boolean }): Promise<Opened> {
  const settings = readSettings(process.env);
  const dataDir = path.resolve(settings.UM_DATA_DIR);
  const dir = path.join(dataDir, 'postgres');
  if (settings.UM_DATABASE_URL && !settings.UM_SECRET && !existsSync(path.join(dataDir, 'secret')))
    throw new CommandError('UM_SECRET is needed: it opens the roles of the contexts in UM_DATABASE_URL.');
  if (!settings.UM_DATABASE_URL && !create && !existsSync(dir))
    throw new CommandError(
      `there is no database in ${dir}. Set UM_DATA_DIR or UM_DATABASE_URL, or run \`um migrate\`.`,
    );
  const secret = (settings.UM_SECRET ?? keptSecret(dataDir)).reveal();
  if (settings.UM_DATABASE_URL)
    return { settings, secret, adminUrl: settings.UM_DATABASE_URL.reveal(), close: async () => undefined };
  const running = await runningPostgres({ dir });
  if (running)
    return {
      settings,
      secret,
      adminUrl: running.url(running.superuser, undefined, DATABASE),
      close: async () => undefined,
    };
  const own = await startPostgres({ dir });
  await ensureDatabase(own.url(own.superuser, undefined, 'postgres'), DATABASE);
  return { settings, secret, adminUrl: own.url(own.superuser, undefined, DATABASE), close: () => own.stop() };
}

/** Brings roles, schemas and tables of every context up to date; answers the applied migrations by context. */
export async function migrateAll({ adminUrl, secret }: Opened): Promise<Map<string, readonly string[]>> {
  const applied = new Map<string, readonly string[]>();
  await prepareDatabase(adminUrl, secret, tableOwners, (context, names) => void applied.set(context, names));
  return applied;
}

const idle: JobRunner = {
  start: async () => undefined,
  stop: async () => undefined,
  insertMany: async () => undefined,
};

const report = (where: string, error: unknown): void =>
  void process.stderr.write(`${where}: ${error instanceof Error ? error.message : String(error)}\n`);

/**
 * Runs what a command does with every context in this process and no port, and closes everything after it. With `writes`
 * recorded facts are delivered here and jobs are left in the queue for the server; without it nothing happens in the background.
 */
export async function withPlatform<T>(
  { adminUrl, secret, settings }: Opened,
  { writes }: { readonly writes: boolean },
  work: (platform: Platform) => Promise<T>,
): Promise<T> {
  let ended = false; // connections that notice the end are no news
  const demo = path.dirname(createRequire(import.meta.url).resolve('@um/demo/package.json'));
  const platform = await boot({
    services: tableOwners,
    mode: 'local',
    peers: {},
    databaseUrl: (context) => contextUrl(adminUrl, secret, context),
    poolMax: 2,
    secret,
    amqpUrl: undefined,
    limits: new Limits({ enabled: false }),
    background: writes,
    ...(writes ? { cache: cacheOf(settings, contextUrl(adminUrl, secret, JOBS_SCHEMA), report) } : {}),
    values: new Map([
      [FILE_LIBRARY, path.join(demo, 'dist', 'pictures')],
      [FILE_FOLDER, path.resolve(settings.UM_DATA_DIR, 'files')],
    ]),
    jobs: (handlers, clock) =>
      writes
        ? new JobQueue({
            connectionString: contextUrl(adminUrl, secret, JOBS_SCHEMA),
            schema: JOBS_SCHEMA,
            handlers,
            clock,
            works: false,
            onError: (job, error) => report(`job ${job}`, error),
          })
        : idle,
    onBug: (where, error) => void (ended || report(where, error)),
  });
  try {
    return await work(platform);
  } finally {
    ended = true;
    await platform.stop();
  }
}
