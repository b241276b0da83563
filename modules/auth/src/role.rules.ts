import type { AccountRole } from './contract.js';

/** A child is a child and nothing else; an adult is never one, and holds some role. */
export function mayHold(kind: 'adult' | 'child', roles: readonly AccountRole[]): boolean {
  if (roles.length === 0 || new Set(roles).size !== roles.length) return false;
  return kind === 'child' ? roles.length === 1 && roles[0] === 'child' : !roles.includes('child');
}

/** The roles with one more; unchanged when it is there. */
export const withRole = (roles: readonly AccountRole[], role: AccountRole): AccountRole[] =>
  roles.includes(role) ? [...roles] : [...roles, role];

/** True when taking `accountId` out of the admins would leave nobody who can act as one. */
export const leavesNoAdmin = (admins: readonly string[], accountId: string): boolean =>
  admins.length === 1 && admins[0] === accountId;
