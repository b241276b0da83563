// `npm run bench -- --scale`: what lists and searches cost as the catalog grows, with nothing answered from memory.
// `--sizes 10k,100k,1m` chooses the catalogs. Exit code 1 when a line is missed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { leave, read, spread } from '../shoppers.ts';
import { atLeast, atMost, p95, type Line } from '../table.ts';
import { asks, KINDS, type Kind } from './ask.ts';
import { stand, type Stand } from './stand.ts';

const PORT = 22_013;
const SEED = 2_026;
const SELLERS = 1_000;
const [ROUNDS, REQUESTS, WARM_UP] = [5, 100, 60];
const PAGES = 120;
const COLD_REQUESTS = 1_500;
/** The catalogs whose sellers differ and whose costs must not. */
const OF_SELLERS = { products: 20_000, few: 10, many: 10_000 };
const UNITS: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000 };

/** Sizes as they are written on the command line: `10k,100k,1m`. Throws for anything else. */
export function sizesOf(args: readonly string[]): number[] {
  const at = args.indexOf('--sizes');
  const given = at < 0 ? '10k,100k,1m' : (args[at + 1] ?? '');
  return given.split(',').map((text) => {
    const found = /^(\d+)([km])?$/.exec(text.toLowerCase());
    if (!found) throw new Error(`--sizes ${given}: sizes are numbers, as in 10k,100k,1m`);
    return Number(found[1]) * (UNITS[found[2] ?? ''] ?? 1);
  });
}

const named = (products: number): string =>
  products % 1_000_000 === 0 ? `${products / 1_000_000}M` : `${products / 1_000}k`;

/** The p95 of a kind of requests, one after the other, in ms, in the calmest of some rounds. */
async function costOf(kind: Kind, { url, catalog, some }: Stand): Promise<number> {
  const addresses = (count: number, seed: number): string[] => asks(kind, catalog, some, count, seed);
  for (const address of addresses(WARM_UP, 1)) await read(`${url}${address}`);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const times: number[] = [];
    for (const address of addresses(REQUESTS, 2 + round)) times.push((await read(`${url}${address}`)).ms);
    rounds.push(p95(times));
  }
  return Math.min(...rounds);
}

/** The p95 of pages far from the first, each reached from the one before. */
async function deepCost({ url }: Stand): Promise<number> {
  const list = `${url}/api/v1/products?limit=24&sort=price_asc&lang=en`;
  const times: number[] = [];
  for (let page = 0, cursor = ''; page < PAGES; page += 1) {
    const { body, ms } = await read<{ nextCursor: string | null }>(`${list}${cursor}`);
    if (page >= PAGES / 2) times.push(ms);
    if (body.nextCursor === null) throw new Error('the catalog has too few pages');
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
  return p95(times);
}

type Costs = ReadonlyMap<string, number>;

/** What everything costs on a stand, and whether anything was read from end to end for it. */
async function measure(on: Stand): Promise<{ costs: Costs; scanned: string[] }> {
  const costs = new Map<string, number>();
  const before = await on.scans();
  for (const kind of KINDS) costs.set(kind, await costOf(kind, on));
  costs.set('deep page', await deepCost(on));
  await pause(1_500); // PostgreSQL tells its counts when a connection has been idle for a second
  const after = await on.scans();
  return { costs, scanned: [...after].filter(([name, n]) => n > (before.get(name) ?? 0)).map(([name]) => name) };
}

/** Lists at 50 shoppers at a time. */
async function coldLines({ url, catalog, some }: Stand, size: string): Promise<Line[]> {
  const addresses = asks('list', catalog, some, COLD_REQUESTS, 99);
  const began = performance.now();
  const times = await spread(addresses, 50, async (address) => (await read(`${url}${address}`)).ms);
  const rate = COLD_REQUESTS / ((performance.now() - began) / 1_000);
  return [
    atMost(`cold list of ${size}, p95 at 50 concurrent`, p95(times), 100, 'ms'),
    atLeast(`cold list of ${size}`, rate, 150, 'requests/s'),
  ];
}

type Say = (what: string) => void;

async function withStand<T>(
  size: { products: number; sellers: number },
  folder: string,
  say: Say,
  work: (on: Stand) => Promise<T>,
): Promise<T> {
  const on = await stand({ ...size, seed: SEED }, { folder, port: PORT });
  try {
    const { truth, readModel } = on.seconds;
    say(
      `${named(size.products)} products of ${size.sellers} sellers: ${truth.toFixed(0)} s to copy, ${readModel.toFixed(0)} s to rebuild the read model`,
    );
    return await work(on);
  } finally {
    await on.stop();
  }
}

/** Lines of one size: what everything costs, compared with the smallest size. */
function linesOf(size: string, { costs, scanned }: { costs: Costs; scanned: string[] }, floor: Costs | null): Line[] {
  const lines = [...costs].map(([kind, cost]): Line => {
    const name = `${kind}, ${size}, p95`;
    if (kind === 'typo search' && size === '100k') return atMost(name, cost, 150, 'ms');
    if (!floor) return { name, budget: 'the floor', measured: `${cost.toFixed(1)} ms`, met: true };
    const times = cost / floor.get(kind)!;
    const measured = `${times.toFixed(2)} x (${cost.toFixed(1)} ms)`;
    return { name, budget: '<= 2 x', measured, met: times <= 2 };
  });
  const measured = scanned.length === 0 ? 'none' : scanned.join(', ');
  return [
    ...lines,
    { name: `tables read from end to end, ${size}`, budget: 'none', measured, met: scanned.length === 0 },
  ];
}

async function sellerLines(folder: string, say: Say): Promise<Line[]> {
  const { products, few, many } = OF_SELLERS;
  const costs = [];
  for (const sellers of [few, many])
    costs.push(await withStand({ products, sellers }, folder, say, async (on) => (await measure(on)).costs));
  const [ofFew, ofMany] = costs as [Costs, Costs];
  return ['list', 'facets', 'search'].map((kind) => {
    const times = ofMany.get(kind)! / ofFew.get(kind)!;
    const measured = `${times.toFixed(2)} x (${ofMany.get(kind)!.toFixed(1)} ms)`;
    return { name: `${kind}, ${many} sellers to ${few}`, budget: '<= 1.5 x', measured, met: times <= 1.5 };
  });
}

/** Builds the catalogs one after the other and answers the lines of the table. */
export async function scaleLines(args: readonly string[], say: Say): Promise<Line[]> {
  const sizes = sizesOf(args).toSorted((a, b) => a - b);
  const folder = mkdtempSync(join(tmpdir(), 'um-scale-'));
  const lines: Line[] = [];
  const add = (...more: Line[]): void => {
    lines.push(...more);
    for (const line of more) say(`${line.name}: ${line.measured}`);
  };
  let floor: Costs | null = null;
  try {
    for (const products of sizes) {
      const size = named(products);
      await withStand({ products, sellers: SELLERS }, folder, say, async (on) => {
        const measured = await measure(on);
        add(...linesOf(size, measured, floor));
        floor ??= measured.costs;
        if (products === 100_000) add(...(await coldLines(on, size)));
      });
    }
    if (args.includes('--sellers') || !args.includes('--sizes')) add(...(await sellerLines(folder, say)));
    return lines;
  } finally {
    leave();
    rmSync(folder, { recursive: true, force: true });
  }
}
