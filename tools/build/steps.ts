import { globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, runScript, type Outcome } from '../run.ts';
import { filesBelow, ownDependencies, workspaces, type Workspace } from '../workspace.ts';
import { pruneOrphans } from './prune.ts';

/** One part of the build. Paths are relative to the root. */
export interface Step {
  readonly name: string;
  /** Files the result depends on. */
  readonly inputs: () => string[];
  /** Files or folders that exist after a success. */
  readonly outputs: () => string[];
  readonly run: () => Promise<Outcome>;
}

const shared = ['package-lock.json', 'tsconfig.base.json'];

/** The steps in the order in which they must run. */
export function buildSteps(root: string): Step[] {
  const all = workspaces(root);
  return [
    typescript(root, all),
    ...all.filter((w) => w.manifest.scripts?.['draw']).map((w) => script(root, all, w, 'draw')),
    ...all.filter((w) => w.manifest.scripts?.['build']).map((w) => script(root, all, w, 'build')),
  ];
}

function typescript(root: string, all: readonly Workspace[]): Step {
  const compiled = all.filter((w) => filesBelow(root, `${w.dir}/src`).length > 0);
  return {
    name: 'typescript',
    inputs: () => [
      ...shared,
      'tsconfig.build.json',
      ...compiled.flatMap(({ dir }) => [
        `${dir}/package.json`,
        `${dir}/tsconfig.json`,
        ...filesBelow(root, `${dir}/src`),
      ]),
    ],
    outputs: () => compiled.map(({ dir }) => `${dir}/dist/.tsbuildinfo`),
    run: () => {
      for (const { dir } of compiled) pruneOrphans(join(root, dir));
      return run('node', ['node_modules/ts7/bin/tsc', '-b', 'tsconfig.build.json'], { cwd: root });
    },
  };
}

/** A workspace's own `build` or `draw` script; it may read the sources of every workspace it depends on. */
function script(root: string, all: readonly Workspace[], workspace: Workspace, name: 'build' | 'draw'): Step {
  const { dir, manifest } = workspace;
  return {
    name: `${dir} ${name}`,
    inputs: () => [
      ...shared,
      ...filesBelow(root, dir),
      ...neededBy(all, workspace).flatMap((w) => [`${w.dir}/package.json`, ...filesBelow(root, `${w.dir}/src`)]),
    ],
    outputs: () => globSync(`${dir}/dist/*`, { cwd: root }).filter((path) => isFolder(root, path)),
    run: () => runScript(manifest.scripts?.[name] ?? '', { cwd: join(root, dir) }),
  };
}

/** Every workspace that `workspace` depends on, directly or through another. */
function neededBy(all: readonly Workspace[], workspace: Workspace): Workspace[] {
  const found = new Map<string, Workspace>();
  const visit = (names: readonly string[]): void => {
    for (const next of all.filter((w) => names.includes(w.manifest.name) && !found.has(w.dir))) {
      found.set(next.dir, next);
      visit(ownDependencies(next.manifest));
    }
  };
  visit(ownDependencies(workspace.manifest));
  return [...found.values()];
}

function isFolder(root: string, path: string): boolean {
  const parent = join(root, path, '..');
  return readdirSync(parent, { withFileTypes: true }).some(
    (entry) => entry.isDirectory() && path.endsWith(`/${entry.name}`),
  );
}
