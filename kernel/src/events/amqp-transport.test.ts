import amqp, { type ChannelModel } from 'amqplib';
import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { AmqpTransport } from './amqp-transport.js';
import { Subscriptions } from './listeners.js';

/** What the transport asks of a broker, in order. */
function aBroker() {
  const asked: string[] = [];
  const connections: EventEmitter[] = [];
  const channel = {
    assertExchange: async () => void asked.push('exchange'),
    assertQueue: async () => ({ queue: 'live' }),
    bindQueue: async () => void asked.push('listens'),
    consume: async () => undefined,
    publish: (_exchange: string, name: string, _body: Buffer, _options: object, done: (error: unknown) => void) => {
      asked.push(`told ${name}`);
      done(null);
    },
  };
  vi.spyOn(amqp, 'connect').mockImplementation(async () => {
    const connection = Object.assign(new EventEmitter(), {
      createConfirmChannel: async () => channel,
      createChannel: async () => channel,
      close: async () => undefined,
    });
    connections.push(connection);
    return connection as unknown as ChannelModel;
  });
  return { asked, connections };
}

afterEach(() => vi.restoreAllMocks());

test('after a lost connection a process listens before it tells, and is told that it may have missed something', async () => {
  const { asked, connections } = aBroker();
  const subscriptions = new Subscriptions();
  subscriptions.add({ context: 'shelf', event: 'a.b.v1', everyProcess: true, handle: async () => undefined });
  let gaps = 0;
  const transport = new AmqpTransport('amqp://broker', subscriptions, vi.fn<() => void>(), () => (gaps += 1));
  const tell = () => transport.deliver({ id: '1', name: 'a.b.v1', payload: {}, ctx: {} });
  await transport.start();
  expect(gaps).toBe(0);
  connections[0]!.emit('close');
  await vi.waitFor(() => tell());
  expect([gaps, asked]).toEqual([1, ['exchange', 'listens', 'exchange', 'listens', 'told a.b.v1']]);
  await transport.stop();
});
