import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Cache } from '../cache/cache.js';
import type { FinishedRequest } from './hooks.js';
import { HotAnswers, serveHot } from './hot.js';

const URL_PATH = '/api/v1/products?lang=en';
const body = Buffer.from('{"items":["Самоварный чай 🫖"]}');
const options = { tags: ['products'], ttl: 60_000 };
const cache = new Cache({ name: 'test', maxBytes: 1_000_000 });
const answers = new HotAnswers(cache);
const finished: FinishedRequest[] = [];
let draining = false;
const front = serveHot({
  answers,
  finished: (one) => finished.push(one),
  draining: () => draining,
});
const server = createServer(front((_request, response) => void response.writeHead(418).end('the server behind')));

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));
afterAll(() => cache.close());
beforeEach(async () => {
  draining = false;
  finished.length = 0;
  await answers.once(`en ${URL_PATH}`, options, async () => ({
    body,
    type: 'application/json',
    route: '/api/v1/products',
  }));
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const get = (headers: Record<string, string | string[]> = {}, method = 'GET', path = URL_PATH): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    sent.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    sent.end();
  });

test('a ready answer goes out with the headers of every answer and is told as a finished request', async () => {
  const { status, headers, text } = await get({ 'x-request-id': 'abcd-1234' });
  expect({ status, text }).toEqual({ status: 200, text: body.toString() });
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(body.length),
    'cache-control': 'public, max-age=0, must-revalidate',
    vary: 'accept-language, cookie, authorization',
    'x-request-id': 'abcd-1234',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    etag: expect.stringMatching(/^".+"$/),
  });
  expect(finished).toEqual([
    expect.objectContaining({
      method: 'GET',
      route: '/api/v1/products',
      status: 200,
      requestId: 'abcd-1234',
      actor: null,
    }),
  ]);
});

test('requests that bring no id, or one that is none, get one of their own', async () => {
  const ids = [];
  for (const brought of [{}, {}, { 'x-request-id': 'a b' }, { 'x-request-id': 'x'.repeat(65) }])
    ids.push(String((await get(brought)).headers['x-request-id']));
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}-\d+$/);
});

test('who has the same bytes already is told so', async () => {
  const { headers } = await get();
  const again = await get({ 'if-none-match': headers.etag! });
  expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
});

test.each([
  ['a session cookie', { cookie: 'theme=dark; um_session=abc' }],
  ['the secure session cookie', { cookie: '__Host-um=abc' }],
  ['a session cookie with a space behind its name', { cookie: 'um_session =abc' }],
  ['a session cookie between tabs', { cookie: 'theme=dark;\t__Host-um\t=abc' }],
  ['a second cookie header', { cookie: ['theme=dark', 'um_session=abc'] }],
  ['a token that is no bearer', { AUTHORIZATION: 'abc' }],
  ['a bearer token', { authorization: 'Bearer abc' }],
])('a request with %s is never answered with what a guest sees', async (_what, headers) => {
  expect((await get(headers)).status).toBe(418);
});

test('a cookie that is no session changes nothing', async () => {
  expect((await get({ cookie: 'theme=dark; not_um_session=1' })).status).toBe(200);
});

test('only a known GET below /api is answered, and none while the process drains', async () => {
  expect((await get({}, 'POST')).status).toBe(418);
  expect((await get({}, 'HEAD')).status).toBe(418);
  expect((await get({}, 'GET', `//api${URL_PATH.slice(4)}`)).status).toBe(418);
  expect((await get({}, 'GET', `http://elsewhere${URL_PATH}`)).status).toBe(418);
  expect((await get({}, 'GET', '/api/v1/products?lang=ru')).status).toBe(418);
  draining = true;
  expect((await get()).status).toBe(418);
});
