import { afterAll, expect, test } from 'vitest';
import { openHouse, type House } from '../journeys/house.js';
import { drill } from './drill.js';

// A drill takes minutes and the whole machine: it runs when its rounds are named, as `node test/faults/run.ts` does.
const ROUNDS = Number(process.env['UM_ROUNDS'] ?? 0);
if (ROUNDS === 0) console.log('test/faults: the kill drill is skipped, name its rounds in UM_ROUNDS');
let house: House | undefined;
afterAll(() => house?.stop());

test.skipIf(ROUNDS === 0)(
  'a kill in the middle of ordering loses nothing that was confirmed and places nothing twice',
  async () => {
    house = await openHouse('local');
    const report = await drill(house, ROUNDS, (line) => console.log(line));
    expect(report.problems).toEqual([]);
    expect(report.confirmed).toBeGreaterThan(ROUNDS);
  },
  ROUNDS * 60_000,
);
