import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FinishedRequest, type HotAnswers, requestIdOf, serveHot } from '@um/kernel';
import { createServer, type RequestListener } from 'node:http';
import type { Readiness } from './health.js';
import type { rootModule } from './platform-module.js';

/** Longer than what stands before us keeps a connection, in ms. */
const KEEP_ALIVE_MS = 65_000;
const BODY_LIMIT = 1024 * 1024;

interface AppParts {
  readonly hot: HotAnswers;
  readonly readiness: Readiness;
  readonly trustProxy: boolean | number | string;
  readonly finished: (request: FinishedRequest) => void;
}

/** Makes the application on its HTTP server, in which ready answers come before everything else. */
export async function createApp(root: ReturnType<typeof rootModule>, parts: AppParts): Promise<NestFastifyApplication> {
  const { hot, readiness, finished, trustProxy: trusted } = parts;
  const answerFirst = serveHot({
    answers: hot,
    finished,
    draining: () => readiness.draining,
  });
  const adapter = new FastifyAdapter({
    serverFactory: (handler: RequestListener) =>
      createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, answerFirst(handler)),
    bodyLimit: BODY_LIMIT,
    trustProxy: typeof trusted === 'number' ? (_address: string, hop: number) => hop < trusted : trusted,
    genReqId: (request: { headers: Record<string, unknown> }) => requestIdOf(request.headers['x-request-id']),
    forceCloseConnections: 'idle',
  });
  return NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: ['error', 'fatal'],
    rawBody: true,
    abortOnError: false,
  });
}
