import { describe, expect, test } from 'vitest';
import { dictionaries, locales } from '../i18n/index.js';
import { askAgain } from './imports.js';
import { fieldOf, momentOf } from './moments.js';
import { buttonsFor, kindOf, moves, needsConfirmation, sellerStates } from './moves.js';
import { slugIn } from './product-link.js';
import { decisionsFor, productStates } from './products.js';
import { fromField, toField } from './settings.js';
import { stepsOf } from './steps.js';
import { textIn } from './text.js';

describe('moves', () => {
  test('every move has its button and its message in every language, and they differ', () => {
    for (const locale of locales) {
      const { orders } = dictionaries[locale];
      for (const words of [orders.moves, orders.moved])
        expect(new Set(moves.map((move) => words[move])).size, locale).toBe(moves.length);
      for (const state of sellerStates) expect(orders.states[state], `${locale} ${state}`).toBeTruthy();
    }
  });

  test('buttons are what the platform allows, the way forward first', () => {
    expect(buttonsFor(['cancelled', 'accepted'])).toEqual(['accepted', 'cancelled']);
    expect(buttonsFor(['returned'])).toEqual([]);
    expect(buttonsFor([])).toEqual([]);
  });

  test('only cancelling is asked again, and looks like it', () => {
    expect(moves.filter(needsConfirmation)).toEqual(['cancelled']);
    expect(moves.filter((move) => kindOf(move) === 'danger')).toEqual(['cancelled']);
  });
});

describe('steps', () => {
  const names = dictionaries.en.orders.states;
  const event = (state: string, sellerOrderId: string) => ({
    at: `at ${state}`,
    state,
    sellerOrderId,
    by: 'seller' as const,
  });
  const task = (state: 'new' | 'packed' | 'delivered' | 'cancelled', ...reached: string[]) =>
    stepsOf({ id: 'a', state, placedAt: 'at first', history: reached.map((s) => event(s, 'a')) }, names, (iso) => iso);

  test('what is behind is done, the present step is marked, the rest comes later', () => {
    expect(task('packed', 'accepted', 'packed').map(({ id, state }) => [id, state])).toEqual([
      ['new', 'done'],
      ['accepted', 'done'],
      ['packed', 'now'],
      ['shipped', 'later'],
      ['delivered', 'later'],
    ]);
  });

  test('a delivered part is done to its end', () => {
    expect(task('delivered', 'delivered').every(({ state }) => state === 'done')).toBe(true);
  });

  test('a cancelled part shows how far it came', () => {
    expect(task('cancelled', 'accepted', 'cancelled').map(({ id, state }) => [id, state])).toEqual([
      ['new', 'done'],
      ['accepted', 'done'],
      ['cancelled', 'stopped'],
    ]);
  });

  test('the history of another part of the order is not this one’s', () => {
    const steps = stepsOf(
      { id: 'a', state: 'new', placedAt: 'at first', history: [event('accepted', 'b')] },
      names,
      (iso) => iso,
    );
    expect(steps.find(({ id }) => id === 'accepted')?.detail).toBeUndefined();
    expect(steps[0]?.detail).toBe('at first');
  });
});

describe('settings', () => {
  test('money is typed in soʻm and kept in tiyin', () => {
    expect(toField('money', 2_000_000)).toBe('20000');
    expect(fromField('money', '20 000')).toBe(2_000_000);
    expect(fromField('money', '19,99')).toBe(1_999);
  });

  test('what is no value is not sent', () => {
    for (const typed of ['', '-5', '1e9', 'ten', '1.234', '99999999999999999'])
      expect(fromField('money', typed)).toBeUndefined();
    expect(fromField('text', '  ')).toBeUndefined();
    expect(fromField('text', ' Market ')).toBe('Market');
  });
});

test('a moderator decides what waits, and recalls what is on sale', () => {
  expect(decisionsFor('in_review')).toEqual(['publish', 'reject']);
  expect(decisionsFor('published')).toEqual(['recall']);
  for (const state of productStates.filter((s) => s !== 'in_review' && s !== 'published'))
    expect(decisionsFor(state), state).toEqual([]);
});

test('an import is asked about until it has ended', () => {
  expect(askAgain(undefined)).toBeGreaterThan(0);
  expect(askAgain({ state: 'queued' })).toBeGreaterThan(0);
  expect(askAgain({ state: 'running' })).toBeGreaterThan(0);
  expect(askAgain({ state: 'done' })).toBe(false);
  expect(askAgain({ state: 'failed' })).toBe(false);
});

test('a text is told in the reader’s language, else in one it exists in', () => {
  expect(textIn({ uz: 'Kitob', ru: 'Книга' }, 'ru')).toBe('Книга');
  expect(textIn({ uz: 'Kitob', ru: '' }, 'ru')).toBe('Kitob');
  expect(textIn({ ru: 'Книга' }, 'en')).toBe('Книга');
});

test('a moment that is typed means Tashkent', () => {
  expect(momentOf('2026-03-01T09:30')).toBe('2026-03-01T04:30:00.000Z');
  expect(fieldOf(new Date('2026-03-01T04:30:00Z'))).toBe('2026-03-01T09:30');
  expect(momentOf('')).toBeNull();
});

test('a pasted link tells the product it leads to', () => {
  expect(slugIn('https://ultramarket.example/ru/p/castle-2?offer=1')).toBe('castle-2');
  expect(slugIn(' /p/castle/ ')).toBe('castle');
  expect(slugIn('castle')).toBe('castle');
  expect([slugIn(''), slugIn('https://ultramarket.example/c/toys'), slugIn('Two words')]).toEqual([null, null, null]);
});
