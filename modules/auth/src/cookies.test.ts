import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { readDevice, signDevice, takesSecureCookies } from './cookies.js';

const request = (protocol: string, host: string): FastifyRequest => ({ protocol, host }) as FastifyRequest;

test.each([
  ['https', 'shop.example', true],
  ['http', 'localhost:3000', true],
  ['http', '127.0.0.1', true],
  ['http', '[::1]:3000', true],
  ['http', '192.168.1.5:3000', false],
  ['http', 'localhost.evil.example', false],
  ['http', '127.0.0.1.evil.example', false],
])('%s://%s takes secure cookies: %s', (protocol, host, secure) =>
  expect(takesSecureCookies(request(protocol, host))).toBe(secure),
);

test('a device cookie cannot be made up or altered', () => {
  const value = signDevice('secret', 'device-a');
  expect(readDevice('secret', value)).toBe('device-a');
  expect(readDevice('other', value)).toBeUndefined();
  expect(readDevice('secret', value.replace('device-a', 'device-b'))).toBeUndefined();
  expect(readDevice('secret', 'device-a')).toBeUndefined();
  expect(readDevice('secret', undefined)).toBeUndefined();
});
