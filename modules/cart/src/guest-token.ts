import '@fastify/cookie';
import { guestCookie, newId, signGuest, type Ctx } from '@um/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A guest's cart is kept this long in the browser, in s; the carts themselves live as long. */
export const GUEST_SECONDS = 90 * 24 * 3_600;

/** The context of a guest who may have no cart token yet: they get one now, as a cookie and as `X-Cart-Token`. */
export function withGuest(ctx: Ctx, secret: string, request: FastifyRequest, reply: FastifyReply): Ctx {
  if (ctx.actor !== null) return ctx;
  const guest = ctx.guest ?? newId(ctx.now);
  const token = signGuest(secret, guest);
  void reply.header('x-cart-token', token);
  if (ctx.guest === undefined)
    void reply.setCookie(guestCookie, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
      maxAge: GUEST_SECONDS,
    });
  return { ...ctx, guest };
}

/** Takes the guest's token from the browser: its cart belongs to an account now. */
export function forgetGuest(reply: FastifyReply): void {
  void reply.clearCookie(guestCookie, { path: '/', httpOnly: true, sameSite: 'lax' });
}
