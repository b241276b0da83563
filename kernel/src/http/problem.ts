import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { isDatabaseGone } from '../db.js';
import { AppError } from '../errors.js';
import { pickLocale, textFor, type Locale } from '../text.js';
import { httpErrors } from './http-errors.js';
import { fieldProblems, type FieldProblem } from './schema-pipe.js';

/** RFC 9457 problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly FieldProblem[];
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What an unknown thrown thing is to the outside: frameworks' own refusals get our codes, a database that is away passes, everything else is a bug. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseGone(error)) return httpErrors.UNAVAILABLE();
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;
  if (status === 404) return httpErrors.NOT_FOUND();
  if (status === 413) return httpErrors.TOO_LARGE();
  if (status !== undefined && status >= 400 && status < 500) return httpErrors.BAD_REQUEST();
  return httpErrors.UNEXPECTED();
}

/** Builds the problem document of a failure in the reader's language. */
export function problemOf(error: AppError, locale: Locale, request: { url: string; id: string }): Problem {
  const { issues, ...details } = error.details as { issues?: readonly z.core.$ZodIssue[] };
  const text = textFor(error.text, locale);
  return {
    type: `/docs/errors#${error.code}`,
    title: text,
    status: error.status,
    detail: text,
    instance: request.url.split('?')[0]!,
    code: error.code,
    requestId: request.id,
    ...(issues ? { errors: fieldProblems(issues, locale) } : {}),
    ...(Object.keys(details).length > 0 ? { details } : {}),
  };
}

/** Answers every failure as problem+json and reports bugs, with their request id, to `onBug`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly onBug: (error: unknown, request: FastifyRequest) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.onBug);
  }
}

/** Sends the problem document of a failure. Also used outside controllers. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  onBug: (error: unknown, request: FastifyRequest) => void,
): void {
  const coded = asAppError(error);
  if (coded.status === 500) onBug(error, request);
  const locale =
    request.ctx?.locale ??
    pickLocale((request.query as { lang?: string } | undefined)?.lang, request.headers['accept-language']);
  const retryAfter = coded.details['retryAfter'];
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(Math.ceil(retryAfter)));
  else if (coded.status === 503) void reply.header('retry-after', '2');
  void reply
    .status(coded.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(Buffer.from(JSON.stringify(problemOf(coded, locale, request))));
}
