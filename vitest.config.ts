import { defineConfig } from 'vitest/config';

// Tests read TypeScript through the `source` condition of each package, so they need no build.
const conditions = ['source', 'module', 'node', 'development|production'];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'react' } },
};
const system = 'test/{journeys,browser,faults}/**/*.test.{ts,tsx}';
const minutes = 60_000;
// Absolute: a workspace made by a test runs with this configuration too.
const databaseServer = `${import.meta.dirname}/test/postgres.setup.ts`;

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{kernel,ui,modules/*,apps/*}/src/**/*.test.{ts,tsx}', '{tools,test}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', system],
          globalSetup: [databaseServer],
          pool: 'forks',
          // One process runs many files: eight times faster than a process each. Tests therefore leave no global state behind.
          isolate: false,
          testTimeout: 1 * minutes,
          hookTimeout: 2 * minutes,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          // Whole systems: they start servers and a browser, so they come last and one at a time.
          name: 'system',
          include: [system, 'bench/**/*.test.ts'],
          globalSetup: [databaseServer],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 3 * minutes,
          hookTimeout: 3 * minutes,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
