import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Secret } from '../secret.js';

/** The platform's own secret: made at the first start and kept in the data folder, readable by its owner alone. */
export function keptSecret(dataDir: string): Secret {
  const file = path.join(dataDir, 'secret');
  mkdirSync(dataDir, { recursive: true });
  const made = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(made, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    // A link appears whole or not at all: of processes that start at once, one wins and all read the same.
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(made);
  }
  const text = readFileSync(file, 'utf8').trim();
  if (text.length < 32)
    throw new Error(
      `${file} holds no secret of at least 32 characters: restore it, or delete it and lose all sessions`,
    );
  return new Secret(text);
}
