import { contextUrl } from '@um/server/operate';
import { runningPostgres } from '@um/kernel/postgres';
import pg from 'pg';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../tools/run.ts';
import { launch, type Running } from '../platform.ts';
import { Catalog, type CatalogSize, type Product } from './catalog.ts';
import { load } from './load.ts';

/** A platform with a catalog of some size, ready to be measured. */
export interface Stand {
  readonly url: string;
  readonly catalog: Catalog;
  /** Products from all over the catalog. */
  readonly some: readonly Product[];
  /** How long it took to make, in s: the tables of the truth, and the read model from them. */
  readonly seconds: { readonly truth: number; readonly readModel: number };
  /** Tables of the read model that were read from end to end so far, with how often. */
  scans(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

const SOME = 2_000;

/** Starts a platform in a folder of its own, fills it and builds its read model as an operator would. Nothing is answered from memory. */
export async function stand(size: CatalogSize, place: { folder: string; port: number }): Promise<Stand> {
  const dir = join(place.folder, `${size.products}-${size.sellers}`);
  const env = { UM_DATA_DIR: dir, UM_DEMO: 'off', UM_RATE_LIMITS: 'off', UM_METRICS_PORT: '0', UM_CACHE_MB: '0' };
  const log = join(place.folder, 'platform.log');
  const running = await launch('apps/server/dist/main.js', { port: place.port, log, ready: 'is ready after', env });
  try {
    const adminUrl = await databaseOf(dir);
    const began = performance.now();
    const catalog = new Catalog(size);
    await load(adminUrl, catalog);
    const loaded = performance.now();
    await inBulk(adminUrl, async () => {
      const rebuilt = await run('node', ['apps/cli/dist/main.js', 'search:rebuild'], { env });
      if (!rebuilt.ok) throw new Error(rebuilt.output);
    });
    const seconds = { truth: (loaded - began) / 1_000, readModel: (performance.now() - loaded) / 1_000 };
    const client = new pg.Client({ connectionString: contextUrl(adminUrl, secretOf(dir), 'search') });
    await client.connect();
    await client.query('set statement_timeout = 0');
    await client.query('vacuum analyze');
    return {
      url: running.url,
      catalog,
      some: someOf(size),
      seconds,
      scans: () => scansOf(client),
      stop: async () => {
        await client.end();
        await leave(running, dir);
      },
    };
  } catch (error) {
    await leave(running, dir);
    throw error;
  }
}

/** Builds an empty read model without its indexes and counts, which are made at once after it: as one restores a dump. */
async function inBulk(adminUrl: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const setting of ["max_wal_size = '8GB'", 'synchronous_commit = off', "maintenance_work_mem = '256MB'"])
      await client.query(`alter system set ${setting}`);
    await client.query('select pg_reload_conf()');
    await client.query('set search_path = search, extensions');
    const { rows } = await client.query<{ name: string; definition: string }>(
      // What writing itself looks things up by stays.
      `select indexname as name, indexdef as definition from pg_indexes
       where schemaname = 'search' and tablename in ('item', 'shelf', 'word') and indexdef not like '%UNIQUE%' and indexname <> 'shelf_of_product'`,
    );
    for (const { name } of rows) await client.query(`drop index ${name}`);
    await client.query('alter table item disable trigger user');
    await work();
    await client.query('alter table item enable trigger user');
    await client.query('set role um_search; set statement_timeout = 0');
    for (const { definition } of rows) await client.query(definition);
    await client.query('begin; select mend_tally(); commit');
  } finally {
    await client.end();
  }
}

async function leave(running: Running, dir: string): Promise<void> {
  await running.stop();
  rmSync(dir, { recursive: true, force: true });
}

const secretOf = (dir: string): string => readFileSync(join(dir, 'secret'), 'utf8').trim();

async function databaseOf(dir: string): Promise<string> {
  const database = await runningPostgres({ dir: join(dir, 'postgres') });
  if (!database) throw new Error('the platform has no PostgreSQL of its own');
  return database.url(database.superuser, undefined, 'ultramarket');
}

/** Products from all over a catalog, made again. */
function someOf(size: CatalogSize): Product[] {
  const step = Math.max(1, Math.floor(size.products / SOME));
  const some: Product[] = [];
  let n = 0;
  for (const product of new Catalog(size).products()) if (n++ % step === 0) some.push(product);
  return some;
}

async function scansOf(client: pg.Client): Promise<ReadonlyMap<string, number>> {
  await client.query('select pg_stat_clear_snapshot()');
  const { rows } = await client.query<{ name: string; scans: string }>(
    "select relname as name, seq_scan as scans from pg_stat_user_tables where schemaname = 'search' and n_live_tup > 1000",
  );
  return new Map(rows.map(({ name, scans }) => [name, Number(scans)]));
}
