import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.js';

const key = new Secret('hunter2');

test('a secret gives its value only to who asks for it', () => {
  expect(key.reveal()).toBe('hunter2');
});

test.each([
  ['in a template', String(key)],
  ['in JSON', JSON.stringify({ key })],
  ['in a console', inspect({ nested: { key } }, { depth: 9, showHidden: true })],
  ['spread', JSON.stringify({ ...key })],
  ['as an error', String(new Error('refused '.concat(String(key))))],
])('a secret stays hidden %s', (_where, text) => {
  expect(text).not.toContain('hunter2');
});
