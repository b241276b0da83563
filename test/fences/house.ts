import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { homeOf } from '../../tools/workspace.ts';

/** A small house in perfect order; each test adds the one file that breaks a rule. */
const orderly: Readonly<Record<string, string>> = {
  'kernel/src/index.ts': `import { Kysely } from 'kysely';\nexport * from './contract-side.js';\nexport type Db = Kysely<unknown>;`,
  'kernel/src/contract-side.ts': `import { z } from 'zod';\nexport const query = (input: unknown) => ({ input, schema: z });`,
  'ui/src/index.ts': `export const button = 'button';`,
  'modules/product/src/contract.ts': `import { query } from '@um/kernel/contract';\nimport { id } from './identity.js';\nexport const product = { get: query(id) };`,
  'modules/product/src/identity.ts': `import { z } from 'zod';\nexport const id = z;`,
  'modules/product/src/product.queries.ts': `import { sql } from 'kysely';\nexport const one = () => sql\`select 1\`;`,
  'modules/product/src/product.service.ts': `import { one } from './product.queries.js';\nexport const get = one;`,
  'modules/product/src/product.controller.ts': `import { get } from './product.service.js';\nexport const route = get;`,
  'modules/product/src/product.module.ts': `import { route } from './product.controller.js';\nexport const module = route;`,
  'modules/product/src/product.factory.ts': `export const aProduct = () => ({ at: new Date() });`,
  'modules/cart/src/contract.ts': `import { product } from '@um/product';\nexport const cart = product;`,
  'modules/cart/src/cart.rules.ts': `export const suits = (age: number, min: number) => age >= min;`,
  'modules/cart/src/cart.module.ts': `import { cart } from './contract.js';\nimport { suits } from './cart.rules.js';\nexport const module = { cart, suits };`,
  'modules/cart/src/cart.test.ts': `import { aProduct } from '@um/product/testing';\nexport const fixture = aProduct();`,
  'modules/search/src/contract.ts': `export const search = {};\nexport const indexed = {};`,
  'modules/search/src/search.module.ts': `export const module = {};`,
  'apps/server/src/registry.ts': `export const load = [() => import('@um/product/module'), () => import('@um/cart/module')];`,
  'apps/server/src/testing.ts': `export const boot = () => 1;`,
  'apps/web/src/client.ts': `import { button } from '@um/ui';\nimport type { product } from '@um/product';\nexport const page = (p: typeof product) => [button, p];`,
};

const thirdParty = ['kysely', 'pg', 'zod', 'fastify', '@nestjs/common'];

/** Lays out a workspace below a temporary folder and takes it down after the test. `manifests` overrides declared dependencies. */
export function house(
  changes: Readonly<Record<string, string>> = {},
  manifests: Readonly<Record<string, readonly string[]>> = {},
): string {
  const root = mkdtempSync(join(tmpdir(), 'house-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const files = { ...orderly, ...changes };
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  write(
    root,
    'package.json',
    JSON.stringify({ name: 'house', type: 'module', workspaces: ['kernel', 'ui', 'modules/*', 'apps/*'] }),
  );
  for (const name of thirdParty) {
    write(
      root,
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }),
    );
    write(root, `node_modules/${name}/index.js`, 'export {};');
  }
  const dirs = new Set(Object.keys(files).flatMap((path) => homeOf(path) ?? []));
  for (const dir of dirs) furnish(root, dir, manifests[dir] ?? importedBy(dir, files));
  return root;
}

/** Writes one file of the house. */
export function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function furnish(root: string, dir: string, dependencies: readonly string[]): void {
  const word = dir.split('/').at(-1) ?? dir;
  const entry = (file: string) => ({ source: `./src/${file}.ts`, default: `./dist/${file}.js` });
  const manifest = {
    name: `@um/${word}`,
    type: 'module',
    exports: dir.startsWith('modules/')
      ? { '.': entry('contract'), './module': entry(`${word}.module`), './testing': entry(`${word}.factory`) }
      : { '.': entry('index'), './contract': entry('contract-side'), './testing': entry('testing') },
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])),
  };
  write(root, `${dir}/package.json`, JSON.stringify(manifest));
  const link = join(root, 'node_modules', manifest.name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), join(root, dir)), link);
}

/** The workspaces that the files of `dir` import by name. */
function importedBy(dir: string, files: Readonly<Record<string, string>>): string[] {
  const texts = Object.entries(files).filter(([path]) => homeOf(path) === dir);
  return [...new Set(texts.flatMap(([, text]) => [...text.matchAll(/'(@um\/[^/']+)/g)].map((m) => m[1] ?? '')))];
}
