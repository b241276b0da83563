import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { Listeners, type Bus, type BusListener } from './bus.js';

export interface PgBusOptions {
  readonly connectionString: string;
  readonly channel?: string;
  readonly onError: (error: unknown) => void;
  /** How often the connection is tried, in ms: a network that went silent is found out by this alone. */
  readonly heartbeatMs?: number;
}

const GOODBYE_MS = 1_000;
/** Pause before the next attempt to connect, in ms. */
const RECONNECT_MS = 500;
/** PostgreSQL refuses notifications of 8,000 bytes. */
const LONGEST = 7_900;

/**
 * The bus over PostgreSQL's LISTEN and NOTIFY, for several processes without Redis. It holds one connection of its
 * own, to the server itself: a pooler in transaction mode drops subscriptions.
 */
export class PgBus implements Bus {
  readonly #listeners = new Listeners();
  readonly #options: PgBusOptions;
  readonly #channel: string;
  readonly #heartbeat: NodeJS.Timeout;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #beating = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PgBusOptions) {
    this.#options = options;
    this.#channel = options.channel ?? 'um_bus';
    this.#heartbeat = setInterval(() => void this.#beat(), options.heartbeatMs ?? 10_000);
    this.#heartbeat.unref();
    void this.#connect();
  }

  get connected(): boolean {
    return this.#client !== undefined;
  }

  async publish(text: string): Promise<void> {
    if (!this.#client) throw new Error('the bus is not connected');
    if (Buffer.byteLength(text) > LONGEST) throw new RangeError(`a message of the bus has at most ${LONGEST} bytes`);
    await this.#ask(this.#client, 'select pg_notify($1, $2)', [this.#channel, text]);
  }

  subscribe(listener: BusListener): () => void {
    return this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#heartbeat);
    // A connection that went silent never says goodbye.
    await Promise.race([this.#client?.end(), setTimeout(GOODBYE_MS, undefined, { ref: false })]);
  }

  async #connect(): Promise<void> {
    const { connectionString, onError } = this.#options;
    const client = new pg.Client({
      connectionString,
      application_name: 'um:bus',
      keepAlive: true,
      connectionTimeoutMillis: 3_000,
      query_timeout: 3_000,
    });
    client.on('error', onError);
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ payload }) => this.#listeners.message(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(this.#channel)}`);
    } catch (error) {
      if (!this.#closed) onError(error);
      await client.end().catch(onError);
      return this.#again();
    }
    if (this.#closed) return client.end();
    this.#client = client;
    this.#listeners.gap();
  }

  /** One statement after the other: the connection carries one at a time. */
  #ask(client: pg.Client, text: string, values: string[] = []): Promise<unknown> {
    const asked = this.#last.then(() => client.query(text, values));
    this.#last = asked.catch(() => undefined); // told to who asked; the next one has its own turn
    return asked;
  }

  async #beat(): Promise<void> {
    const client = this.#client;
    if (!client || this.#beating) return;
    this.#beating = true;
    try {
      await this.#ask(client, 'select 1');
    } catch (error) {
      this.#options.onError(error);
      this.#lost(client);
      client.end().catch(this.#options.onError);
    } finally {
      this.#beating = false;
    }
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return; // it never became ours, or is ours no longer
    this.#client = undefined;
    if (this.#closed) return;
    this.#listeners.gap();
    this.#again();
  }

  #again(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = globalThis.setTimeout(() => void this.#connect(), RECONNECT_MS);
    this.#timer.unref();
  }
}
