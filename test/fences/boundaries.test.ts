import { describe, expect, test } from 'vitest';
import { boundaries } from '../../tools/boundaries.ts';
import { notCruised } from '../../tools/boundaries/cruise.ts';
import { house } from './house.ts';

/** The rules that fire in a house with these files, each once. */
async function broken(changes: Record<string, string>, manifests?: Record<string, string[]>): Promise<string[]> {
  const { problems } = await boundaries(house(changes, manifests));
  return [...new Set(problems.map((p) => p.rule))].sort();
}

test('a house in order has no problem', async () => {
  const { files, problems } = await boundaries(house());
  expect(problems).toEqual([]);
  expect(files).toBe(19);
});

describe('no-cycle', () => {
  test('two services that need each other', async () => {
    const a = `import { b } from './b.service.js';\nexport const a = () => b;`;
    const b = `import { a } from './a.service.js';\nexport const b = () => a;`;
    expect(await broken({ 'modules/cart/src/a.service.ts': a, 'modules/cart/src/b.service.ts': b })).toEqual([
      'no-cycle',
    ]);
  });

  test('is named once, with every step', async () => {
    const a = `import { b } from './b.service.js';\nexport const a = () => b;`;
    const b = `import { a } from './a.service.js';\nexport const b = () => a;`;
    const { problems } = await boundaries(
      house({ 'modules/cart/src/a.service.ts': a, 'modules/cart/src/b.service.ts': b }),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]?.text).toContain('b.service.ts -> modules/cart/src/a.service.ts');
  });
});

describe('no-cycle, at its edges', () => {
  const page = `import { go } from './router.js';\nexport const page = () => go;`;

  test('a cycle of types alone is one too', async () => {
    const a = `import type { B } from './b.js';\nexport type A = B[];`;
    const b = `import type { A } from './a.js';\nexport type B = A[];`;
    expect(await broken({ 'apps/web/src/a.ts': a, 'apps/web/src/b.ts': b })).toEqual(['no-cycle']);
  });

  test('a page that the router loads lazily may use the router', async () => {
    const lazy = `export const go = () => import('./page.js');`;
    const eager = `import { page } from './page.js';\nexport const go = () => page;`;
    expect(await broken({ 'apps/web/src/page.ts': page, 'apps/web/src/router.ts': lazy })).toEqual([]);
    expect(await broken({ 'apps/web/src/page.ts': page, 'apps/web/src/router.ts': eager })).toEqual(['no-cycle']);
  });
});

describe('contract-only', () => {
  test('another context’s module, by its package entry', async () => {
    const file = `import { module } from '@um/product/module';\nexport const x = module;`;
    expect(await broken({ 'modules/cart/src/cart.service.ts': file })).toEqual(['contract-only']);
  });

  test('another context’s contract, by a path', async () => {
    const file = `import { product } from '../../product/src/contract.js';\nexport const x = product;`;
    expect(await broken({ 'modules/cart/src/cart.service.ts': file })).toEqual(['contract-only']);
  });

  test('another context’s insides, by a path', async () => {
    const file = `import { get } from '../../product/src/product.service.js';\nexport const x = get;`;
    expect(await broken({ 'modules/cart/src/cart.service.ts': file })).toEqual(['contract-only']);
  });

  test('factories outside of tests', async () => {
    const file = `import { aProduct } from '@um/product/testing';\nexport const x = aProduct;`;
    expect(await broken({ 'modules/cart/src/cart.service.ts': file })).toEqual(['contract-only']);
  });

  test('a module loaded anywhere in the server but the registry', async () => {
    const file = `export const x = () => import('@um/product/module');`;
    expect(await broken({ 'apps/server/src/boot.ts': file })).toEqual(['contract-only']);
  });

  test('a test that reaches behind another context’s contract, in a context or an application', async () => {
    const file = `export const x = () => import('@um/product/module');`;
    expect(await broken({ 'modules/cart/src/line.test.ts': file })).toEqual(['contract-only']);
    expect(await broken({ 'apps/cli/src/import.test.ts': file })).toEqual(['contract-only']);
  });

  test('a registry that loads more than modules', async () => {
    const file = `export const load = [() => import('@um/product/testing')];`;
    expect(await broken({ 'apps/server/src/registry.ts': file })).toEqual(['contract-only']);
  });

  test('a module loaded by another application', async () => {
    const file = `export const x = () => import('@um/product/module');`;
    expect(await broken({ 'apps/cli/src/import.ts': file })).toEqual(['contract-only']);
  });
});

describe('contract-is-pure', () => {
  test('a contract that uses the whole kernel', async () => {
    const file = `import type { Db } from '@um/kernel';\nexport const cart = {} as Db;`;
    expect(await broken({ 'modules/cart/src/contract.ts': file })).toEqual(['contract-is-pure']);
  });

  test('a contract that decides', async () => {
    const file = `import { suits } from './cart.rules.js';\nexport const cart = suits;`;
    expect(await broken({ 'modules/cart/src/contract.ts': file, 'modules/cart/src/cart.module.ts': '' })).toEqual([
      'contract-is-pure',
    ]);
  });

  test('a contract that uses its own service', async () => {
    const file = `import { get } from './product.service.js';\nexport const product = get;`;
    expect(await broken({ 'modules/product/src/contract.ts': file })).toEqual(['contract-is-pure']);
  });

  test('a contract that reaches the database through a plain file', async () => {
    const file = `import type { ColumnType } from 'kysely';\nexport const id = {} as ColumnType<string>;`;
    expect(await broken({ 'modules/product/src/identity.ts': file })).toEqual(['contract-is-pure', 'sql-in-queries']);
  });

  test('a contract side of the kernel that reaches a framework', async () => {
    const file = `import 'fastify';\nexport const query = (x: unknown) => x;`;
    expect(await broken({ 'kernel/src/contract-side.ts': file })).toEqual(['contract-is-pure']);
  });
});

describe('sql-in-queries', () => {
  test.each([
    ['kysely in a service', `import { sql } from 'kysely';\nexport const x = sql;`],
    ['pg in a service', `import pg from 'pg';\nexport const x = pg;`],
    ['a type of kysely in a service', `import type { Kysely } from 'kysely';\nexport type X = Kysely<unknown>;`],
    [
      'a statement built on the injected connection',
      `export const x = (db: never) => db.selectFrom('line').execute();`,
    ],
    ['a statement in a tagged template', 'export const x = (sql: never) => sql`select 1`;'],
    ['a typed statement in a tagged template', 'export const x = (sql: never) => sql<number>`select 1`;'],
  ])('%s', async (_, file) => {
    expect(await broken({ 'modules/cart/src/cart.service.ts': file })).toEqual(['sql-in-queries']);
  });

  test('a schema file names column types and runs nothing', async () => {
    const types = `import type { ColumnType } from 'kysely';\nexport type X = ColumnType<string>;`;
    const runs = `import { sql } from 'kysely';\nexport const x = sql;`;
    expect(await broken({ 'modules/cart/src/cart.schema.ts': types })).toEqual([]);
    expect(await broken({ 'modules/cart/src/cart.schema.ts': runs })).toEqual(['sql-in-queries']);
  });

  test('an application is bound too, but for the server’s own PostgreSQL', async () => {
    const file = `import pg from 'pg';\nexport const x = pg;`;
    expect(await broken({ 'apps/cli/src/audit.ts': file })).toEqual(['sql-in-queries']);
    expect(await broken({ 'apps/server/src/postgres/provision.ts': file })).toEqual([]);
  });
});

test('controllers-call-services', async () => {
  const file = `import { one } from './product.queries.js';\nexport const route = one;`;
  expect(await broken({ 'modules/product/src/product.controller.ts': file })).toEqual(['controllers-call-services']);
});

describe('rules-are-pure', () => {
  test('a decision that waits', async () => {
    const file = `export const suits = async (age: Promise<number>) => (await age) > 8;`;
    expect(await broken({ 'modules/cart/src/cart.rules.ts': file })).toEqual(['rules-are-pure']);
  });

  test('a decision that asks the database', async () => {
    const file = `import { one } from './product.queries.js';\nexport const suits = one;`;
    expect(await broken({ 'modules/product/src/product.rules.ts': file })).toEqual(['rules-are-pure']);
  });
});

test('kernel-knows-nobody', async () => {
  const file = `import { button } from '@um/ui';\nexport const x = button;`;
  expect(await broken({ 'kernel/src/page.ts': file })).toEqual(['kernel-knows-nobody']);
});

describe('tiers-look-down', () => {
  test('a context that imports one of a higher tier', async () => {
    const cart = `export const cart = {};`;
    const product = `import { cart } from '@um/cart';\nexport const product = cart;`;
    const fired = await broken({
      'modules/cart/src/contract.ts': cart,
      'modules/product/src/product.listeners.ts': product,
      'modules/cart/src/cart.test.ts': '',
    });
    expect(fired).toEqual(['tiers-look-down']);
  });

  test('a context that imports one to its right in the same tier', async () => {
    const store = `import { product } from '@um/product';\nexport const store = product;`;
    expect(await broken({ 'modules/store/src/contract.ts': store })).toEqual(['tiers-look-down']);
    const inventory = `import { product } from '@um/product';\nexport const inventory = product;`;
    expect(await broken({ 'modules/inventory/src/contract.ts': inventory })).toEqual([]);
  });

  test('a context that the table does not name', async () => {
    expect(await broken({ 'modules/weather/src/contract.ts': 'export const weather = {};' })).toEqual([
      'tiers-look-down',
    ]);
  });
});

describe('only-the-edge-calls-watchers', () => {
  const calls = `import { search } from '@um/search';\nexport const x = search;`;
  const hears = `import { indexed } from '@um/search';\nexport const x = indexed;`;

  test('a watcher’s contract held by another context', async () => {
    expect(await broken({ 'modules/notification/src/notification.service.ts': calls })).toEqual([
      'only-the-edge-calls-watchers',
    ]);
  });

  test('the edge may call, and anyone to its right may hear', async () => {
    expect(await broken({ 'modules/gateway/src/gateway.service.ts': calls })).toEqual([]);
    expect(await broken({ 'modules/notification/src/notification.listeners.ts': hears })).toEqual([]);
  });
});

describe('modules-know-no-app', () => {
  test('a context that imports an application', async () => {
    const file = `import { boot } from '@um/server/testing';\nexport const x = boot;`;
    expect(await broken({ 'modules/cart/src/cart.service.ts': file })).toEqual(['modules-know-no-app']);
    expect(await broken({ 'modules/cart/src/line.test.ts': file })).toEqual(['modules-know-no-app']);
  });

  test('a test through HTTP boots the server by its testing door, needs no declaration, and may use higher contexts', async () => {
    const file = `import { boot } from '@um/server/testing';\nimport { cart } from '@um/cart';\nexport const x = [boot, cart];`;
    const cart = `export const cart = {};`;
    const changes = { 'modules/cart/src/contract.ts': cart, 'modules/product/src/product.http.test.ts': file };
    expect(await broken(changes, { 'modules/product': ['@um/kernel'] })).toEqual([]);
  });

  test('such a test goes through no other door', async () => {
    const file = `import { page } from '@um/web';\nexport const x = page;`;
    const changes = {
      'apps/web/src/index.ts': 'export const page = 1;',
      'modules/product/src/product.http.test.ts': file,
    };
    expect(await broken(changes, { 'modules/product': ['@um/kernel'] })).toEqual(['modules-know-no-app']);
  });
});

describe('ui-knows-no-server', () => {
  test.each([
    ['a context', `import type { product } from '@um/product';\nexport type X = typeof product;`],
    ['a server framework', `import 'fastify';\nexport const x = 1;`],
    ['Node itself', `import { readFileSync } from 'node:fs';\nexport const x = readFileSync;`],
  ])('%s', async (_, file) => {
    expect(await broken({ 'ui/src/card.ts': file })).toEqual(['ui-knows-no-server']);
  });
});

describe('contracts-as-types', () => {
  test.each([
    ['a contract’s value', `import { product } from '@um/product';\nexport const x = product;`],
    ['the kernel’s value', `import { query } from '@um/kernel';\nexport const x = query;`],
  ])('%s in the storefront', async (_, file) => {
    expect(await broken({ 'apps/web/src/page.ts': file })).toEqual(['contracts-as-types']);
    expect(await broken({ 'apps/admin/src/page.ts': file })).toEqual(['contracts-as-types']);
  });
});

describe('clock', () => {
  test.each(['new Date()', 'new Date', 'Date.now()', 'Date()'])('%s in business code', async (expression) => {
    expect(await broken({ 'modules/cart/src/cart.service.ts': `export const x = ${expression};` })).toEqual(['clock']);
  });

  test('a date made from a value is no clock, and tests set their own', async () => {
    expect(await broken({ 'modules/cart/src/cart.service.ts': `export const x = new Date(0);` })).toEqual([]);
    expect(await broken({ 'modules/cart/src/line.test.ts': `export const x = Date.now();` })).toEqual([]);
  });
});

test('resolvable', async () => {
  expect(await broken({ 'modules/cart/src/cart.service.ts': `export * from './gone.js';` })).toEqual(['resolvable']);
});

describe('declared = used', () => {
  test('an import that package.json does not declare', async () => {
    expect(await broken({}, { 'modules/cart': [] })).toEqual(['undeclared']);
  });

  test('a declaration that nothing imports', async () => {
    expect(await broken({}, { 'modules/search': ['@um/kernel'] })).toEqual(['unused']);
  });
});

test('not-cruised: a cruise that looked at nothing does not pass for a clean one', () => {
  expect(notCruised(['modules/cart/src/contract.ts'], []).map((p) => p.rule)).toEqual(['not-cruised']);
});
