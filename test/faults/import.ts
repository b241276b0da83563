// Imports a large file and kills the platform twice in the middle:  node test/faults/import.ts --rows 100000
import '../../tools/node24.js';
import { parseArgs } from 'node:util';
import { run } from '../../tools/run.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' } } });
if (!/^[1-9]\d{3,6}$/.test(values.rows)) {
  process.stderr.write('--rows is a whole number between 1000 and 9999999\n');
  process.exit(1);
}
const { ok } = await run('vitest', ['run', '--project', 'system', 'test/faults/import.test.ts'], {
  output: 'show',
  env: { UM_IMPORT_ROWS: values.rows },
});
process.exit(ok ? 0 : 1);
