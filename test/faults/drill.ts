import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { House } from '../journeys/house.js';
import type { Server } from '../journeys/processes.js';
import { openShop } from '../journeys/shop.js';
import { checkOrders, checkPlatform, everyOrder } from './agree.js';
import { Answers, type Kill } from './answers.js';
import { checkDelivery, subscribers, waiting, type Delivery, type Subscriber } from './delivery.js';
import { checkEffects, popularity, type Popularity } from './effects.js';
import { Adult, Family, type Market, type Shopper } from './shoppers.js';
import { Told } from './told.js';

const KILLS: readonly Kill[] = ['server', 'database', 'both'];
/** Who shops in a round. */
const CROWD = [
  ['cash', 5],
  ['sandbox', 2],
  ['family', 2],
] as const;
type Kind = (typeof CROWD)[number][0];

/** A killed server's keys are taken over after half a minute; the bank tells again after it, by a job that runs each minute. */
const LAST_WAIT_MS = 150_000;
/** From so many rounds on a drill ends when nothing is open any more; the few of every test run do not wait for that. */
const LONG = 10;
const TOLD_WAIT_MS = 90_000;
const ORPHANS_MS = 5_000;
const LOOKS = 3;
/** A platform whose database came back has to sell again by itself within this time. */
const RECOVERY_MS = 15_000;

/** What a drill found. */
export interface DrillReport {
  readonly rounds: number;
  readonly confirmed: number;
  readonly problems: readonly string[];
  /** Figures to read, a line each. */
  readonly figures: readonly string[];
}

/** Kills the platform again and again while people order, and compares after each restart what they were told with what is there. */
export async function drill(house: House, rounds: number, say: (line: string) => void): Promise<DrillReport> {
  const run = await Drill.open(house);
  for (let round = 1; round <= rounds; round += 1) {
    const kill = KILLS[round % KILLS.length]!;
    const before = run.told.orders.size;
    const started = performance.now();
    const found = await run.round(kill);
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    const confirmed = run.told.orders.size - before;
    say(`round ${round} (${kill}): ${confirmed} orders confirmed, ${found.length} problems, ${seconds} s`);
    for (const problem of found) say(`  ${problem}`);
  }
  if (rounds >= LONG) await run.finish();
  const figures = await run.figures();
  return { rounds, confirmed: run.told.orders.size, problems: run.problems, figures };
}

class Drill {
  readonly told = new Told();
  readonly problems: string[] = [];
  readonly #answers = new Answers();
  readonly #people: Record<Kind, Shopper[]> = { cash: [], sandbox: [], family: [] };
  readonly #slowest: Record<Kill, number> = { server: 0, database: 0, both: 0 };
  #delivery: Delivery = { facts: 0, reactions: 0, problems: [] };

  private constructor(
    private readonly house: House,
    private readonly server: Server,
    private readonly variants: readonly string[],
    private readonly subscribers: readonly Subscriber[],
    private readonly before: Popularity,
  ) {}

  static async open(house: House): Promise<Drill> {
    const { things } = await openShop(house, 1_000_000);
    const variants = [things['blocks']!.variantId, things['puzzle']!.variantId];
    return new Drill(house, house.servers.get('all')!, variants, await subscribers(), await popularity(house));
  }

  /** One kill among shoppers, and everything compared after it. Answers what is wrong. */
  async round(kill: Kill): Promise<string[]> {
    this.#answers.kill = kill;
    const crowd = await this.#crowd();
    const stop = new AbortController();
    const shopping = Promise.all(crowd.map((shopper) => this.#shops(shopper, stop.signal)));
    await pause(randomInt(300, 1_500));
    const found = await this.#kill(kill);
    stop.abort();
    await shopping;
    found.push(...(await this.#compare()));
    this.problems.push(...found);
    return found;
  }

  /** Waits until nothing is open any more, and compares for the last time. */
  async finish(): Promise<void> {
    this.#answers.kill = 'server';
    for (const until = Date.now() + LAST_WAIT_MS; ; await pause(1_000)) {
      await this.#askAgain();
      const open = this.#everybody().filter((shopper) => shopper.busy).length;
      const untold = await this.#untold();
      if (open === 0 && untold === 0) break;
      if (Date.now() < until) continue;
      this.problems.push(`${open} requests are never answered, ${untold} payments never arrive`);
      break;
    }
    this.problems.push(...(await this.#compare()));
  }

  async figures(): Promise<string[]> {
    const orders = [...(await everyOrder(this.house)).values()];
    const states = [...Map.groupBy(orders, (state) => state)].map(([state, of]) => `${of.length} ${state}`);
    const { told } = this;
    return [
      `${told.orders.size} orders confirmed to buyers, ${told.approvals.size} of ${told.asks.size} asks approved, ${told.paid.size} paid at the bank`,
      `${orders.length} orders are there: ${states.join(', ')}`,
      `${this.#everybody().filter((one) => one.busy).length} requests and ${await this.#untold()} payments on their way at the end`,
      `${this.#delivery.facts} facts recorded, ${this.#delivery.reactions} reactions by ${this.subscribers.length} subscriptions`,
      `longest way back, in ms: ${KILLS.map((kill) => `${kill} ${Math.round(this.#slowest[kill])}`).join(', ')}`,
      ...this.#answers.table(),
    ];
  }

  #everybody(): Shopper[] {
    return Object.values(this.#people).flat();
  }

  /** Whoever waits for an answer sits out, and somebody new takes the place: nobody's cart changes under an open request. */
  async #crowd(): Promise<Shopper[]> {
    const market: Market = {
      url: this.house.url,
      variants: this.variants,
      answers: this.#answers,
      told: this.told,
    };
    const crowd: Shopper[] = [];
    for (const [kind, wanted] of CROWD) {
      const known = this.#people[kind].filter((shopper) => !shopper.tired);
      this.#people[kind] = known;
      const free = known.filter((shopper) => !shopper.busy).slice(0, wanted);
      while (free.length < wanted) {
        const shopper = await (kind === 'family' ? Family.open(market) : Adult.signUp(market, kind));
        known.push(shopper);
        free.push(shopper);
      }
      crowd.push(...free);
    }
    return crowd;
  }

  async #shops(shopper: Shopper, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const luck = await shopper.shop();
      if (luck === 'gone') return;
      if (luck === 'not now') await pause(100);
    }
  }

  async #kill(kill: Kill): Promise<string[]> {
    const { database } = this.house;
    const started = performance.now();
    const found: string[] = [];
    if (kill !== 'server') database.kill();
    if (kill !== 'database') await this.server.end('SIGKILL');
    if (kill === 'database') found.push(...(await this.#withoutDatabase()));
    const down = kill === 'database' ? performance.now() : started;
    if (kill !== 'server') await database.start();
    if (kill === 'database') found.push(...(await this.#sellsAgain()));
    else await this.server.start();
    this.#slowest[kill] = Math.max(this.#slowest[kill], performance.now() - down);
    return found;
  }

  /**
   * The server lives on without its database: it says that it is not ready, and what needs the database is a coded 503. The last
   * connections of a killed database may outlive it by a moment, and answer.
   */
  async #withoutDatabase(): Promise<string[]> {
    const headers = { cookie: 'um_session=0123456789012345678901234567890123456789012' };
    const status = async (path: string): Promise<number> => {
      const answer = await fetch(`${this.house.url}${path}`, { headers });
      await answer.arrayBuffer();
      return answer.status;
    };
    const found: string[] = [];
    const until = Date.now() + ORPHANS_MS;
    for (const path of ['/health/ready', '/api/v1/me', '/api/v1/orders']) {
      let last = await status(path);
      for (; last !== 503 && Date.now() < until; last = await status(path)) await pause(50);
      if (last !== 503) found.push(`without its database the server answers ${path} ${last}`);
    }
    await pause(randomInt(0, 800));
    if ((await status('/health/live')) !== 200) found.push('without its database the server is not alive');
    return found;
  }

  /** Buys as soon as that is possible again. */
  async #sellsAgain(): Promise<string[]> {
    const market: Market = { url: this.house.url, variants: this.variants, answers: this.#answers, told: this.told };
    for (const until = Date.now() + RECOVERY_MS; Date.now() < until; await pause(50)) {
      const answer = await fetch(`${this.house.url}/health/ready`);
      await answer.arrayBuffer();
      if (answer.status !== 200) continue;
      const somebody = await Adult.signUp(market, 'cash');
      this.#people.cash.push(somebody);
      return (await somebody.shop()) === 'done' ? [] : ['the first who buys after the database came back could not'];
    }
    return [`not ready ${RECOVERY_MS} ms after the database came back`];
  }

  async #askAgain(): Promise<void> {
    await Promise.all(
      this.#everybody()
        .filter((shopper) => shopper.busy)
        .map((shopper) => shopper.shop()),
    );
  }

  /** Compares everything there is with what was told; first everything open is asked again, and everything recorded is delivered. */
  async #compare(): Promise<string[]> {
    await this.#askAgain();
    const found = (await Promise.all(this.#everybody().map((shopper) => shopper.repeat()))).flat();
    found.push(...this.#answers.takeUnexpected(), ...this.told.takeContradictions());
    for (let look = 1; ; look += 1) {
      const wrong = [...(await this.#delivered()), ...(await this.#state())];
      // The bank tells what it has to whenever its time comes: what is wrong stays wrong when it is looked at again.
      if (wrong.length === 0 || look === LOOKS) return [...found, ...wrong];
    }
  }

  async #state(): Promise<string[]> {
    const openKeys = new Set(this.#everybody().flatMap((shopper) => shopper.open?.key ?? []));
    const [delivery, ...others] = await Promise.all([
      checkDelivery(this.house, this.subscribers),
      checkOrders(this.house, this.told, openKeys),
      checkEffects(this.house, this.before),
      checkPlatform(this.house),
    ]);
    this.#delivery = delivery;
    return [...delivery.problems, ...others.flat()];
  }

  async #delivered(): Promise<string[]> {
    for (const until = Date.now() + TOLD_WAIT_MS; ; await pause(100)) {
      const { pending, parked } = await waiting(this.house);
      if (parked.length > 0) return [...parked];
      if (pending === 0) return [];
      if (Date.now() > until) return [`${pending} facts are not delivered after ${TOLD_WAIT_MS} ms`];
    }
  }

  /** Payments a buyer was told of which the shop does not know yet: the bank tells it again. */
  async #untold(): Promise<number> {
    const rows = await this.house.sql(`select 1 from payment.bank_decision where delivered_at is null`);
    return rows.length;
  }
}
