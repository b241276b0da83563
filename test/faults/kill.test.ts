import { afterAll, expect, test } from 'vitest';
import { openHouse, type House } from '../journeys/house.js';
import { drill } from './drill.js';

const ROUNDS = Number(process.env['UM_ROUNDS'] ?? 5);
let house: House | undefined;
afterAll(() => house?.stop());

test(
  'a kill in the middle of ordering loses nothing that was confirmed and places nothing twice',
  async () => {
    house = await openHouse('local');
    const report = await drill(house, ROUNDS, (line) => console.log(line));
    expect(report.problems).toEqual([]);
    expect(report.confirmed).toBeGreaterThan(ROUNDS);
  },
  ROUNDS * 60_000,
);
