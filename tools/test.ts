// `npm test`: build, check, then every test. The last line alone tells how it went: `N passed, N failed`.
// Arguments go to Vitest: `npm test -- modules/cart` runs the tests of one context, without the checks.
import './node24.js';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { check } from './check.ts';
import { run } from './run.ts';
import { stampFolder } from './build/stamp.ts';
import { closingLine, totals, type Report, type Totals } from './test/totals.ts';
import { readJson, repository } from './workspace.ts';

const say = (line: string): void => console.log(line);
const nothingRan: Totals = { passed: 0, failed: 1, skipped: 0 };

/** Builds, checks and tests. A part that could not run at all counts as one failure. */
async function everything(chosen: readonly string[]): Promise<Totals> {
  const broken = await build(repository, { say });
  if (broken !== undefined) {
    say(broken);
    return nothingRan;
  }
  const failedChecks = chosen.length > 0 ? [] : await check(say);
  const tested = await vitest(chosen);
  if (failedChecks.length > 0) say(`check: FAILED ${failedChecks.join(', ')}; each counts as a failure`);
  return { ...tested, failed: tested.failed + failedChecks.length };
}

async function vitest(chosen: readonly string[]): Promise<Totals> {
  const report = join(stampFolder(repository), `tests-${process.pid}.json`);
  mkdirSync(stampFolder(repository), { recursive: true });
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...chosen];
  const { ok } = await run('node', ['node_modules/vitest/vitest.mjs', ...args], { output: 'show' });
  if (!existsSync(report)) return nothingRan;
  const counted = totals(readJson<Report>(report), ok);
  rmSync(report);
  return counted;
}

const result = await everything(process.argv.slice(2));
say(`\n${closingLine(result)}`);
process.exitCode = result.failed > 0 ? 1 : 0;
