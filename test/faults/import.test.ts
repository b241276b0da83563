import { afterAll, expect, test } from 'vitest';
import { openHouse, type House } from '../journeys/house.js';
import { importDrill } from './import-drill.js';

/** A small file by default; `node test/faults/import.ts` sends the large one. */
const ROWS = Number(process.env['UM_IMPORT_ROWS'] ?? 6_000);
/** A rate means something when the import lasts a while. */
const LEAST_RATE = ROWS >= 50_000 ? 2_000 : 0;
let house: House | undefined;
afterAll(() => house?.stop());

test(
  'an import survives two kills of its process: every line once, every bad one reported, nothing twice',
  async () => {
    house = await openHouse('local');
    const { problems, rate } = await importDrill(house, { rows: ROWS, kills: 2 }, (line) => console.log(line));
    expect(problems).toEqual([]);
    expect(rate).toBeGreaterThan(LEAST_RATE);
  },
  20 * 60_000,
);
