import { STEP_UP_MS, type Ctx } from '@um/kernel';
import type { Account } from '@um/auth';
import type { Me } from './contract.js';

/** Until when the person's last proof of presence counts; null when it no longer does. */
export function steppedUpUntil(ctx: Pick<Ctx, 'now' | 'steppedUpAt'>): string | null {
  if (!ctx.steppedUpAt) return null;
  const until = new Date(ctx.steppedUpAt.getTime() + STEP_UP_MS);
  return until > ctx.now ? until.toISOString() : null;
}

/** What a person is told of themselves. */
export function meOf(ctx: Ctx, account: Account, choices: Pick<Me, 'locale' | 'theme'> | undefined): Me {
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    roles: [...ctx.roles],
    locale: choices?.locale ?? null,
    theme: choices?.theme ?? 'system',
    child: ctx.child ?? null,
    familyId: account.familyId,
    steppedUpUntil: steppedUpUntil(ctx),
  };
}

/** The address that becomes the default when the default one is gone: the newest. Expects the newest first. */
export const nextDefault = <A extends { readonly is_default: boolean }>(left: readonly A[]): A | undefined =>
  left.some((a) => a.is_default) ? undefined : left[0];
