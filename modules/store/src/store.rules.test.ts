import { describe, expect, test } from 'vitest';
import type { Store } from './contract.js';
import { firstTerms, mayMove, startOfTerms, viewOf } from './store.rules.js';

const text = (word: string) => ({ uz: `${word} uz`, ru: `${word} ru`, en: `${word} en` });
const aStore = (state: Store['state']): Store => ({
  id: 's',
  slug: 'toys',
  name: text('name'),
  description: text('about'),
  city: text('city'),
  state,
  commissionBp: 1_000,
  createdAt: '2026-03-01T08:00:00.000Z',
});

test.each([
  ['pending', 'verified', true],
  ['pending', 'suspended', true],
  ['verified', 'suspended', true],
  ['suspended', 'verified', true],
  ['verified', 'verified', false],
  ['suspended', 'suspended', false],
  ['verified', 'pending', false],
  ['suspended', 'pending', false],
] as const)('from %s to %s: %s', (from, to, may) => expect(mayMove(from, to)).toBe(may));

describe('a store as shoppers see it', () => {
  test('speaks their language', () =>
    expect(viewOf(aStore('verified'), 'ru')).toEqual({
      id: 's',
      slug: 'toys',
      name: 'name ru',
      description: 'about ru',
      city: 'city ru',
      since: '2026-03-01T08:00:00.000Z',
    }));
  test.each(['pending', 'suspended'] as const)('is not there while it is %s', (state) =>
    expect(viewOf(aStore(state), 'uz')).toBeNull(),
  );
});

describe('new terms', () => {
  const now = new Date('2026-03-01T08:00:00Z');
  test('start now when nothing is said', () => expect(startOfTerms(undefined, now)).toEqual(now));
  test('may start later', () =>
    expect(startOfTerms('2026-04-01T00:00:00Z', now)).toEqual(new Date('2026-04-01T00:00:00Z')));
  test('of a new store start with its day', () => expect(firstTerms(now)).toEqual(new Date('2026-03-01T00:00:00Z')));
  test('never in the past', () => expect(startOfTerms('2026-03-01T07:59:59Z', now)).toBeUndefined());
});
