import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { serverEnvironment } from './account.js';
import type { Binaries } from './binaries.js';
import { isErrno, type Home } from './home.js';
import { SetupError } from './setup-error.js';

const run = promisify(execFile);
export const SUPERUSER = 'um';

/** Passwords everywhere, the socket included: a context's role is a fence only when another context cannot log in as it. */
const ACCESS_RULES = `# type database user address method
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
`;
/** A half-made cluster older than this belongs to a process that died. */
const ABANDONED_MS = 10 * 60_000;

/**
 * Makes the data files unless they exist. They are made aside and renamed, so they are complete or absent; of two processes that
 * make them at once the first wins. Files of another major version are refused, never touched.
 */
export async function makeCluster(
  home: Home,
  binaries: Binaries,
  options: { password: string; durable: boolean },
): Promise<void> {
  if (existsSync(home.data)) {
    assertVersion(home, binaries);
    return;
  }
  removeAbandoned(home);
  const draft = `${home.data}.new-${randomBytes(6).toString('hex')}`;
  await run(binaries.program('initdb'), ['-D', draft, ...initOptions(options.durable)], {
    ...home.account,
    cwd: home.dir,
    env: serverEnvironment(),
  });
  writeFileSync(path.join(draft, 'pg_hba.conf'), ACCESS_RULES);
  await setSuperuserPassword(home, binaries, { data: draft, password: options.password });
  try {
    renameSync(draft, home.data);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  }
}

/**
 * Sorting by code point, letters by Unicode. With the `C` locale, which initdb takes when nothing is set, `lower('МОЛОКО')` and
 * trigrams of Cyrillic words would silently be empty; pg_trgm looks at the character type, not at the provider.
 */
function initOptions(durable: boolean): string[] {
  const characters =
    { linux: 'C.UTF-8', darwin: 'en_US.UTF-8', win32: 'en-US' }[process.platform as string] ?? 'C.UTF-8';
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${characters}`];
  return ['-U', SUPERUSER, '--auth=trust', '--encoding=UTF8', ...locale, ...(durable ? [] : ['--no-sync'])];
}

function assertVersion(home: Home, binaries: Binaries): void {
  const found = Number.parseInt(readFileSync(path.join(home.data, 'PG_VERSION'), 'utf8'), 10);
  if (found === binaries.major) return;
  const message = `${home.data} was made by PostgreSQL ${found}, the programs are ${binaries.major}: back up with the old release, restore with this one`;
  throw new SetupError('embedded.WRONG_VERSION', message, { found, programs: binaries.major });
}

function removeAbandoned({ dir, data }: Home): void {
  for (const name of readdirSync(dir).filter((entry) => entry.startsWith(`${path.basename(data)}.new-`))) {
    const draft = path.join(dir, name);
    if (Date.now() - statSync(draft).mtimeMs > ABANDONED_MS) rmSync(draft, { recursive: true, force: true });
  }
}

/** Sets the superuser's password in a cluster that is not running, without a connection. */
export async function setSuperuserPassword(
  home: Home,
  binaries: Binaries,
  { data, password }: { data: string; password: string },
): Promise<void> {
  const child = spawn(binaries.program('postgres'), ['--single', '-D', data, 'postgres'], {
    ...home.account,
    cwd: home.dir,
    env: serverEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exit = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  child.stdin.end(`alter role ${SUPERUSER} password '${password}'\n`); // our own base64url: nothing to escape
  if ((await exit) !== 0 || said.includes('ERROR:')) {
    throw new SetupError(
      'embedded.START_FAILED',
      `cannot set the superuser's password:\n${said.replaceAll(password, '…')}`,
    );
  }
}
