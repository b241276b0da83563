import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { httpErrors } from './http/http-errors.js';

const VERSION = 1;
/** Bytes of the seal: 96 bits, more than anyone can guess at one request a guess. */
const SEAL = 12;

export type CursorKeys = readonly (string | number)[];

const seal = (secret: string, scope: string, body: string): Buffer =>
  createHmac('sha256', secret).update(`cursor:${scope}\n${body}`).digest().subarray(0, SEAL);

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * The scope of a list's cursors: its name, its sort and a digest of its filters. The order of the filters and
 * filters that are undefined make no difference.
 */
export function cursorScope(list: string, sort: string, filters: Readonly<Record<string, unknown>> = {}): string {
  const text = JSON.stringify(filters, (_key, value: unknown) => sorted(value));
  return `${list}:${sort}:${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
}

/**
 * An opaque cursor: the sort keys of the last row, signed. `scope` names the list, its sort and its filters:
 * a cursor of one list is refused by every other.
 */
export function encodeCursor(secret: string, scope: string, keys: CursorKeys): string {
  const body = JSON.stringify([VERSION, ...keys]);
  return Buffer.concat([seal(secret, scope, body), Buffer.from(body)]).toString('base64url');
}

/** The keys of a cursor; null for no cursor. A tampered or foreign one raises `http.BAD_CURSOR`. */
export function decodeCursor(secret: string, scope: string, cursor: string | undefined): (string | number)[] | null {
  if (cursor === undefined) return null;
  const bytes = Buffer.from(cursor, 'base64url');
  const [given, body] = [bytes.subarray(0, SEAL), bytes.subarray(SEAL).toString('utf8')];
  if (given.length !== SEAL || !timingSafeEqual(given, seal(secret, scope, body))) throw httpErrors.BAD_CURSOR();
  const [version, ...keys] = JSON.parse(body) as [number, ...(string | number)[]];
  if (version !== VERSION) throw httpErrors.BAD_CURSOR();
  return keys;
}
