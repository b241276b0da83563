import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Ctx, Role } from '../ctx.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request's context, set by the access guard. */
    ctx?: Ctx;
    rawBody?: Buffer;
    /** When the request arrived, in ms of the performance clock. */
    startedAt?: number;
  }
}

/** Who may use a route: roles, `public` for everybody, `internal` for signed calls of the platform itself. */
export type Audience = Role | 'public' | 'internal';

export const ALLOW = 'um:allow';
export const STEP_UP = 'um:step-up';
export const ANSWERS = 'um:answers';
export const SUMMARY = 'um:summary';
export const CALLBACK = 'um:callback';

/** Opens a route to roles. A route without it is refused to everybody and does not boot. */
export const Allow = (...audience: readonly Audience[]) => SetMetadata(ALLOW, audience);

/** The person must have proved presence within the last five minutes (child-safety APP-07). */
export const StepUp = () => SetMetadata(STEP_UP, true);

/** A route that other companies' servers call: no cookie speaks there, so no CSRF token is asked for. */
export const Callback = () => SetMetadata(CALLBACK, true);

export interface Answer {
  readonly status: number;
  readonly schema: z.ZodType | undefined;
}

/** Documents what a route answers, for the API document. */
export const Answers = (schema?: z.ZodType, status = 200) => SetMetadata(ANSWERS, { status, schema } satisfies Answer);

/** One line about the route, for the API document. */
export const Summary = (text: string) => SetMetadata(SUMMARY, text);

/** Injects the request's context. */
export const Actor = createParamDecorator((_data: unknown, host: ExecutionContext): Ctx => {
  const { ctx } = host.switchToHttp().getRequest<FastifyRequest>();
  if (!ctx) throw new Error('the access guard has not run');
  return ctx;
});
