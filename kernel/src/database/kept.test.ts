import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPostgres, type KeptPostgres } from './kept.js';

let dir: string;
let server: KeptPostgres;
let said: string[];

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'um-kept-'));
  chmodSync(dir, 0o711);
  said = [];
  const settings = { fsync: 'off', shared_buffers: '16MB', max_connections: '20' };
  server = await keepPostgres({ dir: path.join(dir, 'pg'), log: (line) => said.push(line), settings });
});
afterEach(async () => {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function ask(text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.url(server.superuser, undefined, 'postgres') });
  client.on('error', () => undefined); // its server may be killed under it
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows[0];
  } finally {
    await client.end();
  }
}
const pid = (): number => Number(readFileSync(path.join(server.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
const answers = (): Promise<boolean> =>
  ask('select 1').then(
    () => true,
    () => false,
  );

test('a server that is killed comes back on its address with what was committed, again and again', async () => {
  await ask('create table kept as select 7 as n');
  for (const _kill of [1, 2]) {
    const before = pid();
    process.kill(before, 'SIGKILL');
    await expect.poll(answers, { timeout: 20_000 }).toBe(true);
    expect(pid()).not.toBe(before);
    expect(await ask('select n from kept')).toEqual({ n: 7 });
  }
  await expect.poll(() => said.filter((line) => line === 'PostgreSQL runs again').length).toBe(2);
});

test('one that is told to stop stays stopped, also right after it was killed', async () => {
  process.kill(pid(), 'SIGKILL');
  await expect.poll(() => said.some((line) => line.includes('by itself'))).toBe(true);
  await server.stop();
  expect(await answers()).toBe(false);
});
