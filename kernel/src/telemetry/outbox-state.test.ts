import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../db.factory.js';
import { outboxState } from './outbox-state.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.query('truncate outbox'));

/** A row that was recorded `age` ago and is due in `due`, both as PostgreSQL intervals. */
const put = (row: { state?: string; age?: string; due?: string; attempts?: number }) =>
  database.query(
    `insert into outbox (id, name, aggregate, payload, ctx, state, attempts, created_at, next_at, done_at)
     values (gen_random_uuid(), 'a.b.v1', 'x', '{}', '{}', $1, $2, now() - $3::interval, now() + $4::interval, case when $1 = 'done' then now() end)`,
    [row.state ?? 'pending', row.attempts ?? 0, row.age ?? '0', row.due ?? `-${row.age ?? '0'}`],
  );

test('an empty outbox is not behind', async () => {
  expect(await outboxState(database.db)).toEqual({ pending: 0, parked: 0, lagSeconds: 0 });
});

test('what waits and what is parked is counted, what is delivered is not', async () => {
  await put({ age: '20 seconds' });
  await put({ age: '5 seconds' });
  await put({ state: 'parked', age: '2 days', attempts: 12 });
  await put({ state: 'done', age: '1 hour' });
  const state = await outboxState(database.db);
  expect(state).toMatchObject({ pending: 2, parked: 1 });
  expect(state.lagSeconds).toBeGreaterThanOrEqual(20);
  expect(state.lagSeconds).toBeLessThan(40);
});

test('a job for later is not late before its time', async () => {
  await put({ age: '1 day', due: '1 hour' });
  expect(await outboxState(database.db)).toEqual({ pending: 1, parked: 0, lagSeconds: 0 });
});

test('a fact that fails is as old as it is, although its next try was put off', async () => {
  await put({ age: '300 seconds', due: '60 seconds', attempts: 9 });
  expect((await outboxState(database.db)).lagSeconds).toBeGreaterThanOrEqual(300);
});
