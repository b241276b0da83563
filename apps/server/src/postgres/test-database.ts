import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { TEMPLATE } from '../testing-names.js';

/** A database of the test's own on the run's server, copied from the template. */
export async function freshDatabase(base: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const as = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: base.replace('/?', '/postgres?') });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  await as(`create database ${name} template ${TEMPLATE} strategy wal_log`);
  return { url: base.replace('/?', `/${name}?`), drop: () => as(`drop database ${name} with (force)`) };
}

/** Runs one statement on a connection of its own. */
export async function runAs(url: string, text: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
