import { Wire, type Client, type Contract } from '@um/kernel';
import { startPostgres } from '@um/kernel/postgres';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { contextNames } from '../../apps/server/src/registry.js';
import { startBroker } from './broker.js';
import { freePort, Server } from './processes.js';

export type HouseMode = 'local' | 'wire' | 'split';

const SECRET = 'a-secret-of-the-journeys-0123456789abcdef';

/** A running platform, in one process or in one per context, on a database and, split, a broker of its own. */
export interface House {
  /** Address of the entrance. */
  readonly url: string;
  /** Processes by what they run; `all` in one process. */
  readonly servers: ReadonlyMap<string, Server>;
  readonly client: <K extends Contract>(contract: K) => Client<K>;
  /** Runs a statement as the database's administrator. */
  sql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  readonly database: {
    /** Takes the database server away as a power cut would. */
    kill(): void;
    /** Starts it again on what is on disk. */
    start(): Promise<void>;
  };
  stop(): Promise<void>;
}

/** The settings of each process of a way of running. */
async function settings(
  mode: HouseMode,
  dir: string,
  databaseUrl: string,
  amqpUrl: string,
): Promise<Map<string, Server>> {
  const common = { UM_MODE: mode, UM_SECRET: SECRET, UM_DATABASE_URL: databaseUrl, UM_DEMO: 'on', UM_POOL_MAX: '4' };
  const folder = (name: string): string => {
    const made = path.join(dir, name);
    mkdirSync(made);
    // An import that is complete already: the story brings its own shop.
    writeFileSync(path.join(made, 'demo-sign-ins.json'), JSON.stringify({ people: [], children: [], complete: true }));
    return made;
  };
  if (mode !== 'split')
    return new Map([['all', new Server(await freePort(), { ...common, UM_DATA_DIR: folder('all') })]]);
  const ports = new Map<string, number>();
  for (const context of contextNames) ports.set(context, await freePort());
  const peers = [...ports].map(([context, port]) => `${context}=http://127.0.0.1:${port}`).join(',');
  return new Map(
    [...ports].map(([context, port]) => [
      context,
      new Server(port, {
        ...common,
        UM_DATA_DIR: folder(context),
        UM_SERVICES: context,
        UM_PEERS: peers,
        UM_AMQP_URL: amqpUrl,
      }),
    ]),
  );
}

/** Starts the built platform in one of its ways of running; resolves when every process is ready. */
export async function openHouse(mode: HouseMode): Promise<House> {
  const dir = mkdtempSync(path.join(tmpdir(), 'um-journey-'));
  chmodSync(dir, 0o711); // as root, PostgreSQL runs as somebody else, who must be able to pass through
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.reverse()) await close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const cluster = { dir: path.join(dir, 'postgres') };
    let postgres = await startPostgres(cluster);
    closing.push(() => postgres.stop());
    const admin = new pg.Client({ connectionString: postgres.url(postgres.superuser, undefined, 'postgres') });
    await admin.connect();
    await admin.query('create database ultramarket');
    await admin.end();
    const databaseUrl = postgres.url(postgres.superuser, undefined, 'ultramarket');
    const broker = mode === 'split' ? await startBroker(path.join(dir, 'rabbit')) : undefined;
    if (broker) closing.push(() => broker.stop());
    const servers = await settings(mode, dir, databaseUrl, broker?.url ?? '');
    closing.push(() => Promise.all([...servers.values()].map((server) => server.end('SIGTERM'))));
    await Promise.all([...servers.values()].map((server) => server.start()));
    const db = new pg.Pool({ connectionString: databaseUrl, max: 1 });
    db.on('error', () => undefined); // an idle connection fell with a killed server; the next one is new
    closing.push(() => db.end());
    const at = (context: string): string => (servers.get(context) ?? servers.get('all')!).url;
    const peers = Object.fromEntries(contextNames.map((context) => [context, at(context)]));
    const wire = new Wire({ mode: 'split', peers, secret: SECRET });
    return {
      url: at('gateway'),
      servers,
      client: (contract) => wire.client(contract) as never,
      sql: async (text, values = []) => (await db.query(text, [...values])).rows as Record<string, unknown>[],
      database: {
        kill: () => process.kill(postgres.pid, 'SIGKILL'),
        start: async () => {
          postgres = await startPostgres(cluster);
        },
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
