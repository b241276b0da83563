import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import '@fastify/cookie';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { hasRole, makeCtx, type Ctx, type Identity, type Role } from '../ctx.js';
import { pickLocale } from '../text.js';
import { ALLOW, CALLBACK, STEP_UP, type Audience } from './access.js';
import { httpErrors } from './http-errors.js';

/** How long a proof of presence lasts, in ms (child-safety APP-07). */
export const STEP_UP_MS = 5 * 60_000;

export const sessionCookies = ['__Host-um', 'um_session'] as const;
export const guestCookie = 'um_guest';
export const csrfCookie = 'um_csrf';

/** Tells who a session token speaks for; null when it is unknown, expired or revoked. */
export abstract class Authenticator {
  abstract identify(ctx: Ctx, token: string): Promise<Identity | null>;
}

/** The platform's secret from which request-level keys are derived. */
export const HTTP_SECRET = Symbol('um:http-secret');

const GUEST: Identity = { actor: null, roles: ['guest'] };

/** The token of a request, from the cookie or `Authorization: Bearer`. */
export function tokenOf(request: FastifyRequest): { token: string; byCookie: boolean } | undefined {
  const bearer = request.headers.authorization;
  if (bearer?.startsWith('Bearer ')) return { token: bearer.slice(7), byCookie: false };
  for (const name of sessionCookies) {
    const token = request.cookies[name];
    if (token) return { token, byCookie: true };
  }
  return undefined;
}

/** Who reads cookies forgives spaces around a name, so this does: what is taken for a guest's answer is shown to all guests. */
const SESSION_COOKIE = /(?:^|[;\s])(?:__Host-um|um_session)\s*=/;

/** True when a request brings something that may be a session: told from its headers alone, before cookies are read. */
export function mayHaveToken(headers: IncomingHttpHeaders): boolean {
  return headers.authorization !== undefined || (headers.cookie !== undefined && SESSION_COOKIE.test(headers.cookie));
}

/** A cart token that was made here: `id.signature`. Answers the id, or undefined for a forged one. */
export function readGuest(secret: string, value: string | undefined): string | undefined {
  const [id, signature] = (value ?? '').split('.');
  if (!id || !signature) return undefined;
  const wanted = Buffer.from(guestSignature(secret, id));
  const given = Buffer.from(signature);
  return wanted.length === given.length && timingSafeEqual(wanted, given) ? id : undefined;
}

/** Makes the signed cart token of a guest. */
export const signGuest = (secret: string, id: string): string => `${id}.${guestSignature(secret, id)}`;

const guestSignature = (secret: string, id: string): string =>
  createHmac('sha256', secret).update(`guest:${id}`).digest('base64url');

/** The CSRF token that belongs to a session token. It is readable by our pages and sent back as `X-CSRF-Token`. */
export const csrfOf = (secret: string, token: string): string =>
  createHmac('sha256', secret).update(`csrf:${token}`).digest('base64url');

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Decides who may use a route. Denies by default: a route without `@Allow` is closed to everybody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  async canActivate(host: ExecutionContext): Promise<boolean> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const handler = host.getHandler();
    const audience = (Reflect.getMetadata(ALLOW, handler) ?? []) as readonly Audience[];
    if (audience.includes('internal')) return true;
    request.ctx = await this.#context(request, Reflect.getMetadata(CALLBACK, handler) === true);
    if (audience.includes('public')) return true;
    this.#admit(request.ctx, audience as readonly Role[]);
    if (Reflect.getMetadata(STEP_UP, handler) === true) this.#requirePresence(request.ctx);
    return true;
  }

  #admit(ctx: Ctx, audience: readonly Role[]): void {
    if (hasRole(ctx, ...audience)) return;
    if (ctx.actor === null) throw httpErrors.SIGN_IN();
    throw httpErrors.FORBIDDEN();
  }

  #requirePresence(ctx: Ctx): void {
    const at = ctx.steppedUpAt?.getTime() ?? 0;
    if (ctx.now.getTime() - at > STEP_UP_MS) throw httpErrors.STEP_UP();
  }

  async #context(request: FastifyRequest, callback: boolean): Promise<Ctx> {
    const now = this.clock.now();
    const guest = readGuest(this.secret, request.headers['x-cart-token']?.toString() ?? request.cookies[guestCookie]);
    const { lang } = request.query as { lang?: string };
    const locale = pickLocale(lang, request.headers['accept-language']);
    const bare = makeCtx({ identity: GUEST, guest, locale, now, requestId: request.id });
    const found = callback ? undefined : tokenOf(request);
    if (!found) return bare;
    const identity = await this.authenticator.identify(bare, found.token);
    if (!identity) return bare;
    if (found.byCookie && !SAFE.has(request.method)) this.#checkCsrf(request, found.token);
    return makeCtx({ identity, guest, locale, now, requestId: request.id });
  }

  #checkCsrf(request: FastifyRequest, token: string): void {
    const wanted = Buffer.from(csrfOf(this.secret, token));
    const given = Buffer.from(request.headers['x-csrf-token']?.toString() ?? '');
    if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) throw httpErrors.CSRF();
  }
}
