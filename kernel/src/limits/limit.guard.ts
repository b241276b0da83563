import {
  applyDecorators,
  Inject,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../http/problem.js';
import { limitHeaders, Limits, refusal } from './limits.js';
import { networkOf } from './network.js';
import { limitPolicies, type LimitPolicy } from './policy.js';
import { sendRefusalPage } from './refusal-page.js';

const LIMIT = Symbol('um:limit');

/** What a route counts by. Bodies are not checked yet when it is asked. */
export type LimitKey = (request: FastifyRequest) => string;

interface Limited {
  readonly policy: LimitPolicy;
  readonly key: LimitKey;
}

/** Whoever asks: the account, for guests the network. */
export const byActor: LimitKey = (request) => request.ctx?.actor ?? networkOf(request.ip);

/** The caller's network, whoever is signed in. */
export const byNetwork: LimitKey = (request) => networkOf(request.ip);

/** The caller's network together with a field of the body: guesses at one account. */
export const byNetworkAnd =
  (field: string): LimitKey =>
  (request) =>
    `${networkOf(request.ip)} ${String((request.body as Record<string, unknown> | null | undefined)?.[field]).toLowerCase()}`;

/** Holds routes with `@Limit` to their policies, after it is known who asks. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(@Inject(Limits) private readonly limits: Limits) {}

  async canActivate(host: ExecutionContext): Promise<boolean> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    for (const { policy, key } of (Reflect.getMetadata(LIMIT, host.getHandler()) ?? []) as readonly Limited[]) {
      const verdict = await this.limits.take(policy, key(request));
      void http.getResponse<FastifyReply>().headers(limitHeaders(policy, verdict));
      if (!verdict.allowed) throw refusal(verdict);
    }
    return true;
  }
}

/** Holds a route to policies, each with what it counts by. */
export const Limit = (...limited: readonly (readonly [LimitPolicy, LimitKey])[]) =>
  applyDecorators(
    SetMetadata(
      LIMIT,
      limited.map(([policy, key]) => ({ policy, key })),
    ),
    UseGuards(LimitGuard),
  );

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What programs ask for, and files that were built: where no page is ever made. A category's address may have a dot in it, too. */
const NO_PAGE = /^\/(?:api|health|metrics|_call|assets|admin\/assets)(?:\/|$)/;

/** The policy of a request that is held to one. The route tells of an address what it is, however its letters are written. */
function policyOf({ method, url, routeOptions }: FastifyRequest): LimitPolicy | undefined {
  const { read, write, page } = limitPolicies;
  if ((routeOptions.url ?? url).startsWith('/api/')) return READS.has(method) ? read : write;
  return NO_PAGE.test(url.split('?')[0]!) ? undefined : page;
}

/**
 * Holds everything below `/api/` to the general policies, `read` or `write`, and pages to theirs, by network and before any
 * work is done. Add it after what answers from memory: those answers cost less than the count. `counts` leaves requests out.
 */
export function limitRequests(
  fastify: FastifyInstance,
  limits: Limits,
  onBug: (error: unknown, request: FastifyRequest) => void,
  counts: (request: FastifyRequest) => boolean = () => true,
): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const policy = policyOf(request);
    if (!policy || !counts(request)) return;
    const verdict = await limits.take(policy, networkOf(request.ip));
    void reply.headers(limitHeaders(policy, verdict));
    if (verdict.allowed) return;
    if (policy === limitPolicies.page) sendRefusalPage(request, reply, verdict.resetSeconds);
    else sendProblem(refusal(verdict), request, reply, onBug);
  });
}
