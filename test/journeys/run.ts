// Whole stories in each way of running:  npm run journeys -- --mode local|wire|split
import '../../tools/node24.js';
import { parseArgs } from 'node:util';
import { run } from '../../tools/run.ts';

const { values } = parseArgs({ options: { mode: { type: 'string' } } });
const modes = ['local', 'wire', 'split'];
if (values.mode !== undefined && !modes.includes(values.mode)) {
  process.stderr.write(`--mode is one of ${modes.join(', ')}\n`);
  process.exit(1);
}
const { ok } = await run('node', ['node_modules/vitest/vitest.mjs', 'run', '--project', 'system', 'test/journeys'], {
  output: 'show',
  env: { UM_JOURNEYS: values.mode ?? modes.join(',') },
});
process.exit(ok ? 0 : 1);
