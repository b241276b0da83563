import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from './db.factory.js';
import { isDatabaseGone, ownConnection } from './db.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const connect = (options: pg.ClientConfig): Promise<unknown> => failureOf(new pg.Client(options).connect());

test('a server that is not there is a database that is gone: on TCP, as a socket, by a name', async () => {
  expect(isDatabaseGone(await connect({ host: '127.0.0.1', port: 23_499 }))).toBe(true);
  expect(isDatabaseGone(await connect({ host: '/nowhere' }))).toBe(true);
  expect(isDatabaseGone(await connect({ host: 'nowhere.invalid' }))).toBe(true);
});

test('a connection that is cut is one, in a statement and after it', async () => {
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined); // it is cut on purpose
  await client.connect();
  const running = failureOf(client.query('select pg_sleep(30)'));
  await expect
    .poll(async () => (await database.query(`select 1 from pg_stat_activity where query like '%pg_sleep(30)'`)).length)
    .toBe(1);
  await database.cut();
  expect(isDatabaseGone(await running)).toBe(true);
  expect(isDatabaseGone(await failureOf(client.query('select 1')))).toBe(true);
});

test('a statement that is refused, a file that is missing and a bug are not', async () => {
  expect(isDatabaseGone(await failureOf(database.query('select 1 / 0')))).toBe(false);
  expect(isDatabaseGone(await failureOf(readFile('/nowhere')))).toBe(false);
  expect(isDatabaseGone(new TypeError('x is not a function'))).toBe(false);
  expect(isDatabaseGone('gone')).toBe(false);
});

test('a connection that is cut while its holder does nothing with it ends nothing but its own next statement', async () => {
  const held = await ownConnection(database.db);
  const ended = new Promise((resolve) => held.once('end', resolve));
  await database.cut();
  await ended;
  expect(isDatabaseGone(await failureOf(held.query('select 1')))).toBe(true);
  held.release(true);
  expect(await database.db.selectFrom('outbox').select('id').execute()).toEqual([]);
});
