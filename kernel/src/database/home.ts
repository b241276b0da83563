import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { canReach, giveTo, serverAccount, type Account } from './account.js';
import { SetupError } from './setup-error.js';

/** Longest path of a unix socket: 107 bytes on Linux, 103 on macOS. */
const LONGEST_SOCKET_PATH = 103;
/** Where root keeps database files when `nobody` may not enter the folder it was given. */
const OPEN_STATE = '/var/lib/ultramarket';
const PASSWORD_FILE = 'superuser.password';

/** The folders of one embedded server. */
export interface Home {
  readonly dir: string;
  readonly data: string;
  readonly socketDir: string;
  readonly serverLog: string;
  readonly account: Account | undefined;
}

/**
 * Makes the folders of a server in `given`, closed to everyone but its account. When root was given a folder that the account
 * cannot reach (a home folder), the files live in /var/lib/ultramarket and `given` becomes a link to them.
 */
export function makeHome(given: string, port: number, log: (message: string) => void): Home {
  forgetDeadLink(given);
  mkdirSync(given, { recursive: true });
  try {
    const dir = reachable(given, log);
    const account = serverAccount(dir);
    chmodSync(dir, 0o700);
    giveTo(account, dir);
    const socketDir = makeSocketDir(dir, port, account);
    return { dir, data: path.join(dir, 'data'), socketDir, serverLog: path.join(dir, 'server.log'), account };
  } catch (cause) {
    if (!isErrno(cause, 'EPERM', 'EACCES')) throw cause;
    throw new SetupError(
      'embedded.NOT_OWNER',
      `${given} belongs to another user; start as that user, or as root`,
      { dir: given },
      { cause },
    );
  }
}

function reachable(given: string, log: (message: string) => void): string {
  const dir = realpathSync(given);
  const account = serverAccount(dir);
  if (canReach(account, dir)) return dir;
  if (readdirSync(dir).length > 0) {
    throw new SetupError(
      'embedded.NOT_OWNER',
      `the server's account (uid ${account?.uid}) may not enter the folders above ${dir}`,
      { dir },
    );
  }
  mkdirSync(OPEN_STATE, { recursive: true, mode: 0o755 });
  const moved = mkdtempSync(path.join(OPEN_STATE, `${path.basename(dir)}-`));
  giveTo(account, moved);
  rmdirSync(given);
  symlinkSync(moved, given);
  log(`Database files are kept in ${moved}: the server's account may not enter ${given}`);
  return moved;
}

/** A link left behind by files that someone removed stands for nothing. */
function forgetDeadLink(given: string): void {
  if (lstatSync(given, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(given)) unlinkSync(given);
}

function makeSocketDir(dir: string, port: number, account: Account | undefined): string {
  const near = path.join(dir, 'socket');
  const name = `.s.PGSQL.${port}`;
  const fits = Buffer.byteLength(path.join(near, name)) <= LONGEST_SOCKET_PATH;
  const socketDir = fits
    ? near
    : path.join('/tmp', `um-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`);
  if (!existsSync(socketDir)) {
    mkdirSync(socketDir, { mode: 0o700, recursive: true });
    giveTo(account, socketDir);
  }
  // In /tmp anyone could have made it first, and would read everything we send.
  const found = lstatSync(socketDir);
  const ours = found.uid === (account?.uid ?? process.getuid?.());
  if (process.platform !== 'win32' && (!ours || !found.isDirectory() || (found.mode & 0o077) !== 0)) {
    throw new SetupError(
      'embedded.UNSAFE_SOCKET_DIR',
      `${socketDir} is not a private folder of the server's account; remove it`,
      { socketDir },
    );
  }
  return socketDir;
}

/** The superuser's password, made on first use and kept beside the data, readable by the server's account alone. */
export function superuserPassword({ dir, account }: Pick<Home, 'dir' | 'account'>): string {
  const file = path.join(dir, PASSWORD_FILE);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, randomBytes(24).toString('base64url'), { mode: 0o600 });
  giveTo(account, draft);
  try {
    linkSync(draft, file); // unlike a rename, a link loses to the process that was first
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}

/** True for a failed system call with one of these codes. */
export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
