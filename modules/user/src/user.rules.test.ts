import type { Account } from '@um/auth';
import { makeCtx, type Ctx } from '@um/kernel';
import { describe, expect, test } from 'vitest';
import { meOf, nextDefault, steppedUpUntil } from './user.rules.js';

const now = new Date('2026-03-01T08:00:00Z');
const account: Account = {
  id: 'a',
  kind: 'adult',
  name: 'Nodira',
  email: 'nodira@example.com',
  roles: ['parent'],
  familyId: 'f',
  blocked: false,
  createdAt: now.toISOString(),
};
const ctx = (identity: Partial<Parameters<typeof makeCtx>[0]['identity']> = {}): Ctx =>
  makeCtx({ identity: { actor: 'a', roles: ['parent'], ...identity }, locale: 'uz', now, requestId: 'r' });

describe('how long a proof of presence counts', () => {
  test('five minutes', () =>
    expect(steppedUpUntil({ now, steppedUpAt: new Date('2026-03-01T07:58:00Z') })).toBe('2026-03-01T08:03:00.000Z'));
  test('not beyond', () => expect(steppedUpUntil({ now, steppedUpAt: new Date('2026-03-01T07:55:00Z') })).toBeNull());
  test('not at all without one', () => expect(steppedUpUntil({ now })).toBeNull());
});

describe('the signed-in person', () => {
  test('an adult without choices of their own follows the system', () => {
    expect(meOf(ctx(), account, undefined)).toEqual({
      id: 'a',
      name: 'Nodira',
      email: 'nodira@example.com',
      roles: ['parent'],
      locale: null,
      theme: 'system',
      child: null,
      familyId: 'f',
      steppedUpUntil: null,
    });
  });
  test('a child is known by name', () => {
    const child = { id: 'a', familyId: 'f' };
    expect(
      meOf(
        ctx({ roles: ['child'], child }),
        { ...account, kind: 'child', email: null, roles: ['child'] },
        { locale: 'ru', theme: 'dark' },
      ),
    ).toMatchObject({
      name: 'Nodira',
      email: null,
      roles: ['child'],
      child,
      locale: 'ru',
      theme: 'dark',
    });
  });
});

describe('the default address', () => {
  test('passes to the newest when it is gone', () =>
    expect(
      nextDefault([
        { id: 'new', is_default: false },
        { id: 'old', is_default: false },
      ]),
    ).toMatchObject({ id: 'new' }));
  test('stays when another one went', () =>
    expect(nextDefault([{ is_default: false }, { is_default: true }])).toBeUndefined());
  test('is none without addresses', () => expect(nextDefault([])).toBeUndefined());
});
