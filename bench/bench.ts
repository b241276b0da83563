// `npm run bench`: what the product costs, against its budget, in one table. Exit code 1 when a line is missed.
// `npm run bench -- --scale`: the same of lists and searches as the catalog grows.
// Speed is told as a share of a floor measured in the same run, so that the verdict does not depend on the machine.
import '../tools/node24.js';
import autocannon from 'autocannon';
import { runningPostgres } from '@um/kernel/postgres';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from '../tools/build.ts';
import { run } from '../tools/run.ts';
import { repository } from '../tools/workspace.ts';
import { fillShelves, orderFloor } from './floor-orders.ts';
import { launch, memoryOf, type Running } from './platform.ts';
import { scaleLines } from './scale/run.ts';
import { addToCart, leave, openGuests, placeOrder, quote, spread, variantsOf } from './shoppers.ts';
import { atLeast, atMost, median, p95, table, type Line } from './table.ts';

const [PLATFORM_PORT, FLOOR_PORT, IMPORT_PORT] = [22_010, 22_011, 22_012];
/** What is told is the median of rounds: the first finds a process that has not compiled what it runs. */
const ROUNDS = 5;
const HOT_SECONDS = 3;
const LIST = '/api/v1/products?limit=24&lang=en';
const ORDERS = 200; // of one round
const folder = mkdtempSync(join(tmpdir(), 'um-bench-'));
const settings = (dir: string): NodeJS.ProcessEnv => ({
  UM_DATA_DIR: join(folder, dir),
  UM_RATE_LIMITS: 'off',
  UM_METRICS_PORT: '0',
});

const platform = (): Promise<Running> =>
  launch('apps/server/dist/main.js', {
    port: PLATFORM_PORT,
    log: join(folder, 'platform.log'),
    ready: 'is ready after',
    env: settings('platform'),
  });

async function requestsPerSecond(url: string): Promise<number> {
  const result = await autocannon({ url, connections: 32, duration: HOT_SECONDS });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.average;
}

/** Rounds of floor and platform in turn: a slow moment of the machine falls on both. */
async function hot(name: string, path: string, url: string): Promise<Line> {
  const floorPath = '/floor';
  const floor = await launch('bench/floor.ts', {
    port: FLOOR_PORT,
    log: join(folder, 'floor.log'),
    ready: 'floor is ready',
    env: { FLOOR_FROM: JSON.stringify({ [floorPath]: `${url}${path}` }) },
  });
  try {
    const [floors, ours]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      floors.push(await requestsPerSecond(`${floor.url}${floorPath}`));
      ours.push(await requestsPerSecond(`${url}${path}`));
    }
    const [f, u] = [median(floors), median(ours)];
    return atLeast(name, u / f, 0.6, 'F', `${u.toFixed(0)} of ${f.toFixed(0)}/s`);
  } finally {
    await floor.stop();
  }
}

async function hotLines(url: string): Promise<Line[]> {
  const { items } = (await (await fetch(`${url}${LIST}`)).json()) as { items: { slug: string }[] };
  return [
    await hot('product list, cached', LIST, url),
    await hot('product page, cached', `/api/v1/products/${items[0]!.slug}?lang=en`, url),
  ];
}

async function cartLine(url: string, variants: readonly string[]): Promise<Line> {
  const guests = await openGuests(url, 100);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const tries = Array.from(
      { length: 800 },
      (_, n) => [guests[n % guests.length]!, variants[(n * 7 + round) % variants.length]!] as const,
    );
    rounds.push(p95(await spread(tries, 20, ([guest, variant]) => addToCart(url, guest, variant))));
  }
  return atMost('add to cart, p95 at 20 concurrent', median(rounds), 50, 'ms');
}

/** Orders of guests, each with a cart of its own; only placing them is timed. */
async function ordersRound(url: string, variants: readonly string[]): Promise<{ rate: number; times: number[] }> {
  const guests = await openGuests(url, ORDERS);
  const ready = await spread(
    guests.map((guest, n) => [guest, variants[n % variants.length]!] as const),
    8,
    async ([guest, variant]) => {
      await addToCart(url, guest, variant);
      return { guest, fingerprint: await quote(url, guest) };
    },
  );
  await pause(500);
  const began = performance.now();
  const times = await spread(ready, 16, ({ guest, fingerprint }) => placeOrder(url, guest, fingerprint));
  return { rate: ORDERS / ((performance.now() - began) / 1_000), times };
}

async function databaseUrl(): Promise<string> {
  const database = await runningPostgres({ dir: join(folder, 'platform', 'postgres') });
  if (!database) throw new Error('the platform has no PostgreSQL of its own');
  return database.url(database.superuser, undefined, 'ultramarket');
}

async function orderLines(url: string, variants: readonly string[]): Promise<Line[]> {
  const floor = await orderFloor(await databaseUrl(), 16);
  const [floors, rates, times]: [number[], number[], number[]] = [[], [], []];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now();
      await spread(Array.from({ length: 600 }), 16, () => floor.write());
      floors.push(600 / ((performance.now() - began) / 1_000));
      const ours = await ordersRound(url, variants);
      rates.push(ours.rate);
      times.push(...ours.times);
    }
  } finally {
    await floor.close();
  }
  const [f, u] = [median(floors), median(rates)];
  return [
    atLeast('place an order', u / f, 0.25, 'P', `${u.toFixed(0)} of ${f.toFixed(0)}/s`),
    atMost('place an order, p95 at 16 concurrent', p95(times), 250, 'ms'),
  ];
}

async function importLines(): Promise<Line[]> {
  const env = { ...settings('import'), UM_DEMO: 'off', UM_LOG_LEVEL: 'warn', PORT: String(IMPORT_PORT) };
  const { ok, output } = await run('node', ['bench/import-run.ts'], { env });
  return ['ndjson', 'csv', 'xlsx'].map((format) => {
    const found = new RegExp(`${format} products per second: (\\d+)`).exec(output);
    if (!ok || !found) throw new Error(`the import failed:\n${output.slice(-2_000)}`);
    return atLeast(`import of ${format.toUpperCase()}`, Number(found[1]), 2_000, 'products/s');
  });
}

async function measure(say: (what: string) => void): Promise<Line[]> {
  const lines: Line[] = [];
  const add = (...more: Line[]): void => {
    lines.push(...more);
    for (const line of more) say(`${line.name}: ${line.measured}`);
  };
  let running = await platform();
  try {
    add(atMost('first start with the demo, to ready', running.startSeconds, 30, 's'));
    add(...(await hotLines(running.url)));
    await fillShelves(await databaseUrl());
    const variants = await variantsOf(running.url);
    add(await cartLine(running.url, variants));
    add(...(await orderLines(running.url, variants)));
    leave();
    await pause(15_000); // the budget is for a platform that is left alone
    add(atMost('idle memory with PostgreSQL', memoryOf(running.pid), 600, 'MB'));
    await running.stop();
    running = await platform();
    add(atMost('restart, to ready', running.startSeconds, 5, 's'));
  } finally {
    await running.stop();
  }
  add(...(await importLines()));
  return lines;
}

const broken = await build(repository, { say: (line) => console.error(line) });
if (broken !== undefined) throw new Error(broken);
try {
  const say = (what: string): void => console.error(what);
  const args = process.argv.slice(2);
  const lines = await (args.includes('--scale') ? scaleLines(args, say) : measure(say));
  console.log(table(lines));
  process.exitCode = lines.every((line) => line.met) ? 0 : 1;
} finally {
  leave();
  rmSync(folder, { recursive: true, force: true });
}
