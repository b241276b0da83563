import { expect, test } from 'vitest';
import { afterOrphans } from './postmaster.js';
import { SetupError } from './setup-error.js';

const held = () =>
  new SetupError(
    'embedded.START_FAILED',
    'PostgreSQL ended (1) while starting:\nFATAL:  pre-existing shared memory block (key 1, ID 2) is still in use',
  );

test('waits for the processes of a killed server, and says so once', async () => {
  const said: string[] = [];
  let tries = 0;
  const start = async (): Promise<string> => {
    tries += 1;
    if (tries < 3) throw held();
    return 'runs';
  };
  expect(await afterOrphans(start, (line) => said.push(line))).toBe('runs');
  expect(tries).toBe(3);
  expect(said).toHaveLength(1);
});

test('gives up when they stay', async () => {
  const start = async (): Promise<string> => {
    throw held();
  };
  await expect(afterOrphans(start, () => undefined, 150)).rejects.toThrow('still in use');
});

test('does not try again what fails for another reason', async () => {
  let tries = 0;
  const start = async (): Promise<string> => {
    tries += 1;
    throw new SetupError('embedded.START_FAILED', 'invalid value for parameter "work_mem"');
  };
  await expect(afterOrphans(start, () => undefined)).rejects.toThrow('work_mem');
  expect(tries).toBe(1);
});
