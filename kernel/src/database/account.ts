import { chownSync, realpathSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';

/** The operating system account a server process runs under; undefined means our own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` on every Linux. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 };

/**
 * PostgreSQL refuses to run as root. Started by root it runs as the owner of `dir`, or as `nobody` when that is root too.
 * Any other user runs it under the own account.
 */
export function serverAccount(dir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = statSync(dir);
  return uid === 0 ? NOBODY : { uid, gid };
}

/** Hands a file or folder that we made over to the server's account. */
export function giveTo(account: Account | undefined, file: string): void {
  if (account) chownSync(file, account.uid, account.gid);
}

/** True when the account may enter every folder on the way to `file` (by mode bits; access lists are not read). */
export function canReach(account: Account | undefined, file: string): boolean {
  if (!account) return true;
  for (let folder = path.dirname(realpathSync(file)); ; folder = path.dirname(folder)) {
    if (!mayEnter(account, statSync(folder))) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

function mayEnter(account: Account, folder: Stats): boolean {
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

/** What the server process sees of our environment: no secrets of ours, no PG* variables that would change its mind. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  if (process.platform === 'win32')
    return Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('UM_')),
    );
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    TZ: 'UTC',
    ...(process.platform === 'linux' ? { LC_ALL: 'C.UTF-8' } : {}),
  };
}
