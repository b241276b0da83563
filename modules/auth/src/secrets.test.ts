import { expect, test } from 'vitest';
import { hashPassword, hashPin, passwordFits, pinFits } from './secrets.js';

test('a password fits its own hash, which is argon2id with 19 MiB and two passes', async () => {
  const stored = await hashPassword('qish-kechasi-choy');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordFits(stored, 'qish-kechasi-choy')).toBe(true);
  expect(await passwordFits(stored, 'qish-kechasi-chay')).toBe(false);
});

test('nobody has no password, not even the one their place is kept with', async () => {
  expect(await passwordFits(undefined, 'nobody has this password')).toBe(false);
});

test('nobody takes as long as somebody', async () => {
  const stored = await hashPassword('qish-kechasi-choy');
  const time = async (hash: string | undefined) => {
    const started = performance.now();
    await passwordFits(hash, 'wrong');
    return performance.now() - started;
  };
  await time(undefined);
  expect(await time(undefined)).toBeGreaterThan((await time(stored)) / 4);
});

test('a PIN fits its own hash, with the platform’s secret alone', async () => {
  const stored = await hashPin('secret', '4821');
  expect(await pinFits('secret', stored, '4821')).toBe(true);
  expect(await pinFits('secret', stored, '4822')).toBe(false);
  expect(await pinFits('another secret', stored, '4821')).toBe(false);
});
