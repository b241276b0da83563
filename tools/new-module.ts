// Makes a context of the right shape and enters it everywhere it must be known.
//   node tools/new-module.ts weather --after=inventory
import './node24.js';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { moduleFiles } from './new-module/files.ts';
import { placeInTiers, register } from './new-module/register.ts';
import { run } from './run.ts';
import { repository } from './workspace.ts';
import { workspaceDrift } from './workspaces.ts';

/** Writes modules/<name> below `root` and enters it in the tier table, the registry and the project references. @throws on a bad or taken name. */
export function newModule(root: string, name: string, after?: string): string[] {
  if (!/^[a-z]+$/.test(name)) throw new Error(`a context is named by one lower-case word, not "${name}"`);
  const home = join(root, 'modules', name);
  if (existsSync(join(home, 'package.json'))) throw new Error(`modules/${name} is already there`);
  const places = placeInTiers(root, name, after);
  register(root, name, places);
  const files = Object.entries(moduleFiles(name));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  for (const { mend } of workspaceDrift(root)) mend?.();
  return files.map(([path]) => `modules/${name}/${path}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { after: { type: 'string' } }, allowPositionals: true });
  const [name] = positionals;
  if (name === undefined) throw new Error('which context? node tools/new-module.ts <name> [--after=<context>]');
  const files = newModule(repository, name, values.after);
  await run('oxfmt', [
    `modules/${name}`,
    'apps/server/src/registry.ts',
    'apps/server/package.json',
    'tools/tiers.json',
    'tsconfig.build.json',
  ]);
  const mended = await run('node', ['tools/workspaces.ts', '--write']);
  await run('node', ['tools/graph.ts']);
  console.log([...files, mended.output, 'Next: say in its README.md what it is for, then `npm run check`.'].join('\n'));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
