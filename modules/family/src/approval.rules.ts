import type { ApprovalState, AskLine } from './approval.js';
import { hiddenBecause, type Viewer } from './viewer.js';

/** Allowed moves of an ask: the machine of child-safety 3.2, the same the database enforces. */
export const approvalMoves: Readonly<Record<ApprovalState, readonly ApprovalState[]>> = {
  pending: ['approved', 'denied', 'cancelled', 'expired', 'changed'],
  approved: ['ordering', 'changed', 'revoked', 'lapsed'],
  ordering: ['ordered', 'payment_failed', 'changed', 'lapsed'],
  ordered: [],
  denied: [],
  cancelled: [],
  expired: [],
  changed: [],
  revoked: [],
  lapsed: [],
  payment_failed: [],
};

/** True when an ask may go from one state to the other. */
export const mayMove = (from: ApprovalState, to: ApprovalState): boolean => approvalMoves[from].includes(to);

/** An approval that nobody turned into an order ends after this time, in ms. */
export const LAPSE_MS = 30 * 60_000;
/** Open asks a child may have at once, and asks a day (APP-10). */
export const MAX_PENDING = 5;
export const MAX_A_DAY = 10;

type Asked = readonly Pick<AskLine, 'fileId'>[];
/** True when something of an ask has to be brought somewhere. */
export const needsAddress = (lines: Asked): boolean => lines.some((line) => line.fileId === undefined);
/** How an ask may be paid: what is downloaded is handed over by nobody, who could take cash for it. */
export const waysToPay = (lines: Asked): ('sandbox' | 'cash')[] =>
  lines.some((line) => line.fileId !== undefined) ? ['sandbox'] : ['sandbox', 'cash'];

export type GateReason = 'age' | 'category' | 'store' | 'hazard' | 'price' | 'always_ask' | 'consent';
export interface GateAnswer {
  readonly outcome: 'block' | 'needs_approval';
  readonly reasons: GateReason[];
}

/** May a child have these lines? Hidden things block; all else asks a parent. Adding a line never makes the answer milder (APP-12). */
export function gate(viewer: Viewer, lines: readonly AskLine[], consentActive: boolean): GateAnswer {
  if (!consentActive) return { outcome: 'block', reasons: ['consent'] };
  const reasons = new Set(lines.flatMap((line) => hiddenBecause(viewer, line.facts)));
  if (reasons.size > 0) return { outcome: 'block', reasons: [...reasons] };
  return { outcome: 'needs_approval', reasons: ['always_ask'] };
}
