import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Bus } from './bus.js';
import type { RedisLevel } from './redis-level.js';

/** What the other processes are told. */
const Message = z.object({ cache: z.string(), from: z.string(), tags: z.array(z.string()), keys: z.array(z.string()) });
type Message = z.infer<typeof Message>;

/** Names in one message: it must fit into a notification of PostgreSQL, 8,000 bytes. */
const LONGEST = 6_000;
/** Pause before a debt is tried again. */
const RETRY_MS = 1_000;
/** The same at the end of the process. */
const PAUSE_MS = 50;

export interface InvalidationOptions {
  readonly cache: string;
  /** Id of this process, so that it does not hear itself. */
  readonly from: string;
  readonly redis: RedisLevel | undefined;
  readonly bus: Bus | undefined;
  readonly onError: (error: unknown) => void;
}

/**
 * Carries invalidations to the second level and to the other processes. What could not be carried is owed and paid as
 * soon as possible; while anything is owed, the second level of this process is not believed.
 */
export class Invalidation {
  readonly #options: InvalidationOptions;
  readonly #tags = new Set<string>();
  readonly #keys = new Set<string>();
  #paying: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: InvalidationOptions) {
    this.#options = options;
  }

  /** How many tags and keys are owed. */
  get owed(): number {
    return this.#tags.size + this.#keys.size;
  }

  /** Carries it on. Resolves when that was done or tried; never rejects. What comes while one trip runs goes with the next. */
  send(tags: readonly string[], keys: readonly string[]): Promise<void> {
    if (!this.#options.redis && !this.#options.bus) return Promise.resolve();
    for (const tag of tags) this.#tags.add(tag);
    for (const key of keys) this.#keys.add(key);
    return (this.#paying ??= this.#pay().finally(() => {
      this.#paying = undefined;
    }));
  }

  /** Tries to pay what is owed before the process ends; true when nothing is owed any more. */
  async settle(ms: number): Promise<boolean> {
    for (const until = Date.now() + ms; this.owed > 0 && Date.now() < until;) {
      await this.send([], []);
      if (this.owed > 0) await pause(PAUSE_MS);
    }
    return this.owed === 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #pay(): Promise<void> {
    while (this.owed > 0) {
      const tags = [...this.#tags];
      const keys = [...this.#keys];
      if (!(await this.#carry(tags, keys))) return this.#later();
      for (const tag of tags) this.#tags.delete(tag);
      for (const key of keys) this.#keys.delete(key);
    }
  }

  async #carry(tags: readonly string[], keys: readonly string[]): Promise<boolean> {
    const { redis, bus, onError } = this.#options;
    if (redis && !(await redis.forget(tags, keys))) return false;
    try {
      for (const text of messages(this.#options, tags, keys)) await bus?.publish(text);
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.send([], []), RETRY_MS);
    this.#timer.unref();
  }
}

/** Cuts names into messages of bounded length. */
function messages(
  options: Pick<InvalidationOptions, 'cache' | 'from'>,
  tags: readonly string[],
  keys: readonly string[],
): string[] {
  const { cache, from } = options;
  const parts: Message[] = [];
  let room = 0;
  const add = (kind: 'tags' | 'keys', name: string): void => {
    const bytes = Buffer.byteLength(JSON.stringify(name)) + 1;
    if (room < bytes) {
      parts.push({ cache, from, tags: [], keys: [] });
      room = LONGEST;
    }
    room -= bytes;
    parts.at(-1)![kind].push(name);
  };
  for (const tag of tags) add('tags', tag);
  for (const key of keys) add('keys', key);
  return parts.map((part) => JSON.stringify(part));
}

/** Reads a message for `cache` from another process; undefined for every other text on the bus. */
export function readMessage(
  text: string,
  cache: string,
  self: string,
): { tags: readonly string[]; keys: readonly string[] } | undefined {
  if (!text.startsWith('{')) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined; // somebody else's
  }
  const { success, data } = Message.safeParse(json);
  return success && data.cache === cache && data.from !== self ? data : undefined;
}
