import { expect, test } from 'vitest';
import {
  callbackSignature,
  FORM_MS,
  formSignature,
  isCallback,
  isForm,
  isPayLink,
  payLink,
  retryMs,
  TOLERANCE_MS,
} from './signing.rules.js';

const ID = '01920000-0000-7000-8000-000000000001';
const now = new Date('2026-11-24T10:00:00Z');
const sigOf = (link: string): string => new URL(link, 'http://x').searchParams.get('sig')!;

test('a pay link carries its signature and the reader’s language', () => {
  const link = payLink('secret', ID, 'ru');
  expect(link).toContain(`/api/v1/payments/sandbox/pay/${ID}?`);
  expect(new URL(link, 'http://x').searchParams.get('lang')).toBe('ru');
  expect(isPayLink('secret', ID, sigOf(link))).toBe(true);
});

test('a link of another transaction or another secret is refused', () => {
  expect(isPayLink('secret', ID.replace('1', '2'), sigOf(payLink('secret', ID, 'uz')))).toBe(false);
  expect(isPayLink('other', ID, sigOf(payLink('secret', ID, 'uz')))).toBe(false);
  expect(isPayLink('secret', ID, '')).toBe(false);
});

test('a form holds for its time and its transaction', () => {
  const until = now.getTime() + FORM_MS;
  const signature = formSignature('secret', ID, until);
  expect(isForm('secret', { transactionId: ID, until, signature }, now)).toBe(true);
  expect(isForm('secret', { transactionId: ID, until, signature }, new Date(until + 1))).toBe(false);
  expect(isForm('secret', { transactionId: ID, until: until + 1, signature }, now)).toBe(false);
});

test('the signature of a link does not open a form or a callback', () => {
  const signature = sigOf(payLink('secret', ID, 'uz'));
  expect(isForm('secret', { transactionId: ID, until: now.getTime() + 1, signature }, now)).toBe(false);
  expect(
    isCallback('secret', { timestamp: String(now.getTime() / 1_000), signature, body: Buffer.from(ID) }, now),
  ).toBe(false);
});

test('a callback is taken with the exact bytes and in time only', () => {
  const timestamp = String(now.getTime() / 1_000);
  const body = Buffer.from('{"a":1}');
  const signature = callbackSignature('secret', timestamp, body);
  const callback = { timestamp, signature, body };
  expect(isCallback('secret', callback, now)).toBe(true);
  expect(isCallback('secret', { ...callback, body: Buffer.from('{"a":2}') }, now)).toBe(false);
  expect(isCallback('secret', callback, new Date(now.getTime() + TOLERANCE_MS + 1))).toBe(false);
  expect(isCallback('secret', { ...callback, timestamp: '' }, now)).toBe(false);
  expect(isCallback('secret', { ...callback, timestamp: 'x' }, now)).toBe(false);
  expect(isCallback('other', callback, now)).toBe(false);
});

test('callbacks are tried again after growing pauses, at most ten minutes', () => {
  expect([1, 2, 3, 20].map(retryMs)).toEqual([2_000, 4_000, 8_000, 600_000]);
});
