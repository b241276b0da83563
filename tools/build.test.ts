import { existsSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { house, write } from '../test/fences/house.ts';
import { build } from './build.ts';
import { pruneOrphans } from './build/prune.ts';

/** A workspace with one application whose build writes a bundle, and no compiler step. */
function withApp(script = 'node make.js'): string {
  const root = house();
  write(
    root,
    'apps/web/package.json',
    JSON.stringify({ name: '@um/web', scripts: { build: script }, dependencies: { '@um/ui': '*' } }),
  );
  write(
    root,
    'apps/web/make.js',
    `import { mkdirSync } from 'node:fs'; mkdirSync('dist/client', { recursive: true });`,
  );
  write(root, 'tsconfig.build.json', '{ "files": [], "references": [] }');
  write(root, 'node_modules/ts7/bin/tsc', '');
  return root;
}

/** The steps that a build of `root` runs. */
async function ran(root: string, force = false): Promise<string[]> {
  const lines: string[] = [];
  expect(
    await build(root, { force, say: (line) => lines.push(line.replace(/^build: (.*) [\d.]+ s$/, '$1')) }),
  ).toBeUndefined();
  return lines;
}

describe('a step runs again only when it must', () => {
  test('nothing changed', async () => {
    const root = withApp();
    expect(await ran(root)).toContain('apps/web build');
    expect(await ran(root)).not.toContain('apps/web build');
  });

  test('a touch is no change, an edit of a workspace it depends on is', async () => {
    const root = withApp();
    await ran(root);
    utimesSync(join(root, 'ui/src/index.ts'), new Date(), new Date());
    expect(await ran(root)).not.toContain('apps/web build');
    write(root, 'ui/src/index.ts', 'export const button = 2;');
    expect(await ran(root)).toContain('apps/web build');
    write(root, 'modules/cart/src/contract.ts', 'export const cart = 2;');
    expect(await ran(root)).not.toContain('apps/web build');
  });

  test('what it made is gone', async () => {
    const root = withApp();
    await ran(root);
    rmSync(join(root, 'apps/web/dist/client'), { recursive: true });
    expect(await ran(root)).toContain('apps/web build');
  });

  test('it is told to', async () => {
    const root = withApp();
    await ran(root);
    expect(await ran(root, true)).toContain('apps/web build');
  });
});

test('an edit made while a step runs counts as new', async () => {
  const root = withApp(`node make.js && node -e "require('fs').writeFileSync('late.txt', String(Math.random()))"`);
  await ran(root);
  expect(await ran(root)).toContain('apps/web build');
});

test('a failing step is reported with its output and runs again', async () => {
  const root = withApp('echo out of paint; exit 3');
  expect(await build(root)).toContain('apps/web build failed\nout of paint');
  expect(await build(root)).toContain('apps/web build failed');
});

test('two builds of one checkout wait for each other', async () => {
  const root = withApp(
    `node -e "const fs=require('fs'); fs.mkdirSync('busy'); setTimeout(() => { fs.rmdirSync('busy'); fs.mkdirSync('dist/client', { recursive: true }) }, 150)"`,
  );
  expect(await Promise.all([build(root), build(root, { force: true })])).toEqual([undefined, undefined]);
});

test('a lock whose holder was killed is taken over', async () => {
  const root = withApp();
  write(root, 'node_modules/.cache/ultramarket/build.lock', '4194305');
  expect(await build(root)).toBeUndefined();
});

test('what the compiler made of a deleted source is removed, a bundle beside it stays', () => {
  const root = house();
  for (const file of ['gone.js', 'gone.d.ts', 'gone.js.map', 'index.js', 'index.d.ts', 'client/app.js'])
    write(root, `ui/dist/${file}`, '');
  pruneOrphans(join(root, 'ui'));
  const left = ['gone.js', 'gone.d.ts', 'gone.js.map', 'index.js', 'index.d.ts', 'client/app.js'].filter((file) =>
    existsSync(join(root, 'ui/dist', file)),
  );
  expect(left).toEqual(['index.js', 'index.d.ts', 'client/app.js']);
});
