import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, from, type Observable } from 'rxjs';
import { AppError } from '../errors.js';
import type { Db, StandardTables } from '../db.js';
import { httpErrors } from './http-errors.js';

export const IDEMPOTENT = 'um:idempotent';

/** Refusals that another moment may lift: they free the key. */
const TEMPORARY = new Set([409, 429]);

/** How long a first attempt may run before another may take its key over, in ms. */
const LEASE_MS = 30_000;

/**
 * The route moves money, stock or an order: it needs an `Idempotency-Key`, kept for 24 h in the context's own schema.
 * The same key and body gets the first answer again, another body 422, a second one while the first runs 409.
 */
export const Idempotent = (context: string) =>
  applyDecorators(SetMetadata(IDEMPOTENT, context), UseInterceptors(IdempotencyInterceptor));

interface Stored {
  readonly fingerprint: string;
  readonly status: number | null;
  readonly response: unknown;
  readonly locked_until: Date;
}

@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly modules: ModuleRef) {}

  intercept(host: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = host.switchToHttp();
    const context = Reflect.getMetadata(IDEMPOTENT, host.getHandler()) as string;
    const db = this.modules.get<Db<StandardTables>>(`${context}.db`, { strict: false });
    return from(this.#once(db, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), next));
  }

  async #once(
    db: Db<StandardTables>,
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const ctx = request.ctx!;
    const key = request.headers['idempotency-key']?.toString();
    if (!key || key.length > 200) throw httpErrors.KEY_REQUIRED();
    // Somebody without account and cart has nothing to order; a key of theirs must not meet another stranger's.
    if (ctx.actor === null && ctx.guest === undefined) return lastValueFrom(next.handle());
    const actor = ctx.actor ?? `guest:${ctx.guest}`;
    const fingerprint = createHash('sha256')
      .update(`${request.method} ${request.url}\n`)
      .update(request.rawBody ?? '')
      .digest('base64url');
    const first = await this.#claim(db, { actor, key, fingerprint }, ctx.now);
    if (first) return this.#replay(first, fingerprint, reply);
    try {
      const answer: unknown = await lastValueFrom(next.handle());
      await this.#keep(db, actor, key, reply.statusCode, answer ?? null);
      return answer;
    } catch (error) {
      await this.#settleFailure(db, actor, key, error);
      throw error;
    }
  }

  /** Takes the key for this attempt (null) or answers what is stored under it. */
  async #claim(
    db: Db<StandardTables>,
    row: { actor: string; key: string; fingerprint: string },
    now: Date,
  ): Promise<Stored | null> {
    const until = new Date(now.getTime() + LEASE_MS);
    const claimed = await db
      .insertInto('idempotency')
      .values({ ...row, status: null, response: null, locked_until: until })
      .onConflict((oc) =>
        oc
          .columns(['actor', 'key'])
          .doUpdateSet({ locked_until: until })
          .where('idempotency.status', 'is', null)
          .where('idempotency.locked_until', '<', now)
          .where('idempotency.fingerprint', '=', row.fingerprint),
      )
      .executeTakeFirst();
    if (claimed.numInsertedOrUpdatedRows === 1n) return null;
    const stored = await db
      .selectFrom('idempotency')
      .select(['fingerprint', 'status', 'response', 'locked_until'])
      .where('actor', '=', row.actor)
      .where('key', '=', row.key)
      .executeTakeFirst();
    if (!stored) throw httpErrors.IN_PROGRESS({ retryAfter: 1 }); // the first attempt failed just now and freed the key
    return stored;
  }

  #replay(stored: Stored, fingerprint: string, reply: FastifyReply): unknown {
    if (stored.fingerprint !== fingerprint) throw httpErrors.KEY_REUSED();
    if (stored.status === null) throw httpErrors.IN_PROGRESS({ retryAfter: 1 });
    void reply.header('idempotent-replay', 'true');
    if (stored.status >= 400) {
      const { code, text, details } = stored.response as {
        code: string;
        text: AppError['text'];
        details: AppError['details'];
      };
      throw new AppError(code, stored.status, text, details);
    }
    void reply.status(stored.status);
    return stored.response;
  }

  /** A refusal that was decided is the answer of the key; a bug or an outage frees the key for another try. */
  async #settleFailure(db: Db<StandardTables>, actor: string, key: string, error: unknown): Promise<void> {
    if (error instanceof AppError && error.status < 500 && !TEMPORARY.has(error.status)) {
      await this.#keep(db, actor, key, error.status, { code: error.code, text: error.text, details: error.details });
      return;
    }
    await db
      .deleteFrom('idempotency')
      .where('actor', '=', actor)
      .where('key', '=', key)
      .where('status', 'is', null)
      .execute();
  }

  async #keep(db: Db<StandardTables>, actor: string, key: string, status: number, response: unknown): Promise<void> {
    await db
      .updateTable('idempotency')
      .set({ status, response: JSON.stringify(response) })
      .where('actor', '=', actor)
      .where('key', '=', key)
      .execute();
  }
}
