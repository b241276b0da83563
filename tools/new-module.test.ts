import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { boundaries } from './boundaries.ts';
import { newModule } from './new-module.ts';
import { run } from './run.ts';
import { readJson, repository } from './workspace.ts';
import { workspaceDrift } from './workspaces.ts';

const registry = `import type { Contract } from '@um/kernel';

export const registry: Record<string, { contract: Contract; ownsTables: boolean; load: () => Promise<unknown> }> = {
  gateway: { contract: { name: 'gateway', token: Symbol('gateway'), calls: {} }, ownsTables: false, load: async () => null },
};
`;

/** The real kernel and tools with a server that runs nothing yet, in a temporary folder. */
function emptyPlatform(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'platform-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const path of ['tsconfig.base.json', '.oxlintrc.json', '.oxfmtrc.json', 'tools/tiers.json'])
    cpSync(join(repository, path), join(root, path));
  for (const path of ['src', 'package.json', 'tsconfig.json'])
    cpSync(join(repository, 'kernel', path), join(root, 'kernel', path), { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  for (const name of readdirSync(join(repository, 'node_modules')).filter((n) => !n.startsWith('.') && n !== '@um')) {
    symlinkSync(join(repository, 'node_modules', name), join(root, 'node_modules', name));
  }
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name: 'platform', type: 'module', workspaces: ['kernel', 'modules/*', 'apps/*'] }),
  );
  mkdirSync(join(root, 'apps/server/src'), { recursive: true });
  writeFileSync(join(root, 'apps/server/src/registry.ts'), registry);
  const server = {
    name: '@um/server',
    type: 'module',
    exports: { '.': './dist/registry.js' },
    dependencies: { '@um/kernel': '*' },
  };
  writeFileSync(join(root, 'apps/server/package.json'), JSON.stringify(server));
  writeFileSync(join(root, 'apps/server/tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.base.json' }));
  return root;
}

let root = '';
beforeEach(() => {
  root = emptyPlatform();
});

describe('a new context', () => {
  test('compiles, keeps every boundary, passes lint, format and its own tests, and is known everywhere', async () => {
    // The boundaries read the repository's own tier table, which has a place for this one.
    newModule(root, 'olympiad');
    const compiled = await run('node', [join(repository, 'node_modules/ts7/bin/tsc'), '-b', 'tsconfig.build.json'], {
      cwd: root,
    });
    expect(compiled.output).toBe('');
    expect(existsSync(join(root, 'apps/server/dist/registry.js'))).toBe(true);

    const { problems } = await boundaries(root);
    expect(problems.filter((p) => !p.at.startsWith('kernel/'))).toEqual([]);
    expect((await run('oxlint', ['--type-aware', 'modules'], { cwd: root })).output).toContain(
      'Found 0 warnings and 0 errors',
    );
    expect(workspaceDrift(root)).toEqual([]);

    const args = [
      'run',
      '--root',
      root,
      '--config',
      join(repository, 'vitest.config.ts'),
      '--project',
      'unit',
      'modules/olympiad',
    ];
    const tested = await run('node', [join(repository, 'node_modules/vitest/vitest.mjs'), ...args], { cwd: root });
    expect(tested.output).toContain('3 passed');
  });

  test('stands right of the context it was told to follow', () => {
    newModule(root, 'weather', 'inventory');
    const tiers = readJson<{ contexts: string[] }[]>(join(root, 'tools/tiers.json'));
    expect(
      tiers
        .map((t) => t.contexts)
        .find((c) => c.includes('weather'))
        ?.slice(-2),
    ).toEqual(['inventory', 'weather']);
  });

  test('is entered where the registry keeps tier order', () => {
    newModule(root, 'weather', 'inventory');
    newModule(root, 'store');
    const entered = readFileSync(join(root, 'apps/server/src/registry.ts'), 'utf8');
    expect([...entered.matchAll(/^ {2}(\w+): \{/gm)].map((m) => m[1])).toEqual(['store', 'weather', 'gateway']);
  });

  test('keeps the place that the table already holds for it', () => {
    newModule(root, 'olympiad');
    expect(readFileSync(join(root, 'tools/tiers.json'), 'utf8').match(/olympiad/g)).toHaveLength(1);
  });
});

describe('nothing is written for', () => {
  test('a name that is no single word', () => {
    expect(() => newModule(root, 'Weather-Map')).toThrow('one lower-case word');
  });

  test('a context without a place in the tiers', () => {
    expect(() => newModule(root, 'weather')).toThrow('--after=<context>');
    expect(existsSync(join(root, 'modules/weather'))).toBe(false);
  });

  test('a context that is there', () => {
    newModule(root, 'weather', 'inventory');
    expect(() => newModule(root, 'weather')).toThrow('already there');
  });
});
