import { z } from 'zod';
import { newId } from './ids.js';
import { locales, type Locale } from './text.js';

/** The six roles of the platform (requirement P02). An adult buyer is a `parent`, with or without children. */
export const roles = ['guest', 'child', 'parent', 'seller', 'moderator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who acts, when, in which language and until when. First argument of every use case and of every call between contexts. */
export interface Ctx {
  /** Account id; null for a guest and for the platform itself. */
  readonly actor: string | null;
  readonly roles: readonly Role[];
  /** Present exactly in a child's session. */
  readonly child?: { readonly id: string; readonly familyId: string };
  /** The family the account belongs to, when it has one. */
  readonly family?: string;
  /** Id of the guest's cart cookie. */
  readonly guest?: string;
  /** Session id. */
  readonly session?: string;
  /** When the person last proved presence again (password or second factor). */
  readonly steppedUpAt?: Date;
  readonly locale: Locale;
  readonly now: Date;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/** Who a session speaks for; what an authenticator knows about a request. */
export const Identity = z.object({
  actor: z.uuid().nullable(),
  roles: z.array(z.enum(roles)),
  child: z.object({ id: z.uuid(), familyId: z.uuid() }).optional(),
  family: z.uuid().optional(),
  session: z.uuid().optional(),
  steppedUpAt: z.coerce.date().optional(),
});
export type Identity = z.infer<typeof Identity>;

const Travelling = Identity.extend({
  guest: z.string().optional(),
  locale: z.enum(locales),
  now: z.coerce.date(),
  requestId: z.string(),
});

const forever = new AbortController().signal;

/** Drops undefined members, as `exactOptionalPropertyTypes` wants it. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

/** Builds a context from what is known of a request. */
export function makeCtx(parts: {
  identity: Identity;
  guest?: string | undefined;
  locale: Locale;
  now: Date;
  requestId: string;
  signal?: AbortSignal;
}): Ctx {
  const { identity, guest, locale, now, requestId } = parts;
  return compact({ ...identity, guest, locale, now, requestId, signal: parts.signal ?? forever }) as Ctx;
}

/** The platform's own context, for jobs, listeners and commands. It holds no role: rules for persons do not let it through. */
export function systemCtx(now: Date, requestId: string = newId(now)): Ctx {
  return { actor: null, roles: [], locale: 'uz', now, requestId, signal: forever };
}

/** The context as it travels to another process or lies in an outbox row. */
export function ctxToJson(ctx: Ctx): Record<string, unknown> {
  const { signal: _signal, ...rest } = ctx;
  return JSON.parse(JSON.stringify(rest)) as Record<string, unknown>;
}

/** Reads a context that travelled; `signal` is the receiver's own deadline. */
export function ctxFromJson(json: unknown, signal: AbortSignal = forever): Ctx {
  return { ...compact(Travelling.parse(json)), signal } as Ctx;
}

/** True when the actor holds one of the roles. */
export function hasRole(ctx: Ctx, ...wanted: readonly Role[]): boolean {
  return wanted.some((role) => ctx.roles.includes(role));
}
