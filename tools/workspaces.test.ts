import { expect, test } from 'vitest';
import { house, write } from '../test/fences/house.ts';
import { readJson } from './workspace.ts';
import { workspaceDrift } from './workspaces.ts';

/** A house whose project references are all in step. */
function inStep(): string {
  const root = house();
  for (const dir of ['kernel', 'ui', 'modules/product', 'modules/cart', 'modules/search', 'apps/server', 'apps/web']) {
    write(root, `${dir}/tsconfig.json`, '{}');
  }
  for (const { mend } of workspaceDrift(root)) mend?.();
  return root;
}

const texts = (root: string): string[] => workspaceDrift(root).map((d) => d.text);

test('mending leaves nothing to mend, and references are what package.json declares', () => {
  const root = inStep();
  expect(texts(root)).toEqual([]);
  const { references } = readJson<{ references: unknown }>(`${root}/modules/cart/tsconfig.json`);
  expect(references).toEqual([{ path: '../product' }]);
});

test('a reference that is not declared', () => {
  const root = inStep();
  write(root, 'modules/cart/tsconfig.json', '{ "references": [{ "path": "../product" }, { "path": "../../kernel" }] }');
  expect(texts(root)).toEqual(['modules/cart/tsconfig.json references product, kernel, package.json declares product']);
});

test('a workspace that the whole build does not know', () => {
  const root = inStep();
  write(root, 'modules/store/package.json', '{ "name": "@um/store" }');
  write(root, 'modules/store/tsconfig.json', '{}');
  expect(texts(root)).toEqual([
    'tsconfig.build.json does not list exactly the workspaces',
    'node_modules/@um/store is missing: run npm install',
  ]);
});

test('a dependency that is no workspace', () => {
  const root = inStep();
  write(root, 'modules/search/package.json', '{ "name": "@um/search", "dependencies": { "@um/serch": "*" } }');
  expect(texts(root)).toContain('modules/search/package.json declares @um/serch, which is no workspace');
});

test('a lockfile that is behind: npm ci would refuse it', () => {
  const root = inStep();
  const packages = {
    kernel: {},
    ui: {},
    'modules/product': { dependencies: { '@um/kernel': '*' } },
    'modules/search': {},
  };
  write(root, 'package-lock.json', JSON.stringify({ packages }));
  expect(texts(root)).toEqual(
    ['apps/server', 'apps/web', 'modules/cart'].map(
      (dir) => `package-lock.json is behind ${dir}/package.json: run npm install`,
    ),
  );
});
