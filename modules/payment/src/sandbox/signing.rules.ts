import type { Locale } from '@um/kernel';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signed callback is taken for this long around its timestamp, in ms; later it may be a recorded one. */
export const TOLERANCE_MS = 300_000;
/** A pay page that was opened may be used for this long, in ms. */
export const FORM_MS = 30 * 60_000;

type Purpose = 'link' | 'form' | 'callback';

/** Every purpose has a key of its own, so that no signature can be used for another thing. */
const sign = (secret: string, purpose: Purpose, text: string): string =>
  createHmac('sha256', createHmac('sha256', secret).update(`payment-sandbox:${purpose}`).digest())
    .update(text)
    .digest('base64url');

function same(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Where a buyer pays a transaction. */
export const payLink = (secret: string, transactionId: string, locale: Locale): string =>
  `/api/v1/payments/sandbox/pay/${transactionId}?sig=${sign(secret, 'link', transactionId)}&lang=${locale}`;

/** True for a link that was made here. */
export const isPayLink = (secret: string, transactionId: string, signature: string): boolean =>
  same(sign(secret, 'link', transactionId), signature);

/** The signature of a form that decides about a transaction until a moment (ms since 1970). */
export const formSignature = (secret: string, transactionId: string, until: number): string =>
  sign(secret, 'form', `${transactionId}.${until}`);

/** True for a form that was made here and is not too old. */
export const isForm = (
  secret: string,
  form: { transactionId: string; until: number; signature: string },
  now: Date,
): boolean =>
  form.until >= now.getTime() && same(formSignature(secret, form.transactionId, form.until), form.signature);

/** The bank's signature over a callback: timestamp (s since 1970) and the exact bytes of its body. */
export const callbackSignature = (secret: string, timestamp: string, body: Buffer | string): string =>
  sign(secret, 'callback', `${timestamp}.${body.toString()}`);

/** True for a callback of the bank that is not too old; checked over the raw bytes before anything is read from them. */
export function isCallback(
  secret: string,
  callback: { timestamp: string; signature: string; body: Buffer },
  now: Date,
): boolean {
  const age = Math.abs(now.getTime() - Number(callback.timestamp) * 1_000);
  return (
    Number.isFinite(age) &&
    age <= TOLERANCE_MS &&
    same(callbackSignature(secret, callback.timestamp, callback.body), callback.signature)
  );
}

/** The pause before a callback is tried again: 2 s doubling up to 10 minutes. */
export const retryMs = (attempts: number): number => Math.min(600_000, 2_000 * 2 ** Math.max(0, attempts - 1));
