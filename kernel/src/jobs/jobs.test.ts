import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { FixedClock } from '../clock.js';
import { ctxFromJson, makeCtx, systemCtx, type Ctx } from '../ctx.js';
import { testDatabase, type TestDatabase } from '../db.factory.js';
import { inTx } from '../events/record.js';
import { Relay } from '../events/relay.js';
import { newId } from '../ids.js';
import {
  cronJob,
  enqueue,
  job,
  JobHandlers,
  Works,
  works,
  type JobDef,
  type JobHandler,
  type JobOptions,
} from './job.js';
import { JobQueue, type JobQueueOptions } from './queue.js';

let database: TestDatabase;
const open: JobQueue[] = [];
const clock = new FixedClock(new Date('2026-03-02T08:00:00Z'));
const Payload = z.object({ n: z.int() });

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const queue of open.splice(0)) await queue.stop();
});
afterAll(() => database.drop());

let names = 0;
const aJob = (options: JobOptions = {}): JobDef<typeof Payload> => job(`test.job-${++names}`, Payload, options);

interface Started {
  readonly queue: JobQueue;
  readonly errors: [string, unknown][];
}
async function start(
  jobs: readonly (readonly [JobDef, JobHandler])[],
  options: Partial<JobQueueOptions> = {},
): Promise<Started> {
  const handlers = new JobHandlers();
  for (const [def, handle] of jobs) handlers.add(def, handle);
  const errors: [string, unknown][] = [];
  const queue = new JobQueue({
    connectionString: database.url,
    schema: 'job',
    handlers,
    clock,
    onError: (name, error) => errors.push([name, error]),
    pollSeconds: 0.5,
    ...options,
  });
  open.push(queue);
  await queue.start();
  return { queue, errors };
}

const row = (def: JobDef, payload: unknown, ctx: unknown = null, id = newId()) => ({
  id,
  name: def.name,
  payload,
  ctx,
});
const rows = (def: JobDef, count: number) => Array.from({ length: count }, (_, n) => row(def, { n }));
const seen = () => vi.fn<JobHandler>().mockResolvedValue(undefined);
const eventually = (check: () => unknown, timeout = 10_000) => vi.waitFor(check, { timeout, interval: 25 });
const stateOf = async ({ queue }: Started, def: JobDef) =>
  (await queue.states()).find((state) => state.name === def.name);

describe('a job', () => {
  test('is done with its payload and the context of who queued it, at the time it is done', async () => {
    const def = aJob();
    const handle = seen();
    const { queue } = await start([[def, handle]]);
    const actor = newId();
    const ctx = makeCtx({
      identity: { actor, roles: ['parent'] },
      locale: 'ru',
      now: new Date('2026-03-01T00:00:00Z'),
      requestId: 'request-1',
    });
    await queue.insertMany([row(def, { n: 7 }, JSON.parse(JSON.stringify(ctx)))]);
    await eventually(() => expect(handle).toHaveBeenCalledOnce());
    const [got, payload] = handle.mock.calls[0]!;
    expect(payload).toEqual({ n: 7 });
    expect(got).toMatchObject({ actor, roles: ['parent'], locale: 'ru', requestId: 'request-1', now: clock.now() });
  });

  test('is begun at once, not at the next poll', async () => {
    const def = aJob();
    const handle = seen();
    const { queue } = await start([[def, handle]], { pollSeconds: 20 });
    await new Promise((resolve) => setTimeout(resolve, 300)); // the first, empty look is over
    const from = performance.now();
    await queue.insertMany([row(def, { n: 1 })]);
    await eventually(() => expect(handle).toHaveBeenCalledOnce(), 15_000);
    expect(performance.now() - from).toBeLessThan(5_000);
  });

  test('is done once when a process begins to work, if it asks for that', async () => {
    const def = job(`test.job-${++names}`, z.object({}), { atStart: true, policy: 'short' });
    const handle = seen();
    await start([[def, handle]]);
    await eventually(() => expect(handle).toHaveBeenCalledOnce());
    await start([[def, handle]]);
    await eventually(() => expect(handle).toHaveBeenCalledTimes(2));
    await start([[def, handle]], { works: false });
    expect(handle).toHaveBeenCalledTimes(2);
  });

  test('is queued once by its id', async () => {
    const def = aJob();
    const handle = seen();
    const { queue } = await start([[def, handle]]);
    const one = row(def, { n: 1 });
    await queue.insertMany([one]);
    await queue.insertMany([one, row(def, { n: 2 })]);
    await eventually(() => expect(handle).toHaveBeenCalledTimes(2));
    expect(new Set(handle.mock.calls.map(([, payload]) => payload))).toEqual(new Set([{ n: 1 }, { n: 2 }]));
  });

  test('a backlog is drained without a pause between its batches', async () => {
    const def = aJob({ concurrency: 20 });
    const handle = seen();
    const waiting = await start([[def, handle]], { works: false });
    await waiting.queue.insertMany(rows(def, 1_000));
    expect(await stateOf(waiting, def)).toEqual({ name: def.name, waiting: 1_000, active: 0, dead: 0 });
    const from = performance.now();
    await start([[def, handle]], { pollSeconds: 2 });
    await eventually(() => expect(handle).toHaveBeenCalledTimes(1_000), 30_000);
    expect(performance.now() - from).toBeLessThan(20_000); // 50 batches, polled every two seconds, would take 100 s
  });

  test('so many run side by side as it allows', async () => {
    const def = aJob({ concurrency: 3 });
    let [running, most] = [0, 0];
    const handle = vi.fn<JobHandler>(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
    });
    const { queue } = await start([[def, handle]]);
    await queue.insertMany(rows(def, 12));
    await eventually(() => expect(handle).toHaveBeenCalledTimes(12));
    expect(most).toBe(3);
  });

  test('that runs alone never has another beside it', async () => {
    const def = aJob({ concurrency: 1 });
    let [running, most] = [0, 0];
    const handle = vi.fn<JobHandler>(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
    });
    const { queue } = await start([[def, handle]]);
    await queue.insertMany(rows(def, 6));
    await eventually(() => expect(handle).toHaveBeenCalledTimes(6));
    expect(most).toBe(1);
  });

  test('is told when it took too long', async () => {
    const def = aJob({ expireInSeconds: 1, retryLimit: 0 });
    let aborted = false;
    const handle: JobHandler = (ctx) =>
      new Promise((resolve) =>
        ctx.signal.addEventListener('abort', () => {
          aborted = true;
          resolve(undefined);
        }),
      );
    const { queue } = await start([[def, handle]]);
    await queue.insertMany([row(def, { n: 1 })]);
    await eventually(() => expect(aborted).toBe(true));
    await eventually(async () => expect(await queue.deadLetters.list(def.name)).toHaveLength(1));
  });

  test('is measured from its turn to its end', async () => {
    const def = aJob({ retryLimit: 0 });
    const figures: [string, boolean][] = [];
    const handle: JobHandler = (_ctx, payload) =>
      (payload as { n: number }).n === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
    const { queue } = await start([[def, handle]], {
      observe: (name, seconds, failed) => seconds < 60 && figures.push([name, failed]),
    });
    await queue.insertMany(rows(def, 2));
    await eventually(() =>
      expect(new Set(figures)).toEqual(
        new Set([
          [def.name, false],
          [def.name, true],
        ]),
      ),
    );
  });
});

describe('a failure', () => {
  test('is tried again after a pause, the others of its batch are not', async () => {
    const def = aJob({ retryLimit: 3, retryDelay: 1 });
    const at: number[] = [];
    const handle = vi.fn<JobHandler>(async (_ctx, payload) => {
      if ((payload as { n: number }).n !== 1) return;
      at.push(Date.now());
      if (at.length < 2) throw new Error('not yet');
    });
    const { queue, errors } = await start([[def, handle]]);
    await queue.insertMany(rows(def, 4));
    await eventually(() => expect(at).toHaveLength(2), 15_000);
    expect(handle).toHaveBeenCalledTimes(5);
    expect(at[1]! - at[0]!).toBeGreaterThan(500);
    expect(errors).toEqual([[def.name, new Error('not yet')]]);
  });

  test('for good becomes a dead letter that can be read, tried again and thrown away', async () => {
    const def = aJob({ retryLimit: 0 });
    let broken = true;
    const handle = vi.fn<JobHandler>(async () => {
      if (broken) throw new Error('no account for aziza@mail.uz');
    });
    const started = await start([[def, handle]]);
    const { queue } = started;
    await queue.insertMany(rows(def, 3));
    await eventually(async () => expect(await stateOf(started, def)).toMatchObject({ waiting: 0, dead: 3 }));
    const letters = await queue.deadLetters.list(def.name);
    expect(
      letters.map((letter) => letter.payload).toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    ).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect(letters[0]).toMatchObject({
      job: def.name,
      error: 'Error: no account for [email]',
      queuedAt: expect.any(Date),
      diedAt: expect.any(Date),
    });
    broken = false;
    expect(await queue.deadLetters.retry(def.name, [letters[0]!.id])).toBe(1);
    await eventually(() => expect(handle).toHaveBeenCalledTimes(4));
    await queue.deadLetters.drop(def.name, [letters[1]!.id]);
    expect((await queue.deadLetters.list(def.name)).map((letter) => letter.id)).toEqual([letters[2]!.id]);
    expect(await queue.deadLetters.retry(def.name)).toBe(1);
    await eventually(() => expect(handle).toHaveBeenCalledTimes(5));
    expect(await queue.deadLetters.list(def.name)).toEqual([]);
  });

  test('of a payload that does not fit is a dead letter at once', async () => {
    const def = aJob({ retryLimit: 5 });
    const handle = seen();
    const { queue, errors } = await start([[def, handle]]);
    await queue.insertMany([row(def, { n: 'many' })]);
    await eventually(async () => expect(await queue.deadLetters.list(def.name)).toHaveLength(1));
    expect(handle).not.toHaveBeenCalled();
    expect(errors).toHaveLength(1);
  });
});

describe('a queue', () => {
  test('is worked by those alone who registered its job', async () => {
    const [mine, theirs] = [aJob(), aJob()];
    const handle = seen();
    const { queue } = await start([[mine, handle]]);
    await queue.insertMany([row(theirs, { n: 1 }), row(mine, { n: 2 })]);
    await eventually(() => expect(handle).toHaveBeenCalledOnce());
    const other = seen();
    await start([[theirs, other]]);
    await eventually(() => expect(other).toHaveBeenCalledOnce());
  });

  test('that others filled first still gets the settings of its job', async () => {
    const def = aJob({ retryLimit: 0 });
    const elsewhere = await start([]);
    await elsewhere.queue.insertMany([row(def, { n: 1 })]);
    const { queue } = await start([[def, () => Promise.reject(new Error('no'))]]);
    await queue.insertMany([row(def, { n: 2 })]);
    await eventually(async () =>
      expect((await queue.deadLetters.list(def.name)).map((letter) => letter.payload)).toContainEqual({ n: 2 }),
    );
  });

  test('finishes what runs before the process ends', async () => {
    const def = aJob();
    let ended = false;
    const handle = vi.fn<JobHandler>(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      ended = true;
    });
    const { queue } = await start([[def, handle]]);
    await queue.insertMany([row(def, { n: 1 })]);
    await eventually(() => expect(handle).toHaveBeenCalledOnce());
    open.pop();
    await queue.stop();
    expect(ended).toBe(true);
  });

  test('a job may be done in one place only', () => {
    const handlers = new JobHandlers();
    const def = aJob();
    handlers.add(def, seen());
    expect(() => handlers.add(def, seen())).toThrow('done in two places');
  });
});

describe('a schedule', () => {
  const schedules = () =>
    database.query<{ name: string; cron: string; timezone: string }>(
      'select name, cron, timezone from job.schedule order by name',
    );

  test('is kept as it is declared, in its time zone, and goes when it is declared no more', async () => {
    const [daily, gone, foreign] = [
      cronJob('tidy.daily', '0 3 * * *'),
      cronJob('tidy.gone', '0 4 * * *'),
      cronJob('other.daily', '0 5 * * *'),
    ];
    const local = job('tidy.local', z.object({}), { cron: '0 6 * * *', tz: 'Asia/Tashkent' });
    const first = await start([
      [daily, seen()],
      [gone, seen()],
      [foreign, seen()],
    ]);
    await first.queue.stop();
    open.pop();
    await start([
      [{ ...daily, options: { ...daily.options, cron: '30 3 * * *' } }, seen()],
      [local, seen()],
    ]);
    expect(await schedules()).toEqual([
      { name: 'other.daily', cron: '0 5 * * *', timezone: 'UTC' },
      { name: 'tidy.daily', cron: '30 3 * * *', timezone: 'UTC' },
      { name: 'tidy.local', cron: '0 6 * * *', timezone: 'Asia/Tashkent' },
    ]);
  });

  test('a tick runs as the platform itself, one at a time, and its failure is no letter', async () => {
    const tick = cronJob('tidy.tick', '0 3 * * *');
    const contexts: Ctx[] = [];
    const { queue } = await start([
      [
        tick,
        async (ctx) => {
          contexts.push(ctx);
          throw new Error('no');
        },
      ],
    ]);
    // Both in one statement: a worker cannot take the first before the second is refused.
    const rows = "('tidy.tick', 'short', 0)";
    await expect(
      database.query(`insert into job.job (name, policy, retry_limit) values ${rows}, ${rows}`),
    ).rejects.toThrow('duplicate key');
    await database.query(`insert into job.job (name, policy, retry_limit) values ${rows}`);
    await eventually(() => expect(contexts).toHaveLength(1));
    expect(contexts[0]).toMatchObject({ actor: null, roles: [], now: clock.now() });
    await eventually(async () =>
      expect(await database.query(`select state from job.job where name = 'tidy.tick'`)).toEqual([{ state: 'failed' }]),
    );
    expect(await queue.deadLetters.list('tidy.tick')).toEqual([]);
  });
});

describe('queueing in a transaction', () => {
  const def = job('test.in-transaction', Payload);
  const relay = (queue: JobQueue) =>
    new Relay({
      context: 'test',
      db: database.db,
      transport: { deliver: () => Promise.resolve() },
      jobs: queue,
      clock,
      onError: (_c, _n, error) => expect.unreachable(String(error)),
    });

  test('reaches the queue after the commit, and never after a rollback', async () => {
    const handle = seen();
    const { queue } = await start([[def, handle]]);
    const ctx = systemCtx(clock.now(), 'request-9');
    await inTx(database.db, (tx) => enqueue(tx, ctx, def, { n: 1 }));
    await expect(
      inTx(database.db, async (tx) => {
        await enqueue(tx, ctx, def, { n: 2 });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await relay(queue).round()).toMatchObject({ done: 1 });
    await eventually(() => expect(handle).toHaveBeenCalledOnce());
    expect(handle.mock.calls[0]).toMatchObject([{ requestId: 'request-9' }, { n: 1 }]);
  });

  test('for later waits for its time', async () => {
    const handle = seen();
    const { queue } = await start([[def, handle]]);
    await inTx(database.db, (tx) =>
      enqueue(tx, systemCtx(clock.now()), def, { n: 3 }, { at: new Date(clock.now().getTime() + 60_000) }),
    );
    expect(await relay(queue).round()).toMatchObject({ done: 0 });
    clock.advance(60_000);
    expect(await relay(queue).round()).toMatchObject({ done: 1 });
    await eventually(() => expect(handle).toHaveBeenCalledOnce());
  });

  test('a payload that does not fit is refused', async () => {
    await expect(inTx(database.db, (tx) => enqueue(tx, systemCtx(clock.now()), def, { n: 1.5 }))).rejects.toThrow(
      z.ZodError,
    );
  });
});

test('methods are marked as what does a job', async () => {
  const def = aJob();
  const done: unknown[] = [];
  class Worker {
    readonly name = 'bound';
    @Works(def)
    async work(_ctx: Ctx, payload: { n: number }): Promise<void> {
      done.push(this.name, payload);
    }
  }
  const provider = works('test', Worker) as { useFactory: (handlers: JobHandlers, instance: unknown) => unknown };
  const handlers = new JobHandlers();
  provider.useFactory(handlers, new Worker());
  await handlers.of(def.name)!.handle(ctxFromJson(JSON.parse(JSON.stringify(systemCtx(clock.now())))), { n: 4 });
  expect(done).toEqual(['bound', { n: 4 }]);
});
