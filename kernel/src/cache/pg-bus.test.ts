import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { testDatabase, type TestDatabase } from '../db.factory.js';
import { Cache } from './cache.js';
import { PgBus, type PgBusOptions } from './pg-bus.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function aBus(options: Partial<PgBusOptions> = {}): Promise<PgBus> {
  const bus = new PgBus({ connectionString: database.url, onError: () => undefined, ...options });
  opened.push(bus);
  await vi.waitFor(() => expect(bus.connected).toBe(true), { timeout: 5_000 });
  return bus;
}

const hearing = (bus: PgBus) => {
  const heard = { messages: [] as string[], gaps: 0 };
  bus.subscribe({ message: (text) => heard.messages.push(text), gap: () => (heard.gaps += 1) });
  return heard;
};

/** A wire to the database that can go silent: it stays open and carries nothing. */
async function aWire() {
  const target = new URL(database.url);
  const folder = target.searchParams.get('host');
  const port = target.searchParams.get('port') ?? target.port;
  const ends: Socket[] = [];
  const server = createServer((near) => {
    const far = folder ? connect(`${folder}/.s.PGSQL.${port}`) : connect(Number(port), target.hostname);
    ends.push(near, far);
    for (const end of [near, far]) end.on('error', () => undefined);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () => {
      for (const end of ends) end.destroy();
      server.close();
    },
  });
  target.searchParams.delete('host');
  target.searchParams.delete('port');
  const user = target.username === '' ? '' : `${target.username}:${target.password}@`;
  return {
    url: `postgres://${user}127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}${target.search}`,
    goSilent: () => {
      for (const end of ends.splice(0)) end.unpipe().pause();
    },
  };
}

describe('a bus over PostgreSQL', () => {
  test('a connection that went silent is found out and replaced', async () => {
    const wire = await aWire();
    const bus = await aBus({ connectionString: wire.url, heartbeatMs: 100 });
    const heard = hearing(bus);
    wire.goSilent();
    await vi.waitFor(() => expect(heard.gaps).toBe(1), { timeout: 8_000 });
    await vi.waitFor(() => expect([bus.connected, heard.gaps]).toEqual([true, 2]), { timeout: 8_000 });
    await bus.publish('again');
    await vi.waitFor(() => expect(heard.messages).toEqual(['again']));
  });

  test('carries a message to every process', async () => {
    const [a, b] = [await aBus(), await aBus()];
    const [atA, atB] = [hearing(a), hearing(b)];
    await a.publish('oʻzgardi');
    await vi.waitFor(() => expect([atA.messages, atB.messages]).toEqual([['oʻzgardi'], ['oʻzgardi']]));
  });

  test('channels do not hear each other', async () => {
    const [a, b] = [await aBus({ channel: 'one "odd" name' }), await aBus({ channel: 'two' })];
    const [atA, atB] = [hearing(a), hearing(b)];
    await a.publish('for one');
    await vi.waitFor(() => expect(atA.messages).toEqual(['for one']));
    expect(atB.messages).toEqual([]);
  });

  test('a cut connection is a gap, and so is its return', async () => {
    const bus = await aBus();
    const heard = hearing(bus);
    await database.cut();
    await vi.waitFor(() => expect([bus.connected, heard.gaps]).toEqual([false, 1]));
    await expect(bus.publish('lost')).rejects.toThrow('not connected');
    await vi.waitFor(() => expect([bus.connected, heard.gaps]).toEqual([true, 2]), { timeout: 5_000 });
    await bus.publish('again');
    await vi.waitFor(() => expect(heard.messages).toEqual(['again']));
  });

  test('a message that PostgreSQL would refuse is refused here', async () => {
    await expect((await aBus()).publish('ʻ'.repeat(4_000))).rejects.toThrow(RangeError);
  });

  test('who stopped listening hears nothing more', async () => {
    const bus = await aBus();
    const heard: string[] = [];
    const stop = bus.subscribe({ message: (text) => heard.push(text), gap: () => undefined });
    const all = hearing(bus);
    stop();
    await bus.publish('later');
    await vi.waitFor(() => expect(all.messages).toEqual(['later']));
    expect(heard).toEqual([]);
  });

  test('a process that starts before the database connects when it is there', async () => {
    const errors: unknown[] = [];
    const bus = new PgBus({
      connectionString: 'postgres://nobody@127.0.0.1:1/none',
      onError: (error) => errors.push(error),
    });
    opened.push(bus);
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(1), { timeout: 5_000 });
    expect(bus.connected).toBe(false);
  });

  test('caches without Redis hear of each other’s changes over it', async () => {
    const [a, b] = [await aBus(), await aBus()].map((bus) => {
      const cache = new Cache({ name: 'c', maxBytes: 1 << 20, bus });
      opened.push(cache);
      return cache;
    });
    await b!.getOrSet('k', { ttl: 60_000, tags: ['t'] }, () => Promise.resolve('old'));
    expect(b!.get('k')).toBe('old');
    await a!.invalidateTags(['t']);
    await vi.waitFor(() => expect(b!.get('k')).toBeUndefined());
    expect(a!.stats()).toMatchObject({ bus: 'up', owed: 0 });
  });
});
