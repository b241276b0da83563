import pg from 'pg';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { TEST_SECRET } from '../../apps/server/src/testing-names.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate, readMigrations, type MigrationSet } from '../../apps/server/src/postgres/migrate.js';
import { contextUrl, provision } from '../../apps/server/src/postgres/provision.js';

let p: TestPlatform;
let folder: string;
let context: string;
let url: string;
let number = 0;

beforeAll(async () => {
  p = await testPlatform({ services: ['gateway'] });
});
afterAll(() => p.stop());
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'um-migrate-'));
  context = `trial_${process.pid}_${(number += 1)}`;
  url = contextUrl(p.url, TEST_SECRET, context);
  await provision(p.url, TEST_SECRET, [context]);
  return async () => {
    rmSync(folder, { recursive: true });
    const admin = new pg.Client({ connectionString: p.url });
    await admin.connect();
    await admin.query(`drop owned by um_${context} cascade`);
    await admin.query(`drop role um_${context}`); // roles outlive the test's database
    await admin.end();
  };
});

const write = (file: string, sql: string): void => writeFileSync(path.join(folder, file), sql);
const own = (): MigrationSet => readMigrations(context, folder);
const kernel = (...names: string[]): MigrationSet => ({
  name: 'kernel',
  migrations: names.map((name) => ({ name: `kernel/${name}`, sql: `create table ${name} (id int)`, checksum: name })),
});

test('files are applied once, in the order of their names', async () => {
  write('0002_second.sql', 'alter table thing add column note text');
  write('0001_first.sql', 'create table thing (id int)');
  write('notes.txt', 'no migration');
  expect(await migrate(url, context, [own()])).toEqual([`${context}/0001_first.sql`, `${context}/0002_second.sql`]);
  expect(await migrate(url, context, [own()])).toEqual([]);
});

test('the kernel’s set and the context’s grow without each other', async () => {
  write('0001_first.sql', 'create table thing (id int)');
  await migrate(url, context, [kernel('one'), own()]);
  expect(await migrate(url, context, [kernel('one', 'two'), own()])).toEqual(['kernel/two']);
  write('0002_second.sql', 'create table other (id int)');
  expect(await migrate(url, context, [kernel('one', 'two'), own()])).toEqual([`${context}/0002_second.sql`]);
});

test('a file that was changed, lost, or slipped in before an applied one is refused', async () => {
  write('0002_second.sql', 'create table thing (id int)');
  await migrate(url, context, [own()]);
  write('0001_late.sql', 'create table late (id int)');
  await expect(migrate(url, context, [own()])).rejects.toThrow(/0001_late\.sql stands in its place/);
  rmSync(path.join(folder, '0001_late.sql'));
  write('0002_second.sql', 'create table thing (id bigint)');
  await expect(migrate(url, context, [own()])).rejects.toThrow(/was changed after it had been applied/);
  rmSync(path.join(folder, '0002_second.sql'));
  await expect(migrate(url, context, [own()])).rejects.toThrow(/no file stands in its place/);
});

test('a file that fails leaves nothing of itself, and may be mended', async () => {
  write('0001_first.sql', 'create table thing (id int); select 1 / 0');
  await expect(migrate(url, context, [own()])).rejects.toThrow(/division by zero/);
  write('0001_first.sql', 'create table thing (id int)');
  expect(await migrate(url, context, [own()])).toHaveLength(1);
});

test('of processes that start at once, one applies and the others find it done', async () => {
  write('0001_first.sql', 'create table thing (id int); select pg_sleep(0.1)');
  const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(url, context, [own()])));
  expect(applied.flat()).toEqual([`${context}/0001_first.sql`]);
});

test('provisioning may be repeated, also by several at once', async () => {
  await Promise.all(Array.from({ length: 4 }, () => provision(p.url, TEST_SECRET, [context])));
  write('0001_first.sql', 'create table thing (id int)');
  expect(await migrate(url, context, [own()])).toHaveLength(1);
});
