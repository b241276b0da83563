import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { importErrors } from './contract.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES = [
  'application/x-ndjson',
  'application/jsonl',
  'text/csv',
  'text/tab-separated-values',
  XLSX,
  'application/octet-stream',
];

/** Teaches the server to hand files over as they arrive, instead of holding them in memory. */
@Injectable()
export class ImportBodies {
  constructor(@Inject(HttpAdapterHost) host: HttpAdapterHost) {
    const fastify: FastifyInstance = host.httpAdapter.getInstance();
    fastify.addContentTypeParser(TYPES, (_request, payload, done) => done(null, payload));
  }
}

/** A request's body as it arrives; a short text may have been read already. */
export function bodyOf(request: FastifyRequest): AsyncIterable<Uint8Array> {
  const { body } = request;
  if (typeof body === 'string') return once(body);
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body)
    return body as AsyncIterable<Uint8Array>;
  throw importErrors.EMPTY_FILE();
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
