import { describe, expect, test } from 'vitest';
import { house } from '../test/fences/house.ts';
import { drawArchitecture } from './graph.ts';
import { mannersIn, readGraph } from './graph/model.ts';

describe('how one context depends on another', () => {
  test('it calls it when it holds its contract', () => {
    expect(mannersIn(`import { auth } from '@um/auth';\nclass A { constructor(@Uses(auth) x) {} }`)).toEqual([
      ['auth', 'calls'],
    ]);
  });

  test('it hears it when it listens to an event', () => {
    expect(mannersIn(`import { accountCreated } from '@um/auth';\nclass A { @On(accountCreated) f() {} }`)).toEqual([
      ['auth', 'hears'],
    ]);
    expect(
      mannersIn(`import { moved as orderMoved } from '@um/order';\nclass A { @On(orderMoved, { own: true }) f() {} }`),
    ).toEqual([['order', 'hears']]);
  });

  test('it knows it when it uses its words, and the kernel is nobody', () => {
    expect(mannersIn(`import type { Account } from '@um/auth';\nimport { On } from '@um/kernel';`)).toEqual([
      ['auth', 'knows'],
    ]);
  });
});

test('the strongest manner of all files counts, and tests count for nothing', () => {
  const root = house({
    'modules/cart/src/cart.service.ts': `import { product } from '@um/product';\nclass A { constructor(@Uses(product) x) {} }`,
    'modules/search/src/search.test.ts': `import { product } from '@um/product';`,
  });
  expect(readGraph(root).edges).toEqual([{ from: 'cart', to: 'product', manner: 'calls' }]);
});

test('the picture shows every context and dependency, the same each time', () => {
  const root = house();
  const drawn = drawArchitecture(root);
  for (const name of ['product', 'cart', 'search', 'kernel', 'server']) expect(drawn).toContain(`>${name}</text>`);
  expect(drawn).toContain('<title>cart knows product</title>');
  expect(drawn).toContain('prefers-color-scheme: dark');
  expect(drawArchitecture(root)).toBe(drawn);
});
