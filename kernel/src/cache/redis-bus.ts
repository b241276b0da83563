import type { Redis } from 'ioredis';
import { Listeners, type Bus, type BusListener } from './bus.js';
import { closeRedis, openRedis } from './redis.js';

export interface RedisBusOptions {
  readonly url: string;
  readonly channel?: string;
  readonly onError: (error: unknown) => void;
  /** How often the connection is tried, in ms: one that went silent looks like one on which nobody speaks. */
  readonly heartbeatMs?: number;
}

/** The bus over Redis' publish and subscribe. Survives the loss of Redis; both the loss and the return are a gap. */
export class RedisBus implements Bus {
  readonly #listeners = new Listeners();
  readonly #channel: string;
  readonly #onError: (error: unknown) => void;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #in: Redis;
  readonly #out: Redis;
  #connected = false;

  constructor(options: RedisBusOptions) {
    this.#channel = options.channel ?? 'um:bus';
    this.#onError = options.onError;
    this.#out = openRedis(options.url, 'data', options.onError);
    this.#in = openRedis(options.url, 'bus', options.onError);
    this.#in.on('message', (_channel: string, text: string) => this.#listeners.message(text));
    // Subscribed anew at every connection; what was said in between is lost.
    this.#in.on('ready', () => void this.#listen());
    this.#in.on('close', () => this.#lost());
    this.#heartbeat = setInterval(() => void this.#beat(), options.heartbeatMs ?? 10_000);
    this.#heartbeat.unref();
  }

  get connected(): boolean {
    return this.#connected;
  }

  async publish(text: string): Promise<void> {
    await this.#out.publish(this.#channel, text);
  }

  subscribe(listener: BusListener): () => void {
    return this.#listeners.add(listener);
  }

  close(): Promise<void> {
    clearInterval(this.#heartbeat);
    closeRedis(this.#in);
    closeRedis(this.#out);
    return Promise.resolve();
  }

  async #listen(): Promise<void> {
    try {
      await this.#in.subscribe(this.#channel);
      this.#connected = true;
      this.#listeners.gap();
    } catch (error) {
      this.#onError(error);
      this.#in.disconnect(true);
    }
  }

  async #beat(): Promise<void> {
    if (!this.#connected) return;
    try {
      await this.#in.ping();
    } catch (error) {
      this.#onError(error);
      this.#lost();
      this.#in.disconnect(true);
    }
  }

  #lost(): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.#listeners.gap();
  }
}
