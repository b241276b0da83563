import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const gate = join(import.meta.dirname, 'node24.js');
let dir: string;
let other: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'um-node-'));
  other = join(dir, 'node');
  writeFileSync(other, `#!/bin/sh\nVIA=other exec ${process.execPath} "$@"\n`);
  chmodSync(other, 0o755);
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Runs a line of JavaScript behind the gate. */
function behind(script: string, chosen?: string) {
  const env = { ...process.env, ...(chosen === undefined ? {} : { UM_NODE: chosen }) };
  const args = ['--import', gate, '-e', script, 'an argument'];
  const { status, stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  return { status, said: stdout.trim() };
}
const tell = 'console.log(process.env.VIA, process.env.UM_NODE, process.argv.at(-1)); process.exitCode = 3';

test('a tool runs with the Node it was started with', () => {
  expect(behind(tell)).toEqual({ status: 3, said: 'undefined undefined an argument' });
  expect(behind(tell, process.execPath)).toEqual({ status: 3, said: 'undefined undefined an argument' });
});

test('UM_NODE chooses another one, once, with the same arguments and exit code', () => {
  expect(behind(tell, other)).toEqual({ status: 3, said: 'other undefined an argument' });
});
