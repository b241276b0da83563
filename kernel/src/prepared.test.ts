import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSchema, type Db, type StandardTables } from './db.js';
import { testDatabase, type TestDatabase } from './db.factory.js';

let database: TestDatabase;
let db: Db<StandardTables>;

beforeAll(async () => {
  database = await testDatabase();
  await database.query('create table shelf (id int primary key, name text)');
  db = openSchema({ url: database.url, context: 'test', max: 1, prepare: 'all' });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const prepared = async (): Promise<string[]> => {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
  return rows.map((row) => row.statement);
};

test('a statement that comes again and again is read once', async () => {
  const put = (id: number) => sql`insert into shelf (id, name) values (${id}, 'a')`.execute(db);
  await put(1);
  await put(2);
  expect(await prepared()).not.toContain(`insert into shelf (id, name) values ($1, 'a')`);
  await put(3);
  expect(await prepared()).toContain(`insert into shelf (id, name) values ($1, 'a')`);
  await put(4);
  expect(await database.query('select id from shelf order by id')).toEqual([
    { id: 1 },
    { id: 2 },
    { id: 3 },
    { id: 4 },
  ]);
});

test('a column that is added while it runs breaks no statement that asks for all of them', async () => {
  const all = () => sql`select * from shelf where id = ${1}`.execute(db);
  for (let n = 0; n < 5; n += 1) await all();
  await database.query('alter table shelf add column place int');
  expect((await all()).rows).toEqual([{ id: 1, name: 'a', place: null }]);
});

test('a long list of values is not kept', async () => {
  const ids = Array.from({ length: 50 }, (_, n) => n);
  for (let n = 0; n < 5; n += 1) await sql`select id from shelf where id in (${sql.join(ids)})`.execute(db);
  expect((await prepared()).some((text) => text.includes('$50'))).toBe(false);
});

test('a schema whose questions depend on their values has each planned for them, and keeps what it writes', async () => {
  const searching = openSchema<StandardTables>({ url: database.url, context: 'searching', max: 1, prepare: 'writes' });
  for (let n = 0; n < 5; n += 1) {
    await sql`select name from shelf where id = ${n}`.execute(searching);
    await sql`update shelf set name = ${'b'} where id = ${n}`.execute(searching);
  }
  const { rows } = await sql`select statement from pg_prepared_statements`.execute(searching);
  await searching.destroy();
  expect(rows).toEqual([{ statement: 'update shelf set name = $1 where id = $2' }]);
});

test('a schema of which nothing is said keeps nothing', async () => {
  const plain = openSchema<StandardTables>({ url: database.url, context: 'plain', max: 1 });
  for (let n = 0; n < 5; n += 1) await sql`update shelf set name = ${'b'} where id = ${n}`.execute(plain);
  const { rows } = await sql`select 1 from pg_prepared_statements`.execute(plain);
  await plain.destroy();
  expect(rows).toEqual([]);
});
