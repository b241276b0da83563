import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Breaker } from '../breaker.js';
import { AppError } from '../errors.js';
import { wireErrors } from './wire-errors.js';

const LocalMessage = z.object({ uz: z.string(), ru: z.string(), en: z.string() });
/** An expected failure as it crosses processes. */
export const Failure = z.object({
  code: z.string(),
  status: z.int(),
  text: LocalMessage,
  details: z.record(z.string(), z.unknown()),
});

/** Messages older than this are refused, so that a recorded call cannot be played again later. */
const MAX_AGE_MS = 30_000;

/** Signature of a call between processes: HMAC-SHA256 over path, time and body. */
export function signCall(secret: string, path: string, at: number, body: string): string {
  return createHmac('sha256', secret).update(`${path}\n${at}\n${body}`).digest('base64url');
}

/** Refuses a call that was not signed with the platform's secret or is too old. */
export function verifyCall(
  secret: string,
  path: string,
  at: number,
  body: string,
  signature: string,
  now: number,
): void {
  const wanted = Buffer.from(signCall(secret, path, at, body));
  const given = Buffer.from(signature);
  const fresh = Math.abs(now - at) <= MAX_AGE_MS;
  if (!fresh || wanted.length !== given.length || !timingSafeEqual(wanted, given)) throw wireErrors.FORBIDDEN();
}

export interface PeerCall {
  readonly path: string;
  readonly body: unknown;
  readonly requestId: string;
  /** Queries are tried again once when the connection failed before an answer. */
  readonly retry: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** A context in another process. */
export class Peer {
  readonly #breaker = new Breaker();

  constructor(
    private readonly name: string,
    private readonly base: string,
    private readonly secret: string,
  ) {}

  /** Posts a call; answers its JSON. Raises the same coded error the other side raised, or `wire.UNAVAILABLE`. */
  async call(call: PeerCall): Promise<unknown> {
    if (!this.#breaker.admits(Date.now())) throw wireErrors.UNAVAILABLE({ service: this.name });
    try {
      return await this.#post(call);
    } catch (error) {
      if (error instanceof AppError || !call.retry) throw this.#coded(error);
    }
    try {
      return await this.#post(call);
    } catch (error) {
      throw this.#coded(error);
    }
  }

  #coded(error: unknown): AppError {
    if (error instanceof AppError) return error;
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    return timedOut ? wireErrors.TIMEOUT({ service: this.name }) : wireErrors.UNAVAILABLE({ service: this.name });
  }

  async #post(call: PeerCall): Promise<unknown> {
    const body = JSON.stringify(call.body);
    const at = Date.now();
    const headers = {
      'content-type': 'application/json',
      'x-request-id': call.requestId,
      'x-um-at': String(at),
      'x-um-signature': signCall(this.secret, call.path, at, body),
    };
    let response: Response;
    try {
      response = await fetch(this.base + call.path, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.any([call.signal, AbortSignal.timeout(call.timeoutMs)]),
      });
    } catch (error) {
      if (!call.signal.aborted) this.#breaker.failed(Date.now()); // who gave up was the caller
      throw error;
    }
    this.#breaker.succeeded();
    const answer: unknown = await response.json();
    if (response.ok) return (answer as { value?: unknown }).value;
    const failure = Failure.safeParse(answer);
    if (!failure.success) throw wireErrors.BUG({ service: this.name });
    const { code, status, text, details } = failure.data;
    throw new AppError(code, status, text, details);
  }
}
