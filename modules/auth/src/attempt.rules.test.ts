import { describe, expect, test } from 'vitest';
import { admit, attemptScope, passwordAttempts, pinAttempts, type AttemptState } from './attempt.rules.js';

const start = new Date('2026-03-01T08:00:00Z');
const later = (ms: number): Date => new Date(start.getTime() + ms);

/** Fails `times` in a row, each as soon as it is admitted; answers the state and the time. */
function failing(times: number): { state: AttemptState | undefined; now: Date } {
  let state: AttemptState | undefined;
  let now = start;
  for (let i = 0; i < times; i++) {
    now = state?.lockedUntil && state.lockedUntil > now ? state.lockedUntil : now;
    const admission = admit(state, now, passwordAttempts);
    if (!admission.admitted) throw new Error('refused');
    state = admission.next;
  }
  return { state, now };
}

describe('tries to sign in', () => {
  test('five in a row are free, the sixth has to wait half a minute', () => {
    const { state, now } = failing(5);
    expect(admit(state, now, passwordAttempts)).toEqual({ admitted: false, retryAfter: 30 });
    expect(admit(state, new Date(now.getTime() + 30_000), passwordAttempts)).toMatchObject({ admitted: true });
  });

  test('each failure after a pause doubles it, up to an hour', () => {
    const pauses = [5, 6, 7, 12, 20].map((times) => {
      const { state, now } = failing(times);
      return (state!.lockedUntil!.getTime() - now.getTime()) / 1_000;
    });
    expect(pauses).toEqual([30, 60, 120, 3_600, 3_600]);
  });

  test('a day without a try forgets the failures', () => {
    const { state } = failing(4);
    expect(admit(state, later(passwordAttempts.forgetMs), passwordAttempts)).toMatchObject({ next: { failures: 5 } });
    expect(admit(state, later(passwordAttempts.forgetMs + 1), passwordAttempts)).toMatchObject({
      next: { failures: 1, lockedUntil: null },
    });
  });

  test('a PIN is guarded for longer than a password', () => {
    expect(pinAttempts.firstLockMs).toBeGreaterThan(passwordAttempts.firstLockMs);
    expect(pinAttempts.forgetMs).toBeGreaterThan(passwordAttempts.forgetMs);
  });
});

describe('where a try comes from', () => {
  test('the scope of a try tells neither the e-mail nor the address', () => {
    const scope = attemptScope('password', 'nodira@example.com', '192.0.2.7');
    expect(scope).not.toContain('nodira');
    expect(scope).not.toContain('192');
    expect(attemptScope('password', 'ab', 'c')).not.toBe(attemptScope('password', 'a', 'bc'));
    expect(attemptScope('pin', 'a', 'b')).not.toBe(attemptScope('password', 'a', 'b'));
  });
});
