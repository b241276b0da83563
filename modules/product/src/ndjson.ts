import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { productErrors } from './contract.js';

/** Teaches the server to hand files of lines over as they arrive, instead of holding them in memory. */
@Injectable()
export class Ndjson {
  constructor(@Inject(HttpAdapterHost) host: HttpAdapterHost) {
    const fastify: FastifyInstance = host.httpAdapter.getInstance();
    fastify.addContentTypeParser(['application/x-ndjson', 'application/jsonl'], (_request, payload, done) =>
      done(null, payload),
    );
  }
}

/** A request's body as it arrives; a short text may have been read already. */
export function bodyOf(request: FastifyRequest): AsyncIterable<Uint8Array | string> {
  const { body } = request;
  if (typeof body === 'string') return once(body);
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body)
    return body as AsyncIterable<Uint8Array>;
  throw productErrors.EMPTY_FILE();
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
