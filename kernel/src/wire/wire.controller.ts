import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseGone } from '../db.js';
import { AppError } from '../errors.js';
import { Allow } from '../http/access.js';
import { Wire } from './wire.js';
import { wireErrors } from './wire-errors.js';

/** Called for failures that are bugs, with their cause. */
export const WIRE_BUG = Symbol('um:wire-bug');

/** Where calls from other processes arrive. Every call is signed with the platform's secret; the edge never forwards this path. */
@Controller('_call')
export class WireController {
  constructor(
    @Inject(Wire) private readonly wire: Wire,
    @Inject(WIRE_BUG) private readonly onBug: (call: string, error: unknown) => void,
  ) {}

  @Post(':contract/:method')
  @Allow('internal')
  async receive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { contract, method } = request.params as { contract: string; method: string };
    try {
      const answer = await this.wire.receive(contract, method, {
        path: request.url,
        at: Number(request.headers['x-um-at']),
        signature: String(request.headers['x-um-signature'] ?? ''),
        body: request.rawBody?.toString('utf8') ?? '',
        now: Date.now(),
        signal: AbortSignal.timeout(30_000),
      });
      await reply.send(answer);
    } catch (error) {
      const coded = asCoded(contract, error);
      if (coded.status === 500) this.onBug(`${contract}.${method}`, error);
      await reply
        .status(coded.status)
        .send({ code: coded.code, status: coded.status, text: coded.text, details: coded.details });
    }
  }
}

/** What the caller is told: what was raised, that this context cannot answer now, or that there is a bug. */
function asCoded(contract: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  return isDatabaseGone(error) ? wireErrors.UNAVAILABLE({ service: contract }) : wireErrors.BUG();
}
