import { LRUCache } from 'lru-cache';
import type { LiveSession } from './session.rules.js';

/** How long a session is believed without asking the database, in ms. Changes made here or told by a fact cut it short. */
const BELIEVED_MS = 15_000;

interface Known {
  readonly session: LiveSession;
  readonly until: number;
}

/** Sessions this process has seen lately, by the hash of their token. */
export class SessionCache {
  readonly #ofAccount = new Map<string, Set<string>>();
  readonly #known = new LRUCache<string, Known>({
    max: 50_000,
    dispose: (known, key) => this.#unlink(known.session.account_id, key),
  });
  #generation = 0;

  /** Taken before reading a session: `put` drops what was read before a change. */
  get generation(): number {
    return this.#generation;
  }

  get(key: string, now: Date): LiveSession | undefined {
    const known = this.#known.get(key);
    if (!known || known.until <= now.getTime() || known.session.expires_at <= now) return undefined;
    return known.session;
  }

  put(key: string, session: LiveSession, now: Date, generation: number): void {
    if (generation !== this.#generation) return;
    this.#known.set(key, { session, until: now.getTime() + BELIEVED_MS });
    const keys = this.#ofAccount.get(session.account_id) ?? new Set();
    this.#ofAccount.set(session.account_id, keys.add(key));
  }

  /** The sessions of the account are read anew from now on. */
  forgetAccount(accountId: string): void {
    this.#generation++;
    for (const key of this.#ofAccount.get(accountId) ?? []) this.#known.delete(key);
  }

  #unlink(accountId: string, key: string): void {
    const keys = this.#ofAccount.get(accountId);
    keys?.delete(key);
    if (keys?.size === 0) this.#ofAccount.delete(accountId);
  }
}
