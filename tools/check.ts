// Everything that can be known about the sources without running them. `npm run check`, or some of it: `npm run check -- lint`.
import './node24.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Outcome } from './run.ts';
import { repository } from './workspace.ts';

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What mends most of what this check finds. */
  readonly hint?: string;
}

const compiler = 'node_modules/ts7/bin/tsc';

/** The checks in the order in which they are reported: the quick and the telling first. */
export const checks: readonly Check[] = [
  { name: 'format', command: ['oxfmt', '--check', '.'], hint: 'npm run format' },
  { name: 'workspaces', command: ['node', 'tools/workspaces.ts'], hint: 'node tools/workspaces.ts --write' },
  { name: 'types', command: ['node', compiler, '-b', 'tsconfig.build.json'] },
  ...['tools', 'test', 'bench']
    .filter((dir) => existsSync(join(repository, dir, 'tsconfig.json')))
    .map((dir): Check => ({ name: `types of ${dir}`, command: ['node', compiler, '-p', dir] })),
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'boundaries', command: ['node', 'tools/boundaries.ts'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
  { name: 'picture', command: ['node', 'tools/graph.ts', '--check'], hint: 'node tools/graph.ts' },
  { name: 'documents', command: ['node', 'tools/docs.ts'] },
];

/** Runs the checks one after the other, says how each went, and returns the names of those that failed. */
export async function check(say: (line: string) => void, only: readonly string[] = []): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, command, hint } of checks.filter((c) => only.length === 0 || only.includes(c.name))) {
    const [program, ...args] = command;
    const outcome = await run(program, args);
    say(verdict(name, outcome));
    if (outcome.ok) continue;
    failed.push(name);
    say(outcome.output);
    if (hint !== undefined) say(`To mend: ${hint}`);
  }
  return failed;
}

const verdict = (name: string, { ok, seconds }: Outcome): string =>
  `check: ${name} ${ok ? 'ok' : 'FAILED'} (${seconds.toFixed(1)} s)`;

if (import.meta.main) {
  const failed = await check((line) => console.log(line), process.argv.slice(2));
  if (failed.length > 0) process.exitCode = 1;
}
