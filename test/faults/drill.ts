import { order } from '@um/order';
import { newId, systemCtx } from '@um/kernel';
import { randomInt, randomUUID } from 'node:crypto';
import { checkInvariants } from '../../apps/cli/src/invariants.js';
import type { House } from '../journeys/house.js';
import { eventually, Person } from '../journeys/person.js';
import { address, openShop, PASSWORD } from '../journeys/shop.js';

const BUYERS = 8;
const CONTEXTS = ['auth', 'family', 'product', 'inventory', 'cart', 'payment', 'order', 'search', 'notification'];

/** What a client was told: the answer of a checkout that came back with 201. */
interface Confirmed {
  readonly who: Person;
  readonly key: string;
  readonly body: object;
  readonly orderId: string;
}

/** What a drill found. */
export interface DrillReport {
  readonly rounds: number;
  readonly confirmed: number;
  readonly problems: readonly string[];
}

/** Buys until the platform is gone; keeps what was confirmed. A request that failed on the way is tried again with its key after the restart. */
async function shopUntilGone(
  who: Person,
  variantId: string,
  confirmed: Confirmed[],
  open: Omit<Confirmed, 'orderId'>[],
): Promise<void> {
  for (;;) {
    let tried: Omit<Confirmed, 'orderId'> | undefined;
    try {
      await who.does('POST', '/carts/current/items', { variantId, qty: 1 });
      const { fingerprint } = await who.does<{ fingerprint: string }>('POST', '/checkout/quote', {});
      tried = { who, key: randomUUID(), body: { fingerprint, payment: 'cash', address } };
      const { status, body } = await who.send<{ orderId: string }>('POST', '/checkout', tried.body, tried.key);
      if (status === 201) confirmed.push({ ...tried, orderId: body.orderId });
      else return;
    } catch {
      if (tried) open.push(tried); // the answer never came: nobody knows yet whether it was placed
      return;
    }
  }
}

async function waitUntilTold(house: House): Promise<void> {
  await eventually(
    'every fact is delivered',
    async () => {
      const waiting = await Promise.all(
        CONTEXTS.map((context) =>
          house.sql(`select 1 from "${context}".outbox where state = 'pending' and next_at <= now() limit 1`),
        ),
      );
      return waiting.every((rows) => rows.length === 0);
    },
    60_000,
  );
}

/** Repeats what clients sent: a confirmed order is answered again, an open one is placed or answered, none is placed twice. */
async function repeat(confirmed: readonly Confirmed[], open: Omit<Confirmed, 'orderId'>[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { who, key, body, orderId } of confirmed) {
    const again = await who.send<{ orderId: string }>('POST', '/checkout', body, key);
    if (again.body.orderId !== orderId)
      problems.push(`${orderId}: the same key was answered ${again.status} ${JSON.stringify(again.body)}`);
  }
  for (const { who, key, body } of open.splice(0)) {
    const answers = [
      await who.send<{ orderId?: string }>('POST', '/checkout', body, key),
      await who.send<{ orderId?: string }>('POST', '/checkout', body, key),
    ];
    if (answers.some(({ status }) => status >= 500))
      problems.push(`a repeated checkout answered ${answers.map((a) => a.status).join(', ')}`);
    if (answers[0]!.body.orderId !== answers[1]!.body.orderId) problems.push(`${key} gave two orders`);
  }
  return problems;
}

async function compare(house: House, confirmed: readonly Confirmed[]): Promise<string[]> {
  const ids = confirmed.map(({ orderId }) => orderId);
  const found = await house.sql(
    'select id, count(*)::int as n from "order".orders where id = any($1::uuid[]) group by id',
    [ids],
  );
  const lost = ids.filter((id) => !found.some((row) => row['id'] === id && row['n'] === 1));
  const findings = await checkInvariants({ wire: { client: house.client } as never, databases: new Map() }, new Date());
  return [
    ...lost.map((id) => `${id} was confirmed and is not there once`),
    ...(new Set(ids).size === ids.length ? [] : ['an order was confirmed under two keys']),
    ...findings.flatMap((f) => f.violations.map((text) => `${f.invariant} ${f.context}: ${text}`)),
  ];
}

/** Kills the platform again and again while people order, and compares after each restart what they were told with what is there. */
export async function drill(house: House, rounds: number, say: (line: string) => void): Promise<DrillReport> {
  const shop = await openShop(house, 1_000_000);
  const people = await Promise.all(
    Array.from({ length: BUYERS }, async () => {
      const who = new Person(house.url);
      await who.does('POST', '/auth/sign-up', { email: `${newId()}@example.uz`, password: PASSWORD, name: 'Buyer' });
      return who;
    }),
  );
  const server = house.servers.get('all')!;
  const confirmed: Confirmed[] = [];
  const open: Omit<Confirmed, 'orderId'>[] = [];
  const problems: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const before = confirmed.length;
    const buying = people.map((who, n) =>
      shopUntilGone(who, shop.things[n % 2 ? 'blocks' : 'puzzle']!.variantId, confirmed, open),
    );
    await new Promise((resolve) => setTimeout(resolve, randomInt(300, 1_500)));
    const database = round % 3 === 0 ? house.killDatabase() : undefined;
    await server.end('SIGKILL');
    await database;
    await Promise.all(buying);
    await server.start();
    const found = await repeat(confirmed.slice(before), open);
    await waitUntilTold(house);
    found.push(...(await compare(house, confirmed)));
    problems.push(...found.map((problem) => `round ${round}: ${problem}`));
    say(`round ${round}: ${confirmed.length - before} orders confirmed, ${found.length} problems`);
  }
  const placed = await house.client(order).facts(systemCtx(new Date()), { after: null, limit: 5_000 });
  say(`${placed.length} orders in all`);
  return { rounds, confirmed: confirmed.length, problems };
}
