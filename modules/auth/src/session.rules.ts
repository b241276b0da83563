import { createHash, randomBytes } from 'node:crypto';
import type { Identity } from '@um/kernel';
import type { AccountRole } from './contract.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long a session lives, in ms: `idle` after it was last used, `max` altogether. */
export interface Life {
  readonly idle: number;
  readonly max: number;
}

/** Families stay signed in for weeks, those who run the platform for a working day, a child for half a day. */
export function lifeOf(roles: readonly AccountRole[]): Life {
  if (roles.includes('child')) return { idle: 12 * HOUR, max: 12 * HOUR };
  if (roles.includes('admin') || roles.includes('moderator')) return { idle: 12 * HOUR, max: 7 * DAY };
  return { idle: 30 * DAY, max: 90 * DAY };
}

/** When a session ends that is used now. */
export function expiryOf(roles: readonly AccountRole[], createdAt: Date, now: Date): Date {
  const { idle, max } = lifeOf(roles);
  return new Date(Math.min(now.getTime() + idle, createdAt.getTime() + max));
}

/** How often the last use of a session is written down, in ms. */
const SEEN_EVERY = 5 * 60_000;

/** True when the use of a session is worth a write. */
export const worthNoting = (lastSeenAt: Date, now: Date): boolean => now.getTime() - lastSeenAt.getTime() >= SEEN_EVERY;

/** An unguessable token: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** True for what a token of ours looks like; anything else is not looked up. */
export const looksLikeToken = (token: string): boolean => /^[\w-]{43}$/.test(token);

/** What is stored of a token. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A live session with what its account says of itself. */
export interface LiveSession {
  readonly id: string;
  readonly account_id: string;
  readonly device_id: string;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly stepped_up_at: Date | null;
  readonly roles: AccountRole[];
  readonly family_id: string | null;
}

/** Who a session speaks for. A child never counts as having proved presence, whatever the row says. */
export function identityOf(session: LiveSession): Identity & { actor: string; session: string; roles: AccountRole[] } {
  const child = session.roles.includes('child');
  return {
    actor: session.account_id,
    roles: session.roles,
    session: session.id,
    ...(session.family_id ? { family: session.family_id } : {}),
    ...(child && session.family_id ? { child: { id: session.account_id, familyId: session.family_id } } : {}),
    ...(!child && session.stepped_up_at ? { steppedUpAt: session.stepped_up_at } : {}),
  };
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/edg\//i, 'Edge'],
  [/opr\//i, 'Opera'],
  [/yabrowser/i, 'Yandex'],
  [/samsungbrowser/i, 'Samsung Internet'],
  [/firefox|fxios/i, 'Firefox'],
  [/chrome|crios/i, 'Chrome'],
  [/safari/i, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/android/i, 'Android'],
  [/iphone/i, 'iPhone'],
  [/ipad/i, 'iPad'],
  [/windows/i, 'Windows'],
  [/mac os/i, 'macOS'],
  [/linux|x11/i, 'Linux'],
];

const firstMatch = (names: readonly (readonly [RegExp, string])[], agent: string): string | undefined =>
  names.find(([pattern]) => pattern.test(agent))?.[1];

/** What a person recognises a device by: "Chrome, Android". Other programs are shown by the first word of their name. */
export function deviceLabel(agent: string): string {
  const known = [firstMatch(BROWSERS, agent), firstMatch(SYSTEMS, agent)].filter(Boolean).join(', ');
  return known || agent.split(/[\s/]/)[0]!.slice(0, 40) || '—';
}
