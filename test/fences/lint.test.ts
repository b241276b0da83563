import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../tools/run.ts';
import { repository } from '../../tools/workspace.ts';
import { write } from './house.ts';

interface Report {
  readonly diagnostics: readonly { code: string }[];
}

/** The rules that our lint configuration reports for one file at `path`, each once. */
async function lint(path: string, text: string): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'lint-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  copyFileSync(join(repository, '.oxlintrc.json'), join(root, '.oxlintrc.json'));
  write(
    root,
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { strict: true, module: 'nodenext', lib: ['es2024', 'dom'] } }),
  );
  write(root, path, text);
  const { output } = await run('oxlint', ['--type-aware', '--format', 'json'], { cwd: root });
  const { diagnostics } = JSON.parse(output) as Report;
  return [...new Set(diagnostics.map((d) => d.code.replace(/^.*\((.*)\)$/, '$1')))].sort();
}

const statements = (count: number): string => Array.from({ length: count }, (_, i) => `  sum += ${i};`).join('\n');
const longFunction = (count: number): string =>
  `export function total(): number {\n  let sum = 0;\n${statements(count)}\n  return sum;\n}\n`;
const longFile = Array.from({ length: 301 }, (_, i) => `export const n${i} = ${i};`).join('\n');

describe('each rule fires on the code it forbids', () => {
  test.each([
    ['no-floating-promises', `export function start(work: () => Promise<void>): void {\n  work();\n}\n`],
    [
      'no-misused-promises',
      `export const each = (all: string[], f: (s: string) => Promise<void>): void => all.forEach(f);\n`,
    ],
    ['no-explicit-any', `export const x = (value: any): unknown => value;\n`],
    ['no-unused-vars', `const forgotten = 1;\nexport const x = 2;\n`],
    ['no-console', `export const say = (): void => console.log('here');\n`],
    ['prefer-const', `let x = 1;\nexport const y = (): number => x;\n`],
    ['eqeqeq', `export const same = (a: number, b: number): boolean => a == b;\n`],
    ['no-default-export', `export default 1;\n`],
    ['ban-ts-comment', `// @ts-ignore\nexport const x: number = 'one';\n`],
    ['no-empty', `export function hush(f: () => void): void {\n  try {\n    f();\n  } catch {}\n}\n`],
    ['max-lines', longFile],
    ['max-lines-per-function', longFunction(50)],
    [
      'switch-exhaustiveness-check',
      `export function f(x: 'a' | 'b'): void {\n  switch (x) {\n    case 'a':\n      f('b');\n  }\n}\n`,
    ],
  ])('%s', async (rule, text) => {
    expect(await lint('modules/cart/src/cart.service.ts', text)).toEqual([rule]);
  });
});

describe('what is exempt', () => {
  test('a command line tool talks on the console', async () => {
    expect(await lint('apps/cli/src/main.ts', `export const say = (): void => console.log('done');\n`)).toEqual([]);
  });

  test('a test and a table of data may be long', async () => {
    expect(await lint('modules/cart/src/cart.test.ts', longFunction(60))).toEqual([]);
    expect(await lint('modules/cart/src/colours.data.ts', longFile)).toEqual([]);
  });

  test('a function of 50 lines is not too long', async () => {
    expect(await lint('modules/cart/src/cart.service.ts', longFunction(46))).toEqual([]);
  });
});
