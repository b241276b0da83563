import { describe, expect, test } from 'vitest';
import {
  deviceLabel,
  expiryOf,
  identityOf,
  looksLikeToken,
  newToken,
  tokenHash,
  worthNoting,
  type LiveSession,
} from './session.rules.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = new Date('2026-03-01T08:00:00Z');
const at = (ms: number): Date => new Date(start.getTime() + ms);
const session = (over: Partial<LiveSession>): LiveSession => ({
  id: 's',
  account_id: 'a',
  device_id: 'd',
  created_at: start,
  last_seen_at: start,
  expires_at: at(DAY),
  stepped_up_at: start,
  roles: ['parent'],
  family_id: null,
  ...over,
});

describe('the life of a session', () => {
  test('use extends it by thirty days', () => expect(expiryOf(['parent'], start, at(10 * DAY))).toEqual(at(40 * DAY)));
  test('ninety days are the end of it', () => expect(expiryOf(['parent'], start, at(89 * DAY))).toEqual(at(90 * DAY)));
  test('use does not extend a child’s twelve hours', () =>
    expect(expiryOf(['child'], start, at(11 * HOUR))).toEqual(at(12 * HOUR)));
  test('who runs the platform is out after half a day of rest', () => {
    expect(expiryOf(['parent', 'admin'], start, at(HOUR))).toEqual(at(13 * HOUR));
    expect(expiryOf(['moderator'], start, at(HOUR))).toEqual(at(13 * HOUR));
  });
  test('its use is written down every five minutes', () => {
    expect(worthNoting(start, at(5 * 60_000 - 1))).toBe(false);
    expect(worthNoting(start, at(5 * 60_000))).toBe(true);
  });
});

describe('who a session speaks for', () => {
  test('an adult, with family and proof of presence', () => {
    expect(identityOf(session({ family_id: 'f' }))).toEqual({
      actor: 'a',
      roles: ['parent'],
      session: 's',
      family: 'f',
      steppedUpAt: start,
    });
  });
  test('a child, who never counts as having proved presence', () => {
    expect(identityOf(session({ roles: ['child'], family_id: 'f' }))).toEqual({
      actor: 'a',
      roles: ['child'],
      session: 's',
      family: 'f',
      child: { id: 'a', familyId: 'f' },
    });
  });
});

test('a token has 256 bits and only its hash is kept', () => {
  const token = newToken();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(looksLikeToken(token)).toBe(true);
  expect(looksLikeToken(`${token}x`)).toBe(false);
  expect(looksLikeToken("' or 1=1")).toBe(false);
  expect(tokenHash(token)).toHaveLength(32);
});

test.each([
  [
    'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36',
    'Chrome, Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari, iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 YaBrowser/24.6 Safari/537.36',
    'Yandex, Windows',
  ],
  ['curl/8.5.0', 'curl'],
  ['', '—'],
])('%s is shown as %s', (agent, label) => expect(deviceLabel(agent)).toBe(label));
