import { createHmac, timingSafeEqual } from 'node:crypto';
import { httpErrors } from './http/http-errors.js';

const VERSION = 1;

const seal = (secret: string, scope: string, body: string): Buffer => createHmac('sha256', secret).update(`cursor:${scope}\n${body}`).digest().subarray(0, 12);

/**
 * An opaque cursor: the sort keys of the last row, signed. `scope` names the list, its sort and its filters:
 * a cursor of one list is refused by every other.
 */
export function encodeCursor(secret: string, scope: string, keys: readonly (string | number)[]): string {
  const body = JSON.stringify([VERSION, ...keys]);
  return Buffer.concat([seal(secret, scope, body), Buffer.from(body)]).toString('base64url');
}

/** The keys of a cursor; null for no cursor. A tampered or foreign one raises `http.BAD_CURSOR`. */
export function decodeCursor(secret: string, scope: string, cursor: string | undefined): (string | number)[] | null {
  if (cursor === undefined) return null;
  const bytes = Buffer.from(cursor, 'base64url');
  const [given, body] = [bytes.subarray(0, 12), bytes.subarray(12).toString('utf8')];
  if (given.length !== 12 || !timingSafeEqual(given, seal(secret, scope, body))) throw httpErrors.BAD_CURSOR();
  const [version, ...keys] = JSON.parse(body) as [number, ...(string | number)[]];
  if (version !== VERSION) throw httpErrors.BAD_CURSOR();
  return keys;
}
