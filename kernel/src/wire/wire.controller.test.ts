import type { FastifyReply, FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { contract, query } from '../contract.js';
import { ctxToJson, systemCtx } from '../ctx.js';
import { errors } from '../errors.js';
import { signCall } from './peer.js';
import { WireController } from './wire.controller.js';
import { Wire } from './wire.js';

const SECRET = 'a-secret-of-the-wire-0123456789abcdef';
const shelf = contract('shelf', { look: query(z.object({}), z.object({})) });
const shelfErrors = errors('shelf', { BARE: { status: 404, message: { uz: 'a', ru: 'b', en: 'c' } } });

/** What a caller in another process is answered when the owner fails with `failure`, and what is reported as a bug. */
async function answerTo(failure: Error) {
  const wire = new Wire({ mode: 'split', peers: {}, secret: SECRET });
  wire.serve(shelf, { look: () => Promise.reject(failure) });
  const bugs: unknown[] = [];
  const url = '/_call/shelf/look';
  const at = Date.now();
  const body = JSON.stringify({ ctx: ctxToJson(systemCtx(new Date())), input: {} });
  const headers = { 'x-um-at': String(at), 'x-um-signature': signCall(SECRET, url, at, body) };
  const params = { contract: 'shelf', method: 'look' };
  const sent = { status: 200, code: '' };
  const reply = {
    status: (status: number) => Object.assign(reply, { sent: Object.assign(sent, { status }) }),
    send: async ({ code }: { code: string }) => void (sent.code = code),
  };
  const controller = new WireController(wire, (_call, error) => bugs.push(error));
  const request = { url, headers, params, rawBody: Buffer.from(body) } as unknown as FastifyRequest;
  await controller.receive(request, reply as unknown as FastifyReply);
  return { ...sent, bugs: bugs.length };
}

test('an expected failure keeps its code, a database that is away passes, anything else is a bug', async () => {
  expect(await answerTo(shelfErrors.BARE())).toEqual({ status: 404, code: 'shelf.BARE', bugs: 0 });
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
  expect(await answerTo(away)).toEqual({ status: 503, code: 'wire.UNAVAILABLE', bugs: 0 });
  expect(await answerTo(new TypeError('x is undefined'))).toEqual({ status: 500, code: 'wire.BUG', bugs: 1 });
});
