import { afterAll, expect, test } from 'vitest';
import { openHouse, type House } from '../journeys/house.js';
import { drill } from './drill.js';

/** A few rounds always, each way of killing once; hundreds when they are named, as `node test/faults/run.ts` does. */
const ROUNDS = Number(process.env['UM_ROUNDS'] ?? 3);
const ROUND_MS = 60_000;
/** For people to come, and for the last open request to be answered. */
const AROUND_MS = 5 * 60_000;
let house: House | undefined;
afterAll(() => house?.stop());

test(
  'a kill in the middle of ordering loses nothing that was confirmed and places nothing twice',
  async () => {
    house = await openHouse('local');
    const server = house.servers.get('all')!;
    const report = await drill(house, ROUNDS, (line) => console.log(line)).catch((error: unknown) => {
      throw new Error(`the drill broke off; the server said:\n${server.output.slice(-6_000)}`, { cause: error });
    });
    console.log(report.figures.join('\n'));
    expect(report.problems).toEqual([]);
    // A slow machine may be killed before anybody has bought; over a few rounds somebody has.
    expect(report.confirmed).toBeGreaterThan(ROUNDS / 3);
  },
  ROUNDS * ROUND_MS + AROUND_MS,
);
