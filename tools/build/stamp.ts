import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../workspace.ts';
import type { Step } from './steps.ts';

/** What is remembered of a step that succeeded. */
interface Stamp {
  readonly digest: string;
  readonly outputs: readonly string[];
}

/** Kept beside the installed packages: a fresh install forgets them, and they never enter a commit. */
export const stampFolder = (root: string): string => join(root, 'node_modules', '.cache', 'ultramarket');

const stampPath = (root: string, { name }: Step): string =>
  join(stampFolder(root), `${name.replaceAll(/[^a-z]+/g, '-')}.json`);

/** True when the step succeeded before on inputs of this digest and nothing that it made is missing. */
export function isFresh(root: string, step: Step, digest: string): boolean {
  const path = stampPath(root, step);
  if (!existsSync(path)) return false;
  const known = readJson<Stamp>(path);
  return known.digest === digest && known.outputs.every((output) => existsSync(join(root, output)));
}

/** Remembers that the step has just succeeded. `digest` was taken before it ran: an edit meanwhile must count as new. */
export function remember(root: string, step: Step, digest: string): void {
  const known: Stamp = { digest, outputs: step.outputs() };
  writeFileSync(stampPath(root, step), JSON.stringify(known));
}

/** A digest of names and contents, so a checkout or a touch that changes neither rebuilds nothing. */
export function digestOf(root: string, step: Step): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const path of step.inputs()) {
    if (!existsSync(join(root, path))) continue;
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}
