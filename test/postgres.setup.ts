import { JobHandlers, JobQueue, Clock } from '@um/kernel';
import { startPostgres } from '@um/kernel/postgres';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { JOBS_SCHEMA, prepareDatabase } from '../apps/server/src/database.js';
import { contextUrl } from '../apps/server/src/postgres/provision.js';
import { tableOwners } from '../apps/server/src/registry.js';
import { TEMPLATE, TEST_SECRET } from '../apps/server/src/testing-names.js';

/** One PostgreSQL server for the whole run, and a database with every context's tables to copy from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(path.join(tmpdir(), 'um-test-'));
  const postgres = await startPostgres({
    dir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  const adminUrl = (database: string): string => postgres.url(postgres.superuser, undefined, database);
  const client = new pg.Client({ connectionString: adminUrl('postgres') });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await prepareDatabase(adminUrl(TEMPLATE), TEST_SECRET, tableOwners, () => undefined);
  const clock = new Clock();
  const queue = new JobQueue({
    connectionString: contextUrl(adminUrl(TEMPLATE), TEST_SECRET, JOBS_SCHEMA),
    schema: JOBS_SCHEMA,
    handlers: new JobHandlers(),
    clock,
    onError: () => undefined,
  });
  await queue.start();
  await queue.stop();
  project.provide('postgres', adminUrl(''));
  return async () => {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
