import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { inject } from 'vitest';
import { openSchema, type Db, type StandardTables } from './db.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Administrator's connection string of the run's PostgreSQL server, without a database. */
    readonly postgres: string;
  }
}

const standardTables = fileURLToPath(new URL('../sql/0000_standard.sql', import.meta.url));

/** A database of a test: empty but for the kernel's own tables in `public`, and a schema `job` for queues. */
export interface TestDatabase {
  readonly url: string;
  readonly db: Db<StandardTables>;
  query<R extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** Cuts every connection to it, as a restart of the server would. */
  cut(): Promise<void>;
  drop(): Promise<void>;
}

async function as<R extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Makes a database on the run's PostgreSQL server. Drop it in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const base = inject('postgres');
  const name = `kernel_${randomBytes(6).toString('hex')}`;
  const at = (database: string): string => base.replace('/?', `/${database}?`);
  await as(at('postgres'), `create database ${name}`);
  const url = at(name);
  await as(url, 'create schema job');
  await as(url, readFileSync(standardTables, 'utf8'));
  const db = openSchema<StandardTables>({ url, context: 'test', max: 4 });
  return {
    url,
    db,
    query: (text, values) => as(url, text, values),
    cut: async () =>
      void (await as(at('postgres'), 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        name,
      ])),
    drop: async () => {
      await db.destroy();
      await as(at('postgres'), `drop database ${name} with (force)`);
    },
  };
}
