// Kills the platform while people order:  node test/faults/run.ts --rounds 200
import '../../tools/node24.js';
import { parseArgs } from 'node:util';
import { run } from '../../tools/run.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
if (!/^[1-9]\d*$/.test(values.rounds)) {
  process.stderr.write('--rounds is a whole number of at least 1\n');
  process.exit(1);
}
const { ok } = await run(
  'node',
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'system', 'test/faults/kill.test.ts'],
  {
    output: 'show',
    env: { UM_ROUNDS: values.rounds },
  },
);
process.exit(ok ? 0 : 1);
