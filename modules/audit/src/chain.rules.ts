import { createHash } from 'node:crypto';
import type { AuditEntry } from './contract.js';

/** What a row of the log says, in the form that is hashed. */
export interface Sealed {
  readonly seq: number;
  readonly action: string;
  readonly actor: string | null;
  readonly subject: string;
  readonly detail: AuditEntry['detail'];
  readonly requestId: string;
  readonly at: Date;
}
/** A row with its place in the chain. */
export interface Link extends Sealed {
  readonly prevHash: Buffer;
  readonly hash: Buffer;
}
/** The newest row of the chain. */
export interface End {
  readonly seq: number;
  readonly hash: Buffer;
}

/** What comes before the first row. */
export const GENESIS: End = { seq: 0, hash: Buffer.alloc(32) };

/** JSON with the members of every object in order: one text for one meaning, however a database keeps it. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The hash that seals a row onto the one before it. */
export function sealOf(prevHash: Buffer, row: Sealed): Buffer {
  const { seq, action, actor, subject, detail, requestId, at } = row;
  return createHash('sha256')
    .update(prevHash)
    .update(canonical({ seq, action, actor, subject, detail, requestId, at: at.toISOString() }))
    .digest();
}

/** The row that follows the end of the chain. */
export function linkAfter(end: End, entry: AuditEntry): Link {
  const row: Sealed = {
    seq: end.seq + 1,
    action: entry.action,
    actor: entry.actor,
    subject: entry.subject,
    detail: entry.detail,
    requestId: entry.requestId,
    at: new Date(entry.at),
  };
  return { ...row, prevHash: end.hash, hash: sealOf(end.hash, row) };
}

/** True when the row is the one that has to follow `end`, unchanged. */
export function follows(end: End, link: Link): boolean {
  return link.seq === end.seq + 1 && link.prevHash.equals(end.hash) && link.hash.equals(sealOf(end.hash, link));
}

/** Walks rows in order from `end`: how far they fit, and the sequence number that does not, if any. */
export function walk(end: End, links: readonly Link[]): { readonly end: End; readonly broken: number | null } {
  let at = end;
  for (const link of links) {
    if (!follows(at, link)) return { end: at, broken: at.seq + 1 };
    at = { seq: link.seq, hash: link.hash };
  }
  return { end: at, broken: null };
}
