import { createHash } from 'node:crypto';

/** How many tries in a row are free, and how the pauses after them grow. All times in ms. */
export interface AttemptPolicy {
  readonly free: number;
  readonly firstLockMs: number;
  readonly maxLockMs: number;
  /** After this long without a try the count starts anew. */
  readonly forgetMs: number;
}

export const passwordAttempts: AttemptPolicy = {
  free: 5,
  firstLockMs: 30_000,
  maxLockMs: 3_600_000,
  forgetMs: 24 * 3_600_000,
};
/** A PIN has ten thousand values at least; at one try an hour a guess takes years. */
export const pinAttempts: AttemptPolicy = {
  free: 5,
  firstLockMs: 60_000,
  maxLockMs: 3_600_000,
  forgetMs: 7 * 24 * 3_600_000,
};
/** Sign-ups that met a taken e-mail, from one place: enough for a forgetful family, too few to list our customers. */
export const takenAttempts: AttemptPolicy = {
  free: 20,
  firstLockMs: 60_000,
  maxLockMs: 3_600_000,
  forgetMs: 3_600_000,
};

export interface AttemptState {
  readonly failures: number;
  readonly lastAt: Date;
  readonly lockedUntil: Date | null;
}

/** What becomes of a try: refused for `retryAfter` seconds, or admitted and counted. */
export type Admission =
  | { readonly admitted: false; readonly retryAfter: number }
  | { readonly admitted: true; readonly next: AttemptState };

/**
 * Decides about a try before the secret is looked at, and counts it as failed; success forgets the count.
 * Counting first makes many tries at once no better than one after another.
 */
export function admit(before: AttemptState | undefined, now: Date, policy: AttemptPolicy): Admission {
  const lockedMs = (before?.lockedUntil?.getTime() ?? 0) - now.getTime();
  if (lockedMs > 0) return { admitted: false, retryAfter: Math.ceil(lockedMs / 1_000) };
  const forgotten = !before || now.getTime() - before.lastAt.getTime() > policy.forgetMs;
  const failures = forgotten ? 1 : before.failures + 1;
  return { admitted: true, next: { failures, lastAt: now, lockedUntil: lockAfter(failures, now, policy) } };
}

function lockAfter(failures: number, now: Date, policy: AttemptPolicy): Date | null {
  if (failures < policy.free) return null;
  const pause = Math.min(policy.maxLockMs, policy.firstLockMs * 2 ** (failures - policy.free));
  return new Date(now.getTime() + pause);
}

/** The key tries are counted under; a hash, so that the table holds neither e-mails nor addresses. */
export const attemptScope = (kind: 'password' | 'pin' | 'taken', ...parts: readonly string[]): string =>
  `${kind}:${createHash('sha256').update(parts.join('\n')).digest('base64url')}`;
