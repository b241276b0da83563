import { expect, test } from 'vitest';
import { missingPlatforms } from './lockfile.ts';

const parent = {
  version: '1.0.0',
  dev: true,
  license: 'MIT',
  optionalDependencies: { '@p/darwin-arm64': '1.0.0', '@p/linux-x64-musl': '1.0.0' },
};

test('a platform that the lockfile lacks is entered so that other machines pass it over', () => {
  const packages = { 'node_modules/p': parent, 'node_modules/@p/darwin-arm64': { version: '1.0.0' } };
  expect(missingPlatforms({ packages })).toEqual({
    'node_modules/@p/linux-x64-musl': {
      version: '1.0.0',
      cpu: ['x64'],
      dev: true,
      libc: ['musl'],
      license: 'MIT',
      optional: true,
      os: ['linux'],
    },
  });
});

test('what lies beside the parent or above it is there', () => {
  const nested = 'node_modules/a/node_modules/p';
  const packages = {
    [nested]: parent,
    'node_modules/a/node_modules/@p/darwin-arm64': { version: '1.0.0' },
    'node_modules/@p/linux-x64-musl': { version: '1.0.0' },
  };
  expect(missingPlatforms({ packages })).toEqual({});
});

test('WebAssembly is a processor without a system', () => {
  const packages = { 'node_modules/p': { optionalDependencies: { '@p/binding-wasm32-wasi': '2.0.0' } } };
  expect(missingPlatforms({ packages })).toEqual({
    'node_modules/@p/binding-wasm32-wasi': { version: '2.0.0', cpu: ['wasm32'], optional: true },
  });
});
