import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { command, contract, query, type Handlers } from '../contract.js';
import { systemCtx } from '../ctx.js';
import { AppError, errors } from '../errors.js';
import { signCall, verifyCall } from './peer.js';
import { Wire, type Arrived } from './wire.js';

const SECRET = 'a-secret-of-the-wire-0123456789abcdef';
const greeter = contract('greeter', {
  greet: query(z.object({ name: z.string(), at: z.coerce.date() }), z.object({ text: z.string() })),
  count: command(z.object({}), z.object({ calls: z.int() })),
});
const greeterErrors = errors('greeter', { RUDE: { status: 409, message: { uz: 'a', ru: 'b', en: 'c' } } });

function aGreeter() {
  const seen = { greet: 0, count: 0 };
  const handlers: Handlers<typeof greeter> = {
    greet: async (ctx, { name, at }) => {
      seen.greet += 1;
      if (name === 'rude') throw greeterErrors.RUDE({ by: name });
      if (name === 'bug') throw new TypeError('undefined is not a function');
      return { text: `${name} ${at.getUTCFullYear()} ${ctx.requestId}` };
    },
    count: async () => ({ calls: (seen.count += 1) }),
  };
  return { seen, handlers };
}

const ctx = systemCtx(new Date('2026-03-02T08:00:00Z'), 'request-1');
const input = { name: 'Aziz', at: new Date('2026-01-01T00:00:00Z') };

describe.each(['local', 'wire'] as const)('a call in one process (%s)', (mode) => {
  const { seen, handlers } = aGreeter();
  const wire = new Wire({ mode, peers: {}, secret: SECRET });
  wire.serve(greeter, handlers);
  const client = wire.client(greeter);

  test('answers, with the caller’s context', async () => {
    expect(await client.greet(ctx, input)).toEqual({ text: 'Aziz 2026 request-1' });
  });

  test('an expected failure arrives as the same coded error', async () => {
    await expect(client.greet(ctx, { ...input, name: 'rude' })).rejects.toMatchObject({
      code: 'greeter.RUDE',
      status: 409,
      details: { by: 'rude' },
    });
  });

  test('bad input never reaches the handler', async () => {
    const before = seen.greet;
    await expect(client.greet(ctx, { name: 5, at: 'x' } as never)).rejects.toThrow(z.ZodError);
    expect(seen.greet).toBe(before);
  });

  test('only queries run twice over the wire', async () => {
    const before = { ...seen };
    await client.greet(ctx, input);
    await client.count(ctx, {});
    expect([seen.greet - before.greet, seen.count - before.count]).toEqual([mode === 'wire' ? 2 : 1, 1]);
  });
});

describe('a call to another process', () => {
  const { seen, handlers } = aGreeter();
  const there = new Wire({ mode: 'split', peers: {}, secret: SECRET });
  there.serve(greeter, handlers);
  let server: Server;
  let here: Wire;
  const port = (): number => (server.address() as AddressInfo).port;

  beforeAll(async () => {
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const arrived: Arrived = {
        path: request.url!,
        at: Number(request.headers['x-um-at']),
        signature: String(request.headers['x-um-signature']),
        body: Buffer.concat(chunks).toString(),
        now: Date.now(),
        signal: ctx.signal,
      };
      const [, , name, method] = request.url!.split('/');
      try {
        response.end(JSON.stringify(await there.receive(name!, method!, arrived)));
      } catch (error) {
        const coded = error instanceof AppError ? error : undefined;
        response.statusCode = coded?.status ?? 500;
        response.end(
          JSON.stringify(
            coded ? { code: coded.code, status: coded.status, text: coded.text, details: coded.details } : {},
          ),
        );
      }
    };
    server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    here = new Wire({ mode: 'split', peers: { greeter: `http://127.0.0.1:${port()}` }, secret: SECRET });
  });
  afterAll(() => new Promise((done) => server.close(done)));

  test('answers, and failures keep their code', async () => {
    expect(await here.client(greeter).greet(ctx, input)).toEqual({ text: 'Aziz 2026 request-1' });
    await expect(here.client(greeter).greet(ctx, { ...input, name: 'rude' })).rejects.toMatchObject({
      code: 'greeter.RUDE',
      details: { by: 'rude' },
    });
    await expect(here.client(greeter).greet(ctx, { ...input, name: 'bug' })).rejects.toMatchObject({
      code: 'wire.BUG',
      status: 500,
    });
  });

  test('callers who give up do not make the peer look dead', async () => {
    const gone = { ...ctx, signal: AbortSignal.abort() };
    for (let i = 0; i < 6; i += 1)
      await expect(here.client(greeter).count(gone, {})).rejects.toMatchObject({ code: 'wire.UNAVAILABLE' });
    expect(await here.client(greeter).greet(ctx, input)).toEqual({ text: 'Aziz 2026 request-1' });
  });

  test('a caller without the platform’s secret is refused before anything runs', async () => {
    const before = seen.count;
    const stranger = new Wire({
      mode: 'split',
      peers: { greeter: `http://127.0.0.1:${port()}` },
      secret: 'another-secret-0123456789abcdefghij',
    });
    await expect(stranger.client(greeter).count(ctx, {})).rejects.toMatchObject({
      code: 'wire.FORBIDDEN',
      status: 403,
    });
    expect(seen.count).toBe(before);
  });

  test('nobody there is a coded 503, and without an address too', async () => {
    const lost = new Wire({ mode: 'split', peers: { greeter: 'http://127.0.0.1:9' }, secret: SECRET });
    await expect(lost.client(greeter).greet(ctx, input)).rejects.toMatchObject({
      code: 'wire.UNAVAILABLE',
      status: 503,
      details: { service: 'greeter' },
    });
    await expect(
      new Wire({ mode: 'split', peers: {}, secret: SECRET }).client(greeter).count(ctx, {}),
    ).rejects.toMatchObject({ code: 'wire.UNAVAILABLE' });
  });
});

test('a signature fits one path, body and half a minute', () => {
  const now = 1_800_000_000_000;
  const good = signCall(SECRET, '/_call/a/b', now, '{}');
  const check =
    (path: string, at: number, body: string, signature = good) =>
    () =>
      verifyCall(SECRET, path, at, body, signature, now);
  expect(check('/_call/a/b', now, '{}')).not.toThrow();
  const refused = [
    check('/_call/a/c', now, '{}'),
    check('/_call/a/b', now, '{"x":1}'),
    check('/_call/a/b', now + 1, '{}'),
    check('/_call/a/b', now, '{}', ''),
    check('/_call/a/b', now - 30_001, '{}', signCall(SECRET, '/_call/a/b', now - 30_001, '{}')),
  ];
  for (const attempt of refused) expect(attempt).toThrow(expect.objectContaining({ code: 'wire.FORBIDDEN' }));
});
