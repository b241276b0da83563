import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What the tools need to know of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly workspaces?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** One package of the repository. `dir` is relative to the root, with forward slashes: `modules/cart`. */
export interface Workspace {
  readonly dir: string;
  readonly manifest: Manifest;
}

/** The repository this file lives in. */
export const repository = join(import.meta.dirname, '..');

/** Reads a JSON file. @throws if it is missing or malformed. */
export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** Every workspace that the root package.json names and that has a package.json, in order of `dir`. */
export function workspaces(root: string): Workspace[] {
  const { workspaces: patterns = [] } = readJson<Manifest>(join(root, 'package.json'));
  return globSync([...patterns], { cwd: root })
    .map((dir) => dir.replaceAll('\\', '/'))
    .filter((dir) => existsSync(join(root, dir, 'package.json')))
    .sort()
    .map((dir) => ({ dir, manifest: readJson<Manifest>(join(root, dir, 'package.json')) }));
}

/** Names of the workspaces that `manifest` declares as dependencies, sorted. */
export function ownDependencies(manifest: Manifest): string[] {
  return Object.keys(manifest.dependencies ?? {})
    .filter((name) => name.startsWith('@um/'))
    .sort();
}

/** The workspace directory a path lies in: `modules/cart/src/a.ts` is in `modules/cart`; undefined outside of all. */
export function homeOf(path: string): string | undefined {
  return /^(kernel|ui|(?:modules|apps)\/[^/]+)(?:\/|$)/.exec(path)?.[1];
}

/** The context a path belongs to: `cart` for `modules/cart/src/a.ts`; undefined outside of modules. */
export function contextOf(path: string): string | undefined {
  return /^modules\/([^/]+)\//.exec(path)?.[1];
}

const generated = new Set(['node_modules', 'dist', '.data', '.git']);

/** All files below `dir`, relative to `root`, sorted; build output and installed packages are left out. Empty if there is no `dir`. */
export function filesBelow(root: string, dir: string): string[] {
  if (!existsSync(join(root, dir))) return [];
  return readdirSync(join(root, dir), { withFileTypes: true })
    .flatMap((entry) => {
      const path = relative(root, join(root, dir, entry.name)).replaceAll('\\', '/');
      if (entry.isDirectory()) return generated.has(entry.name) ? [] : filesBelow(root, path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}
