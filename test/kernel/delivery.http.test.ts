import {
  enqueue,
  event,
  job,
  newId,
  openSchema,
  record,
  Relay,
  systemCtx,
  trimStandardTables,
  type Db,
  type StandardTables,
  type Transport,
} from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contextUrl } from '../../apps/server/src/postgres/provision.js';
import { TEST_SECRET } from '../../apps/server/src/testing-names.js';

const happened = event('test.happened.v1', z.object({ of: z.string(), n: z.int() }), (p) => p.of);

const tidy = job('test.tidy', z.object({}));

let p: TestPlatform;
let db: Db<StandardTables>;
beforeAll(async () => {
  p = await testPlatform({ services: ['gateway'] }); // no context of its own: nothing but these tests takes rows
  db = openSchema<StandardTables>({ url: contextUrl(p.url, TEST_SECRET, 'config'), context: 'config', max: 10 });
});
afterAll(async () => {
  await db.destroy();
  await p.stop();
});
beforeEach(() => db.deleteFrom('outbox').execute());

const tell = (of: string, n: number) =>
  db.transaction().execute((tx) => record(tx, systemCtx(p.clock.now()), happened, { of, n }));
const relayTo = (deliver: Transport['deliver'], maxAttempts = 3): Relay =>
  new Relay({
    context: 'config',
    db,
    transport: { deliver },
    jobs: { insertMany: async () => undefined },
    clock: p.clock,
    onError: () => undefined,
    maxAttempts,
    batch: 7,
  });
const states = async (of: string) =>
  (await db.selectFrom('outbox').select('state').where('aggregate', '=', of).orderBy('seq').execute()).map(
    (r) => r.state,
  );

/** Rounds until nothing moves, as the relays of several processes would make them at once. */
async function drain(...relays: Relay[]): Promise<void> {
  let moved: number;
  do moved = (await Promise.all(relays.map((r) => r.round()))).reduce((a, b) => a + b.done, 0);
  while (moved > 0);
}

describe('the relay', () => {
  test('delivers every fact once and in the order of its aggregate, several processes at work', async () => {
    const aggregates = [newId(), newId(), newId()];
    for (let n = 0; n < 20; n += 1) for (const of of aggregates) await tell(of, n);
    const heard = new Map<string, number[]>(aggregates.map((of) => [of, []]));
    const note: Transport['deliver'] = async ({ payload }) => {
      const { of, n } = happened.payload.parse(payload);
      await new Promise((done) => setTimeout(done, n % 3));
      heard.get(of)!.push(n);
    };
    await drain(relayTo(note), relayTo(note), relayTo(note));
    for (const numbers of heard.values()) expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  test('a failed fact holds back what follows it, not the others; it is tried again after a pause and parked in the end', async () => {
    const [broken, healthy] = [newId(), newId()];
    for (const n of [1, 2]) await tell(broken, n);
    await tell(healthy, 1);
    const heard: string[] = [];
    const relay = relayTo(async ({ payload }) => {
      const { of, n } = happened.payload.parse(payload);
      if (of === broken && n === 1) throw new Error('the receiver is down');
      heard.push(of);
    });
    await drain(relay);
    expect(heard).toEqual([healthy]);
    p.clock.advance(199);
    await drain(relay);
    expect(
      (await db
        .selectFrom('outbox')
        .select('attempts')
        .where('aggregate', '=', broken)
        .orderBy('seq')
        .executeTakeFirst())!.attempts,
    ).toBe(1);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      p.clock.advance(60_000);
      await drain(relay);
    }
    expect([await states(broken), heard]).toEqual([
      ['parked', 'done'],
      [healthy, broken],
    ]);
  });

  test('a queue that is away does not hold facts up; its jobs are tried again', async () => {
    const of = newId();
    const queued: string[] = [];
    let away = true;
    const heard: string[] = [];
    const relay = new Relay({
      context: 'config',
      db,
      transport: { deliver: async ({ payload }) => void heard.push(happened.payload.parse(payload).of) },
      jobs: {
        insertMany: async (jobs) => {
          if (away) throw new Error('the queue is away');
          queued.push(...jobs.map((j) => j.name));
        },
      },
      clock: p.clock,
      onError: () => undefined,
    });
    await db.transaction().execute((tx) => enqueue(tx, systemCtx(p.clock.now()), tidy, {}));
    await tell(of, 1);
    await drain(relay);
    expect([heard, queued]).toEqual([[of], []]);
    away = false;
    p.clock.advance(1_000);
    await drain(relay);
    expect(queued).toEqual(['test.tidy']);
  });

  test('a rolled back transaction tells nothing', async () => {
    const of = newId();
    const doomed = db.transaction().execute(async (tx) => {
      await record(tx, systemCtx(p.clock.now()), happened, { of, n: 1 });
      throw new Error('changed my mind');
    });
    await expect(doomed).rejects.toThrow('changed my mind');
    expect(await states(of)).toEqual([]);
  });

  test('a relay that dies in the middle of a batch leaves its rows to the next', async () => {
    const of = newId();
    await tell(of, 1);
    let reached: () => void = () => undefined;
    const delivering = new Promise<void>((done) => (reached = done));
    let release: () => void = () => undefined;
    const stuck = relayTo(() => {
      reached();
      return new Promise<void>((_done, fail) => (release = () => fail(new Error('connection lost'))));
    });
    const dying = stuck.round();
    await delivering;
    const heard: number[] = [];
    const next = relayTo(async ({ payload }) => void heard.push(happened.payload.parse(payload).n));
    expect(await next.round()).toMatchObject({ done: 0 }); // locked by the first
    release();
    await dying;
    p.clock.advance(1_000);
    await drain(next);
    expect(heard).toEqual([1]);
  });
});

test('only what has served its time is thrown away', async () => {
  const now = p.clock.now();
  const old = new Date(now.getTime() - 40 * 86_400_000);
  const subscriber = newId();
  await db
    .insertInto('inbox')
    .values([
      { event_id: newId(), subscriber, handled_at: old },
      { event_id: newId(), subscriber, handled_at: now },
    ])
    .execute();
  await tell('fresh', 1);
  await db.updateTable('outbox').set({ state: 'parked', created_at: old }).execute();
  await trimStandardTables(db, now);
  expect(await db.selectFrom('inbox').select('subscriber').where('subscriber', '=', subscriber).execute()).toHaveLength(
    1,
  );
  expect(await states('fresh')).toEqual(['parked']);
});

test('a context’s role cannot read its neighbour’s tables (the fence of roles)', async () => {
  await expect(p.rows('cart', 'select * from "order"."order" limit 1')).rejects.toThrow(/permission denied/);
  await expect(p.rows('order', 'insert into audit.entry default values')).rejects.toThrow(/permission denied/);
  await expect(p.rows('search', 'create table public.mine (id int)')).rejects.toThrow(/permission denied/);
});
