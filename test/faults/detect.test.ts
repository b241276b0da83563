import { order } from '@um/order';
import { PAYMENT_SANDBOX } from '@um/payment';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import type { House } from '../journeys/house.js';
import { openShop } from '../journeys/shop.js';
import { checkOrders } from './agree.js';
import { Answers, whyUnexpected } from './answers.js';
import { checkDelivery, subscribers, waiting, type Subscriber } from './delivery.js';
import { checkEffects, popularity, type Popularity } from './effects.js';
import { Adult, Family, type Market, type Shopper } from './shoppers.js';
import { Told } from './told.js';

// A drill that finds nothing proves something only if it would have found it: here each thing it looks for is broken once.
// The shop is opened by the real clock: what it records is due for the platform's, which stands still.
const AHEAD_MS = 10 * 60_000;
let p: TestPlatform;
let house: House;
let admin: pg.Client;
let told: Told;
let all: readonly Subscriber[];
let before: Popularity;
let people: Shopper[];

beforeAll(async () => {
  let url = '';
  p = await testPlatform({
    values: new Map([[PAYMENT_SANDBOX, { platformUrl: () => url }]]),
    now: new Date(Date.now() + AHEAD_MS),
  });
  url = await p.listen(0, '127.0.0.1');
  admin = new pg.Client({ connectionString: p.url });
  await admin.connect();
  const sql: House['sql'] = async (text, values = []) =>
    (await admin.query<Record<string, unknown>>(text, [...values])).rows;
  // Orders are read from the connection of the test, which sees what it has broken and not kept.
  const facts = async (_ctx: unknown, { after, limit }: { after: string | null; limit: number }) =>
    sql(
      `select id as "orderId", state from "order".orders where $1::uuid is null or id > $1 order by id limit ${limit}`,
      [after],
    );
  const client = ((contract: typeof order) =>
    contract === order ? { ...p.wire.client(order), facts } : p.wire.client(contract)) as House['client'];
  house = {
    url,
    servers: new Map(),
    client,
    sql,
    database: { kill: () => undefined, start: async () => undefined },
    stop: async () => undefined,
  };
  const { things } = await whileDelivering(() => openShop(house, 1_000));
  before = await popularity(house);
  all = await subscribers();
  told = new Told();
  const variants = [things['blocks']!.variantId, things['puzzle']!.variantId];
  const market: Market = { url, variants, answers: new Answers(), told };
  people = await Promise.all([Adult.signUp(market, 'cash'), Adult.signUp(market, 'sandbox'), Family.open(market)]);
  for (const shopper of people) for (let turn = 0; turn < 2; turn += 1) expect(await shopper.shop()).toBe('done');
  await p.settle();
  expect(market.answers.takeUnexpected()).toEqual([]);
});
afterAll(async () => {
  await admin?.end();
  await p?.stop();
});

/** Does something that waits for facts to arrive. */
async function whileDelivering<T>(work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const delivering = (async () => {
    for (; !over.signal.aborted; await pause(50)) await p.settle();
  })();
  try {
    return await work();
  } finally {
    over.abort();
    await delivering;
  }
}

/** Everything that is compared by reading. */
const look = async (): Promise<string[]> => [
  ...(await waiting(house)).parked,
  ...(await checkDelivery(house, all)).problems,
  ...(await checkOrders(house, told, new Set())),
  ...(await checkEffects(house, before)),
];

test('nothing is wrong with what nobody broke', async () => {
  expect(await look()).toEqual([]);
  expect(await waiting(house)).toEqual({ pending: 0, parked: [] });
});

describe('what is broken behind the platform’s back is found', () => {
  beforeEach(async () => {
    await admin.query('begin');
    await admin.query('set local session_replication_role = replica'); // without triggers and foreign keys
  });
  afterEach(() => admin.query('rollback'));

  const ofOne = (where: string): string => `(select id from "order".orders where ${where} order by id limit 1)`;
  const cash = ofOne(`payment = 'cash' and approval_id is null`);
  const paid = ofOne(`state = 'paid'`);
  const child = ofOne('approval_id is not null');
  test.each([
    ['a confirmed order is lost', `delete from "order".orders where id = ${cash}`, /was confirmed and is not there/],
    ['an approved order is lost', `delete from "order".orders where id = ${child}`, /was approved and is not ordered/],
    [
      'a confirmed order is cancelled',
      `update "order".orders set state = 'cancelled' where id = ${cash}`,
      /was confirmed and is cancelled/,
    ],
    [
      'an order is placed twice',
      `insert into "order".orders select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'number', 'UM-TWICE'))).* from "order".orders o where id = ${cash}`,
      /nobody was told of it/,
    ],
    [
      'a key is of another order',
      `update "order".placement set key = 'other' where order_id = ${cash}`,
      /nobody was told of it/,
    ],
    [
      'a fact is given up',
      `update "order".outbox set state = 'parked', done_at = null where name = 'order.placed.v1'`,
      /order.placed.v1 is given up/,
    ],
    [
      'a subscriber missed a fact',
      `delete from search.inbox where subscriber = 'search.countSold'`,
      /I8 search.countSold missed 6 of order.placed.v1/,
    ],
    [
      'a fact nobody recorded took effect',
      `insert into search.inbox values (gen_random_uuid(), 'search.putStock')`,
      /I8 search.putStock took 1 facts nobody recorded/,
    ],
    [
      'a record of the audit log is missing',
      `delete from audit.entry where action = 'order.paid'`,
      /audit lacks order.paid/,
    ],
    [
      'a record of the audit log is there twice',
      `insert into audit.entry select seq + 1000000, action, actor, subject, detail, request_id, at, prev_hash, sha256(hash) from audit.entry where action = 'order.paid'`,
      /audit has once too often order.paid/,
    ],
    [
      'search shows other units',
      `update search.stock set available = available + 1`,
      /search shows variant .* inventory has/,
    ],
    [
      'units did not leave the shelf',
      `delete from inventory.movement where order_id = ${cash}`,
      /shelf order .* 1 ordered, 0 left/,
    ],
    [
      'units left twice',
      `update inventory.movement set qty = qty * 2 where order_id = ${cash}`,
      /shelf order .* 1 ordered, 2 left/,
    ],
    [
      'units left for no order',
      `update inventory.movement set order_id = gen_random_uuid() where order_id = ${cash}`,
      /which is no order/,
    ],
    [
      'a buyer was not told',
      `delete from notification.notification where kind = 'order_placed' and subject_id = ${cash}`,
      /notices of order .* 0 of kind order_placed/,
    ],
    [
      'a seller was not told',
      `delete from notification.notification where kind = 'seller_new_order' and subject_id = ${cash}`,
      /notices of order .* 0 for 1 sellers/,
    ],
    ['a payment was never opened', `delete from payment.payment where order_id = ${cash}`, /money of order/],
    [
      'money came and the order waits',
      `update "order".orders set state = 'pending_payment' where id = ${paid}`,
      /the bank was answered, the order is pending_payment/,
    ],
    [
      'a sale is booked twice',
      `insert into payment.ledger_entry select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'kind', 'payment'))).* from payment.ledger_entry e where order_id = ${cash}; update payment.ledger_entry set kind = 'payment' where order_id = ${paid}`,
      /ledger of order .* 0 sales/,
    ],
    ['an approval was forgotten', `update family.approval set state = 'ordering'`, /approval .* is ordering/],
    ['a limit does not hold the money', `delete from family.spend_hold`, /limit of approval .* nothing held/],
    ['a sale is counted twice', `update search.item set popularity = popularity + 50000`, /search counted/],
    ['a sale is not counted', `update search.sold set units = units + 1`, /search counted/],
  ])('%s', async (_what, text, found) => {
    await admin.query(text);
    expect((await look()).filter((problem) => found.test(problem))).not.toEqual([]);
  });

  test('a fact waits', async () => {
    await admin.query(`update "order".outbox set state = 'pending', done_at = null where name = 'order.placed.v1'`);
    expect((await waiting(house)).pending).toBe(6);
  });
});

test('an order that is told under two keys is found', () => {
  const twice = new Told();
  twice.order('an order', 'a key');
  twice.order('an order', 'another key');
  expect(twice.takeContradictions()).toEqual(['an order was confirmed under two keys']);
});

test('a repeated request that is answered otherwise is found', async () => {
  const [buyer] = people;
  expect(await buyer!.repeat()).toEqual([]);
  expect(await buyer!.shop()).toBe('done');
  await admin.query(
    `update "order".idempotency set response = jsonb_set(response, '{orderId}', '"00000000-0000-4000-8000-000000000000"') where response ? 'orderId'`,
  );
  expect(await buyer!.repeat()).toEqual([expect.stringMatching(/^checkout .* and again 00000000/)]);
});

describe('an answer', () => {
  const heard = (what: string, status: number | undefined, code?: string, again = false) => ({
    what,
    again,
    answer: status === undefined ? undefined : { status, body: code === undefined ? undefined : { code } },
  });
  test.each([
    ['success', heard('checkout', 201), 'server'],
    ['none, of a killed server', heard('checkout', undefined), 'both'],
    ['a coded 503 without the database', heard('checkout', 503, 'http.UNAVAILABLE'), 'database'],
    ['a key that is still in use', heard('checkout', 409, 'http.IN_PROGRESS', true), 'server'],
  ] as const)('may come: %s', (_name, answer, kill) => {
    expect(whyUnexpected(answer, kill)).toBeNull();
  });
  test.each([
    ['none, of a server that lives', heard('checkout', undefined), 'database'],
    ['500', heard('checkout', 500, 'http.UNEXPECTED'), 'both'],
    ['503 without a code', heard('checkout', 503), 'both'],
    ['503 with everything there', heard('checkout', 503, 'http.UNAVAILABLE'), 'server'],
    ['a refusal', heard('quote', 409, 'cart.EMPTY'), 'both'],
    ['a key in use that nobody used before', heard('checkout', 409, 'http.IN_PROGRESS'), 'server'],
    ['a sign-in that is forgotten', heard('add to cart', 401, 'http.SIGN_IN'), 'server'],
  ] as const)('must not come: %s', (_name, answer, kill) => {
    expect(whyUnexpected(answer, kill)).not.toBeNull();
  });
});
