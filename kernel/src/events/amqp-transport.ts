import amqp, { type Channel, type ChannelModel, type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { z } from 'zod';
import type { Envelope, Subscription, Subscriptions } from './listeners.js';
import { backoffMs, type Transport } from './relay.js';

const EXCHANGE = 'um.events';
/** Deliveries after which a message goes to the dead letters of its queue. */
const DELIVERY_LIMIT = 12;
const Message = z.object({ id: z.string(), name: z.string(), payload: z.unknown(), ctx: z.unknown() });

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * Facts between processes over RabbitMQ: one topic exchange, one quorum queue per context, publisher confirms,
 * dead letters after repeated failure. A lost connection is made again with a growing pause.
 */
export class AmqpTransport implements Transport {
  #connection: ChannelModel | undefined;
  #publisher: ConfirmChannel | undefined;
  #stopped = false;
  #wasConnected = false;
  #connecting: Promise<void> | undefined;
  readonly #active = new Set<Promise<void>>();

  constructor(
    private readonly url: string,
    private readonly subscriptions: Subscriptions,
    private readonly onError: (what: string, error: unknown) => void,
    /** The connection is back: facts for every process may have passed by meanwhile. */
    private readonly onGap: () => void = () => undefined,
  ) {}

  /** Connects and consumes; keeps trying when the broker is not there yet. */
  async start(): Promise<void> {
    await this.#connect();
  }

  async deliver(envelope: Envelope): Promise<void> {
    const channel = this.#publisher;
    if (!channel) throw new Error('the broker is not connected');
    const { id, name, payload, ctx } = envelope;
    const body = Buffer.from(JSON.stringify({ id, name, payload, ctx }));
    await new Promise<void>((done, fail) => {
      channel.publish(
        EXCHANGE,
        name,
        body,
        { persistent: true, messageId: id, contentType: 'application/json' },
        (error) => (error ? fail(error instanceof Error ? error : new Error(String(error))) : done()),
      );
    });
  }

  /** Stops consuming, lets handlers under way finish, closes the connection. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#active);
    await this.#connection?.close().catch((error: unknown) => this.onError('amqp close', error));
  }

  #connect(): Promise<void> {
    this.#connecting ??= this.#open().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async #open(): Promise<void> {
    for (let attempt = 1; !this.#stopped; attempt += 1) {
      try {
        const connection = await amqp.connect(this.url, { clientProperties: { connection_name: 'ultramarket' } });
        connection.on('error', (error: unknown) => this.onError('amqp', error));
        connection.on('close', () => this.#lost());
        this.#connection = connection;
        const publisher = await connection.createConfirmChannel();
        await publisher.assertExchange(EXCHANGE, 'topic', { durable: true });
        await this.#consume(connection);
        // Nothing leaves before this process can hear it too.
        this.#publisher = publisher;
        if (this.#wasConnected) this.onGap();
        this.#wasConnected = true;
        return;
      } catch (error) {
        this.onError('amqp connect', error);
        await pause(backoffMs(attempt) / 2);
      }
    }
  }

  #lost(): void {
    this.#publisher = undefined;
    this.#connection = undefined;
    if (!this.#stopped) void this.#connect();
  }

  async #consume(connection: ChannelModel): Promise<void> {
    const durable = new Map<string, Subscription[]>();
    const live = this.subscriptions.all().filter((s) => s.everyProcess);
    for (const s of this.subscriptions.all().filter((x) => !x.everyProcess))
      durable.set(s.context, [...(durable.get(s.context) ?? []), s]);
    for (const [context, subscriptions] of durable) await this.#consumeDurable(connection, context, subscriptions);
    if (live.length > 0) await this.#consumeLive(connection, live);
  }

  async #consumeDurable(
    connection: ChannelModel,
    context: string,
    subscriptions: readonly Subscription[],
  ): Promise<void> {
    const channel = await connection.createChannel();
    const [queue, dead] = [`um.${context}`, `um.${context}.dead`];
    await channel.assertQueue(dead, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.assertQueue(queue, {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-delivery-limit': DELIVERY_LIMIT,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': dead,
      },
    });
    for (const name of new Set(subscriptions.map((s) => s.event))) await channel.bindQueue(queue, EXCHANGE, name);
    await channel.prefetch(1); // one at a time keeps the facts of an aggregate in order
    await channel.consume(queue, (message) => this.#track(this.#take(channel, message, subscriptions)));
  }

  async #consumeLive(connection: ChannelModel, subscriptions: readonly Subscription[]): Promise<void> {
    const channel = await connection.createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
    for (const name of new Set(subscriptions.map((s) => s.event))) await channel.bindQueue(queue, EXCHANGE, name);
    await channel.consume(queue, (message) => this.#track(this.#takeLive(message, subscriptions)), { noAck: true });
  }

  #track(work: Promise<void>): void {
    this.#active.add(work);
    void work.finally(() => this.#active.delete(work));
  }

  async #take(channel: Channel, message: ConsumeMessage | null, subscriptions: readonly Subscription[]): Promise<void> {
    if (!message) return;
    try {
      const envelope = Message.parse(JSON.parse(message.content.toString('utf8')));
      for (const s of subscriptions) if (s.event === envelope.name) await s.handle(envelope);
      channel.ack(message);
    } catch (error) {
      this.onError(message.fields.routingKey, error);
      const count = Number(message.properties.headers?.['x-delivery-count'] ?? 0);
      await pause(Math.min(5_000, backoffMs(count + 1)));
      if (this.#connection) channel.nack(message, false, true);
    }
  }

  async #takeLive(message: ConsumeMessage | null, subscriptions: readonly Subscription[]): Promise<void> {
    if (!message) return;
    try {
      const envelope = Message.parse(JSON.parse(message.content.toString('utf8')));
      await Promise.all(subscriptions.filter((s) => s.event === envelope.name).map((s) => s.handle(envelope)));
    } catch (error) {
      this.onError(message.fields.routingKey, error);
    }
  }
}
