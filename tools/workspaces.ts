// Keeps three copies of one fact in step: what a workspace declares in package.json, the project references in its
// tsconfig.json, and the list of everything to build in tsconfig.build.json. Also: links and lockfile know every workspace.
//   node tools/workspaces.ts           reports what differs, exit 1
//   node tools/workspaces.ts --write   mends it
import './node24.js';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import { run } from './run.ts';
import { missingPlatforms, type Lockfile } from './workspaces/lockfile.ts';
import { ownDependencies, readJson, repository, workspaces, type Manifest, type Workspace } from './workspace.ts';

/** A difference, and how to mend it where a machine can. */
export interface Drift {
  readonly text: string;
  readonly mend?: () => void;
}

/** Everything that does not agree with the declared dependencies of the workspaces below `root`. */
export function workspaceDrift(root: string): Drift[] {
  const all = workspaces(root);
  return [
    ...all.flatMap((w) => unknownDependencies(all, w)),
    ...all.flatMap((w) => referenceDrift(root, all, w)),
    ...solutionDrift(root, all),
    ...all.flatMap((w) => linkDrift(root, w)),
    ...lockDrift(root, all),
    ...platformDrift(root),
  ];
}

function unknownDependencies(all: readonly Workspace[], { dir, manifest }: Workspace): Drift[] {
  const names = new Set(all.map((w) => w.manifest.name));
  return ownDependencies(manifest)
    .filter((name) => !names.has(name))
    .map((name) => ({ text: `${dir}/package.json declares ${name}, which is no workspace` }));
}

function referenceDrift(root: string, all: readonly Workspace[], { dir, manifest }: Workspace): Drift[] {
  const path = join(root, dir, 'tsconfig.json');
  if (!existsSync(path)) return [];
  const config = readJson<{ references?: { path: string }[] }>(path);
  const wanted = all
    .filter((w) => ownDependencies(manifest).includes(w.manifest.name))
    .map((w) => posix.relative(dir, w.dir));
  const found = (config.references ?? []).map((r) => r.path.replace(/\/$/, ''));
  if (sameMembers(wanted, found)) return [];
  const mend = () => writeJson(path, { ...config, references: wanted.map((to) => ({ path: to })) });
  return [{ text: `${dir}/tsconfig.json references ${list(found)}, package.json declares ${list(wanted)}`, mend }];
}

function solutionDrift(root: string, all: readonly Workspace[]): Drift[] {
  const path = join(root, 'tsconfig.build.json');
  const built = all.filter((w) => existsSync(join(root, w.dir, 'tsconfig.json')));
  const wanted = { files: [], references: built.map((w) => ({ path: w.dir })) };
  const found = existsSync(path)
    ? readJson<{ references: { path: string }[] }>(path).references.map((r) => r.path)
    : [];
  if (
    sameMembers(
      built.map((w) => w.dir),
      found,
    )
  )
    return [];
  return [{ text: 'tsconfig.build.json does not list exactly the workspaces', mend: () => writeJson(path, wanted) }];
}

function linkDrift(root: string, { dir, manifest }: Workspace): Drift[] {
  const link = join(root, 'node_modules', manifest.name);
  if (existsSync(link)) return [];
  const mend = () => {
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), join(root, dir)), link, 'junction');
  };
  return [{ text: `node_modules/${manifest.name} is missing: run npm install`, mend }];
}

function lockDrift(root: string, all: readonly Workspace[]): Drift[] {
  const path = join(root, 'package-lock.json');
  if (!existsSync(path)) return [];
  const { packages } = readJson<Lockfile>(path);
  const differs = ({ dir, manifest }: Workspace): boolean => {
    const locked = packages[dir];
    const names = (m: Pick<Manifest, 'dependencies'>) => Object.keys(m.dependencies ?? {});
    return locked === undefined || !sameMembers(names(locked), names(manifest));
  };
  return all
    .filter(differs)
    .map(({ dir }) => ({ text: `package-lock.json is behind ${dir}/package.json: run npm install` }));
}

function platformDrift(root: string): Drift[] {
  const path = join(root, 'package-lock.json');
  if (!existsSync(path)) return [];
  const lock = readJson<Lockfile>(path);
  const missing = missingPlatforms(lock);
  const names = Object.keys(missing);
  if (names.length === 0) return [];
  const packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  const mend = () => writeJson(path, { ...lock, packages });
  return [
    { text: `package-lock.json lacks packages of other platforms, npm ci would refuse it: ${list(names)}`, mend },
  ];
}

const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join();
const list = (names: readonly string[]): string =>
  names.length === 0 ? 'nothing' : names.map((n) => basename(n)).join(', ');

function writeJson(path: string, value: unknown): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

/** Mends what can be mended; brings the lockfile up to date through npm itself. */
async function mendAll(): Promise<void> {
  const mend = () => workspaceDrift(repository).forEach((drift) => drift.mend?.());
  mend();
  if (lockDrift(repository, workspaces(repository)).length === 0) return;
  const npm = await run('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: repository });
  if (!npm.ok) throw new Error(npm.output);
  mend();
}

if (import.meta.main) {
  if (process.argv.includes('--write')) await mendAll();
  const drift = workspaceDrift(repository);
  console.log(
    drift.length === 0 ? `workspaces: ${workspaces(repository).length}, in step` : drift.map((d) => d.text).join('\n'),
  );
  if (drift.length > 0) process.exitCode = 1;
}
