import '@fastify/cookie';
import { csrfCookie, csrfOf, sessionCookies } from '@um/kernel';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Opened, Place } from './sessions.service.js';

const [SECURE_COOKIE, PLAIN_COOKIE] = sessionCookies;
const DEVICE_COOKIE = 'um_device';
/** Browsers keep a cookie for 400 days at most, in s. */
const DEVICE_SECONDS = 400 * 24 * 3_600;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** True when the browser takes cookies marked `Secure` from this request: HTTPS, or this very machine. */
export const takesSecureCookies = (request: FastifyRequest): boolean =>
  request.protocol === 'https' || LOOPBACK.test(request.host);

const deviceSignature = (secret: string, id: string): string =>
  createHmac('sha256', secret).update(`device:${id}`).digest('base64url');

/** The value of the device cookie: an id that cannot be made up. */
export const signDevice = (secret: string, id: string): string => `${id}.${deviceSignature(secret, id)}`;

/** The device id of a cookie value; undefined when it was not made here. */
export function readDevice(secret: string, value: string | undefined): string | undefined {
  const [id, signature] = (value ?? '').split('.');
  if (!id || !signature) return undefined;
  const wanted = Buffer.from(deviceSignature(secret, id));
  const given = Buffer.from(signature);
  return wanted.length === given.length && timingSafeEqual(wanted, given) ? id : undefined;
}

/** Where a request comes from. */
export const placeOf = (request: FastifyRequest, secret: string): Place => ({
  ip: request.ip,
  agent: request.headers['user-agent'] ?? '',
  device: readDevice(secret, request.cookies[DEVICE_COOKIE]),
});

/** Gives the browser its session, the CSRF token that goes with it, and the device it is. */
export function setSessionCookies(request: FastifyRequest, reply: FastifyReply, secret: string, opened: Opened): void {
  const secure = takesSecureCookies(request);
  const common = { secure, path: '/', sameSite: 'lax' as const };
  const life = { ...common, expires: opened.expiresAt };
  void reply.setCookie(secure ? SECURE_COOKIE : PLAIN_COOKIE, opened.token, { ...life, httpOnly: true });
  void reply.setCookie(csrfCookie, csrfOf(secret, opened.token), life);
  void reply.setCookie(DEVICE_COOKIE, signDevice(secret, opened.device), {
    ...common,
    httpOnly: true,
    maxAge: DEVICE_SECONDS,
  });
}

/** Takes the session from the browser; the device stays known. */
export function clearSessionCookies(request: FastifyRequest, reply: FastifyReply): void {
  const secure = takesSecureCookies(request);
  if (secure) void reply.clearCookie(SECURE_COOKIE, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' });
  void reply.clearCookie(PLAIN_COOKIE, { path: '/', httpOnly: true, sameSite: 'lax' });
  void reply.clearCookie(csrfCookie, { path: '/', secure, sameSite: 'lax' });
}
