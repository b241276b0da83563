// Builds everything that `npm start` needs: the server and its contexts (TypeScript), the demo pictures, the two web apps.
// A step whose inputs have not changed since it last succeeded is skipped, so a second run takes a fraction of a second.
import './node24.js';
import { parseArgs } from 'node:util';
import { buildSteps } from './build/steps.ts';
import { withLock } from './build/lock.ts';
import { digestOf, isFresh, remember } from './build/stamp.ts';
import { repository } from './workspace.ts';

/** Runs the steps that are out of date, in order. Returns the output of the first step that failed, or undefined. */
export async function build(
  root: string,
  options: { force?: boolean; say?: (line: string) => void } = {},
): Promise<string | undefined> {
  const say = options.say ?? (() => undefined);
  return withLock(root, async () => {
    for (const step of buildSteps(root)) {
      const digest = digestOf(root, step);
      if (!options.force && isFresh(root, step, digest)) continue;
      const { ok, output, seconds } = await step.run();
      if (!ok) return `build: ${step.name} failed\n${output}`;
      remember(root, step, digest);
      say(`build: ${step.name} ${seconds.toFixed(1)} s`);
    }
    return undefined;
  });
}

/** The command line: `--quiet` is for `npm install`, which must succeed even while the sources do not compile. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quiet: { type: 'boolean' }, force: { type: 'boolean' } } });
  if (values.quiet && process.env['UM_SKIP_BUILD'] === '1') return;
  const say = values.quiet ? () => undefined : (line: string) => console.log(line);
  const failure = await build(repository, { force: values.force ?? false, say });
  if (failure === undefined) return;
  console.error(failure);
  if (values.quiet) console.error('The packages are installed; run `npm run build` once this is mended.');
  else process.exitCode = 1;
}

if (import.meta.main) await main();
