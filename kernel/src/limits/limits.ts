import type { Redis } from 'ioredis';
import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { Breaker } from '../breaker.js';
import { closeRedis, openRedis } from '../cache/redis.js';
import { limitErrors } from './limit-errors.js';
import type { LimitPolicy } from './policy.js';

export interface LimitsOptions {
  /** Counts that hold across processes; without it each process counts for itself. */
  readonly redisUrl?: string | undefined;
  /** Off lets everything through, for load tests. */
  readonly enabled?: boolean;
  readonly onError?: (error: unknown) => void;
  /** Told of each refusal. */
  readonly onRefused?: (policy: string) => void;
}

/** The answer to "once more?". */
export interface LimitVerdict {
  readonly allowed: boolean;
  /** The counter could not be asked and the policy is to refuse then. */
  readonly outage: boolean;
  readonly remaining: number;
  /** Until the count begins anew, in whole seconds. */
  readonly resetSeconds: number;
}

interface Counters {
  readonly memory: RateLimiterAbstract;
  readonly shared: RateLimiterAbstract | undefined;
}

/** What a client is told to wait while the counter is away, in seconds. */
const OUTAGE_SECONDS = 5;

/** Counts who did what how often. */
export class Limits {
  readonly #options: LimitsOptions;
  readonly #counters = new Map<string, Counters>();
  readonly #breaker = new Breaker();
  readonly #redis: Redis | undefined;

  constructor(options: LimitsOptions = {}) {
    this.#options = options;
    this.#redis =
      options.redisUrl === undefined
        ? undefined
        : openRedis(options.redisUrl, 'data', (error) => options.onError?.(error));
  }

  /** Counts one more under the policy for the key and says whether it may be done. Keys are hashed before they are kept. */
  async take(policy: LimitPolicy, key: string, points = 1): Promise<LimitVerdict> {
    if (this.#options.enabled === false)
      return { allowed: true, outage: false, remaining: policy.points, resetSeconds: 0 };
    const verdict = await this.#take(policy, digest(key), points);
    if (!verdict.allowed) this.#options.onRefused?.(policy.name);
    return verdict;
  }

  /** `take`, but a refusal is raised: `limits.TOO_MANY`, or `limits.UNAVAILABLE` when it cannot be counted. */
  async require(policy: LimitPolicy, key: string, points = 1): Promise<LimitVerdict> {
    const verdict = await this.take(policy, key, points);
    if (!verdict.allowed) throw refusal(verdict);
    return verdict;
  }

  /** Begins the count of a key anew, after it proved itself: a right password, a right code. */
  async forget(policy: LimitPolicy, key: string): Promise<void> {
    const { memory, shared } = this.#of(policy);
    await memory.delete(digest(key));
    await this.#ask(shared, (counter) => counter.delete(digest(key)));
  }

  close(): void {
    if (this.#redis) closeRedis(this.#redis);
  }

  async #take(policy: LimitPolicy, key: string, points: number): Promise<LimitVerdict> {
    const { memory, shared } = this.#of(policy);
    const counted = await this.#ask(shared, (counter) => consume(counter, key, points));
    if (counted) return counted;
    if (shared && policy.onOutage === 'refuse')
      return { allowed: false, outage: true, remaining: 0, resetSeconds: OUTAGE_SECONDS };
    return consume(memory, key, points);
  }

  /** Asks the shared counter; undefined when there is none or it does not answer. */
  async #ask<T>(
    shared: RateLimiterAbstract | undefined,
    work: (counter: RateLimiterAbstract) => Promise<T>,
  ): Promise<T | undefined> {
    if (!shared || !this.#breaker.admits(Date.now())) return undefined;
    try {
      const answer = await work(shared);
      this.#breaker.succeeded();
      return answer;
    } catch (error) {
      this.#breaker.failed(Date.now());
      this.#options.onError?.(error);
      return undefined;
    }
  }

  #of(policy: LimitPolicy): Counters {
    const known = this.#counters.get(policy.name);
    if (known) return known;
    const common = { keyPrefix: `um:limit:${policy.name}`, points: policy.points, duration: policy.seconds };
    const shared =
      this.#redis && policy.counted === 'shared'
        ? new RateLimiterRedis({ ...common, storeClient: this.#redis })
        : undefined;
    const made = { memory: new RateLimiterMemory(common), shared };
    this.#counters.set(policy.name, made);
    return made;
  }
}

async function consume(counter: RateLimiterAbstract, key: string, points: number): Promise<LimitVerdict> {
  try {
    return verdictOf(await counter.consume(key, points), true);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return verdictOf(refused, false);
    throw refused;
  }
}

const verdictOf = (state: RateLimiterRes, allowed: boolean): LimitVerdict => ({
  allowed,
  outage: false,
  remaining: state.remainingPoints,
  resetSeconds: Math.max(1, Math.ceil(state.msBeforeNext / 1_000)),
});

/** E-mail addresses and phone numbers are among the keys; a counter has no need to know them. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 22);

/** The failure that a refusal is told with; its `retryAfter` becomes the header. */
export const refusal = ({ outage, resetSeconds }: LimitVerdict) =>
  outage ? limitErrors.UNAVAILABLE({ retryAfter: resetSeconds }) : limitErrors.TOO_MANY({ retryAfter: resetSeconds });

/** `RateLimit-Policy` and `RateLimit` as the IETF's draft on rate limit headers writes them, and `Retry-After` of a refusal. */
export function limitHeaders(policy: LimitPolicy, verdict: LimitVerdict): Record<string, string> {
  const { name, points, seconds } = policy;
  return {
    'ratelimit-policy': `"${name}";q=${points};w=${seconds}`,
    ratelimit: `"${name}";r=${verdict.remaining};t=${verdict.resetSeconds}`,
    ...(verdict.allowed ? {} : { 'retry-after': String(verdict.resetSeconds) }),
  };
}
